"""The officers' screen for changes of sign-in phones: what waits, and a second person's yes or no."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, ListView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wardmark.accounts import phones
from wardmark.accounts.models import PhoneChange, PhoneChangeState
from wardmark.accounts.phone_changes import APPROVE, NotPossible, approve, refuse, show_numbers, wanted_phone

PER_PAGE = 50


class OfficersOnly:
    """For views: only who holds the right of its own gets in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(APPROVE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("phone_admin:index"), "label": _("Sign-in phones")},
            {"url": "", "label": str(self.get_page_title())},
        ]


@method_decorator(never_cache, name="dispatch")
class PhoneChangesView(OfficersOnly, WagtailAdminTemplateMixin, ListView):
    """Those that wait first, then what was decided. Numbers by their last digits alone."""

    template_name = "accounts/phone_admin/list.html"
    page_title = gettext_lazy("Changes of sign-in phones")
    header_icon = "mobile-alt"
    paginate_by = PER_PAGE
    paginator_class = WagtailPaginator
    page_kwarg = "p"

    def get_queryset(self) -> QuerySet[PhoneChange]:
        found = PhoneChange.objects.select_related("person__sign_in_phone", "approved_by", "ended_by")
        # By the letter, waiting comes last of the four states.
        return found.order_by("-state", "-requested_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        changes = list(context["object_list"])
        for one in changes:
            one.waits_for_me = _waits_for(self.request.user, one)
        return context | {
            "changes": changes,
            "elided_page_range": context["paginator"].get_elided_page_range(context["page_obj"].number),
        }


class DecisionForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed to refuse; the person reads it."),
    )


@method_decorator(never_cache, name="dispatch")
class DecideView(OfficersOnly, WagtailAdminTemplateMixin, FormView):
    """One change with all that is needed to decide. Both numbers are opened on a press, for the officer calls them."""

    template_name = "accounts/phone_admin/decide.html"
    page_title = gettext_lazy("Decide on a change")
    header_icon = "mobile-alt"
    form_class = DecisionForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.change = get_object_or_404(
            PhoneChange.objects.select_related("person__sign_in_phone", "approved_by", "ended_by"), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_waiting(self) -> bool:
        return self.change.state == PhoneChangeState.WAITING

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = wanted_phone(self.change)
        holder = phones.holder_of(wanted) if wanted else None
        return super().get_context_data(**kwargs) | {
            "change": self.change,
            "present_digits": phones.last_three_of(self.change.person) if self.is_waiting else "",
            "is_taken": holder is not None and holder != self.change.person,
            "waits_for_me": _waits_for(self.request.user, self.change),
            "may_refuse": _may_refuse(self.request.user, self.change),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.change.person_id == request.user.pk:
            raise PermissionDenied
        if "show" in request.POST:
            return self.show(request)
        return super().post(request, *args, **kwargs)

    def show(self, request: HttpRequest) -> HttpResponse:
        """Show both numbers, decide nothing: that they were looked at is written down."""
        present, phone = show_numbers(change=self.change, by=request.user)
        form = self.form_class()
        context = self.get_context_data(form=form, present=present, phone=phone, were_shown=self.is_waiting)
        return self.render_to_response(context)

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        try:
            if self.request.POST.get("decision") == "approve":
                approve(change=self.change, by=self.request.user)
                messages.success(self.request, _("Approved."))
            else:
                refuse(change=self.change, by=self.request.user, why=form.cleaned_data["why"])
                messages.success(self.request, _("Refused; the person reads why."))
        except NotPossible as reason:
            form.add_error(None, reason.message)
            return self.form_invalid(form)
        return redirect("phone_admin:index")


class PhoneChangesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(APPROVE)


def _waits_for(user: Any, change: PhoneChange) -> bool:
    return change.needs_officer and change.approved_at is None and _may_refuse(user, change)


def _may_refuse(user: Any, change: PhoneChange) -> bool:
    return change.state == PhoneChangeState.WAITING and change.person_id != user.pk
