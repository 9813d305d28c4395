"""What is to be checked, for the screen and on paper for the round."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wardmark.plaques.admin.access import MaySeePlaques
from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.due import by_street, due_plaques, with_reasons
from wardmark.plaques.models import Plaque
from wardmark.plaques.whereabouts import whereabouts


class StartForm(forms.Form):
    """Where the round begins: at a plaque, by its code."""

    start = forms.CharField(
        label=gettext_lazy("Nearest first from plaque"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Its code. Left empty, the list is grouped by street."),
    )

    def clean_start(self) -> Plaque | None:
        typed = "".join(self.cleaned_data["start"].split()).rstrip("/").rpartition("/")[2]
        if not typed:
            return None
        try:
            plaque = Plaque.objects.with_code(typed)
        except InvalidCode:
            raise forms.ValidationError(_("This is not one of our codes. Please compare it with the plaque.")) from None
        if plaque is None or whereabouts([plaque])[plaque.pk].position is None:
            raise forms.ValidationError(_("Nobody has entered yet where this plaque is. Please choose another one."))
        return plaque


class _Due(MaySeePlaques):
    request: HttpRequest

    @cached_property
    def form(self) -> StartForm:
        return StartForm(self.request.GET)

    @cached_property
    def start(self) -> Plaque | None:
        return self.form.cleaned_data["start"] if self.form.is_valid() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        position = whereabouts([self.start])[self.start.pk].position if self.start else None
        due = with_reasons(due_plaques(), start=position)
        groups = {_("Nearest first"): due} if self.start and due else by_street(due)
        chosen = {"start": self.start.printed_code} if self.start else {}
        context |= {
            "form": self.form,
            "start": self.start,
            "groups": groups,
            "count": len(due),
            "today": timezone.localdate(),
            "round_url": f"{reverse('plaque:round')}?{urlencode(chosen)}",
        }
        return context


class DueView(_Due, WagtailAdminTemplateMixin, TemplateView):
    """The plaques to look at, with why, by street or nearest first."""

    template_name = "plaques/admin/due.html"
    page_title = gettext_lazy("To check")
    header_icon = "qr"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("plaque:index"), "label": _("Plaques")},
            {"url": "", "label": _("To check")},
        ]


class RoundView(_Due, TemplateView):
    """The same as a plain page for A4, with boxes to tick."""

    template_name = "plaques/admin/round.html"
