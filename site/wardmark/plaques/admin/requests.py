"""Requests to lead a plaque to another page: a second person approves or refuses, whoever asked may withdraw."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from wardmark.base.one_form import MayTellWhyForm
from wardmark.plaques.admin.alerts import PagedList
from wardmark.plaques.admin.changes import OneForm
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.linking import approve, refuse
from wardmark.plaques.models import LinkRequest
from wardmark.plaques.rights import CHANGE_REQUEST, may, may_edit_page, those_open_to
from wardmark.plaques.whereabouts import pages_by_key


class RequestsView(PagedList):
    """The open requests; with `?decided=1` those that were decided."""

    template_name = "plaques/admin/requests.html"
    page_title = gettext_lazy("Requests for another page")

    @property
    def shows_decided(self) -> bool:
        return self.request.GET.get("decided") == "1"

    def get_queryset(self) -> Any:
        requests = LinkRequest.objects.select_related("plaque", "asked_by", "decided_by")
        return requests.exclude(decision="open").order_by("-decided_at") if self.shows_decided else requests.open()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        requests, user = list(context["object_list"]), self.request.user
        pages = pages_by_key(one.page_key for one in requests)
        mine = those_open_to(user, [one.plaque for one in requests], CHANGE_REQUEST)
        for one in requests:
            target = pages.get(one.page_key)
            one.is_own = one.asked_by_id == user.pk
            one.may_be_decided = one.plaque_id in mine and (target is None or may_edit_page(user, target))
        context |= {"shows_decided": self.shows_decided, "requests": requests}
        return context


class DecideView(OneForm):
    """Approving or refusing one request. It takes rights over the plaque and over the page asked for.

    Whoever asked may not approve, which the rule says again, but may withdraw.
    """

    form_class = MayTellWhyForm
    approves = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.asked = get_object_or_404(LinkRequest.objects.select_related("plaque", "asked_by"), pk=kwargs["pk"])

    @property
    def is_own(self) -> bool:
        return self.asked.asked_by_id is not None and self.asked.asked_by_id == self.request.user.pk

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._may_decide():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _may_decide(self) -> bool:
        user = self.request.user
        if self.is_own and not self.approves:
            return may(user, self.asked.plaque)
        page = pages_by_key([self.asked.page_key]).get(self.asked.page_key)
        return may(user, self.asked.plaque, CHANGE_REQUEST) and (page is None or may_edit_page(user, page))

    def get_form(self, form_class: Any = None) -> Form:
        form = super().get_form(form_class)
        if self.approves:
            # The reason was given by whoever asked.
            del form.fields["why"]
        return form

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            if self.approves:
                approve(request=self.asked, by=self.request.user)
            else:
                refuse(request=self.asked, by=self.request.user, why=form.cleaned_data["why"])
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, f"{self.asked.plaque.printed_code}: {self.asked.get_decision_display()}")
        return redirect("plaque:requests")

    def get_page_title(self) -> str:
        if self.approves:
            return _("Approve another page")
        return _("Withdraw the request") if self.is_own else _("Refuse another page")

    def get_page_subtitle(self) -> str:
        return self.asked.plaque.printed_code

    def explanation(self, form: Form) -> str:
        return _("Plaque %(code)s, “%(old)s”, would lead to “%(new)s”. Reason given: %(why)s") % {
            "code": self.asked.plaque.printed_code,
            "old": self.asked.plaque.remembered_name(),
            "new": self.asked.page_title,
            "why": self.asked.why,
        }

    def button(self, form: Form) -> str:
        if self.approves:
            return _("Approve")
        return _("Withdraw") if self.is_own else _("Refuse")

    def back_url(self) -> str:
        return reverse("plaque:requests")
