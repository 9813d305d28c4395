"""Finding a report by the code that its reporter says, on the telephone or at the counter.

The code is sent, never part of an address: whoever has it reads the answer, and addresses stand in logs and histories.
"""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wardmark.reports.admin.access import MaySeeInbox
from wardmark.reports.models import VisitorReport
from wardmark.reports.rights import open_to


class FindForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Tracking code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> VisitorReport:
        """Return the report itself; one of a page of others is as one that is not there."""
        found = VisitorReport.objects.with_code(self.cleaned_data["code"])
        if found is None or not open_to(self.user, VisitorReport.objects.filter(pk=found.pk)).exists():
            raise forms.ValidationError(_("No report that you may see has this code. Please compare it once more."))
        return found


@method_decorator([never_cache, sensitive_post_parameters(), sensitive_variables()], name="dispatch")
class FindView(MaySeeInbox, WagtailAdminTemplateMixin, FormView):
    template_name = "reports/subject_admin/one_form.html"
    page_title = gettext_lazy("Find by tracking code")
    header_icon = "mail"
    form_class = FindForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: FindForm) -> HttpResponse:
        return redirect("report_inbox:show", form.cleaned_data["code"].pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("report_inbox:index"), "label": _("Reports of visitors")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "explanation": _("The ten characters that the reporter wrote down, with or without hyphens."),
            "button": _("Find"),
            "back_url": reverse("report_inbox:index"),
            "media": context["form"].media,
        }
