"""Alerts: what visitors said with one tap, and plaques whose scans stopped. Somebody looks, and says what it was."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wardmark.plaques.admin.access import MaySeePlaques
from wardmark.plaques.admin.changes import OneForm
from wardmark.plaques.alerts import close_alert
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import PlaqueAlert
from wardmark.plaques.rights import CHANGE_ALERT, may, those_open_to
from wardmark.plaques.watching import with_scans_since

PER_PAGE = 50


class PagedList(MaySeePlaques, WagtailAdminTemplateMixin, ListView):
    """A plain list of the plaques' admin, in pages."""

    paginate_by = PER_PAGE
    paginator_class = WagtailPaginator
    page_kwarg = "p"
    header_icon = "qr"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("plaque:index"), "label": _("Plaques")},
            {"url": "", "label": str(self.get_page_title())},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["elided_page_range"] = context["paginator"].get_elided_page_range(context["page_obj"].number)
        return context


class AlertsView(PagedList):
    """The open alerts, the latest said first; with `?closed=1` those that were closed."""

    template_name = "plaques/admin/alerts.html"
    page_title = gettext_lazy("Alerts")

    @property
    def shows_closed(self) -> bool:
        return self.request.GET.get("closed") == "1"

    def get_queryset(self) -> Any:
        alerts = PlaqueAlert.objects.select_related("plaque", "closed_by")
        if self.shows_closed:
            return alerts.filter(closed_at__isnull=False).order_by("-closed_at")
        return with_scans_since(alerts.open())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        plaques = [alert.plaque for alert in context["object_list"]]
        context |= {
            "shows_closed": self.shows_closed,
            "mine_to_close": those_open_to(self.request.user, plaques, CHANGE_ALERT),
        }
        return context


class OutcomeForm(Form):
    outcome = CharField(
        label=gettext_lazy("What was it?"),
        max_length=300,
        help_text=gettext_lazy("For example “A sticker was removed, the code underneath is whole.”"),
    )


class CloseAlertView(OneForm):
    """Closing an alert needs what came out; refused for a plaque whose page this person may not edit."""

    form_class = OutcomeForm
    right = CHANGE_ALERT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.alert = get_object_or_404(PlaqueAlert.objects.select_related("plaque"), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, self.alert.plaque, CHANGE_ALERT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: OutcomeForm) -> HttpResponse:
        try:
            close_alert(alert=self.alert, by=self.request.user, outcome=form.cleaned_data["outcome"])
        except NotPossible as refusal:
            form.add_error("outcome", str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, _("The alert of plaque %(code)s is closed.") % {"code": self.alert.plaque.printed_code}
        )
        return redirect("plaque:alerts")

    def get_page_title(self) -> str:
        return _("Close the alert")

    def get_page_subtitle(self) -> str:
        return self.alert.plaque.printed_code

    def explanation(self, form: OutcomeForm) -> str:
        names = {"kind": self.alert.get_kind_display(), "code": self.alert.plaque.printed_code}
        return _("“%(kind)s” at plaque %(code)s. What you write stays in its history.") % names

    def button(self, form: OutcomeForm) -> str:
        return _("Close the alert")

    def back_url(self) -> str:
        return reverse("plaque:alerts")
