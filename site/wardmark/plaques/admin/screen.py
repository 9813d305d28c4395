"""The screen of one plaque: what it is, what may be done to it, and all that ever happened to it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from media.models import Picture
from wardmark.plaques.admin.access import MaySeePlaques
from wardmark.plaques.admin.change_forms import CHANGES
from wardmark.plaques.admin.details import DetailsForm
from wardmark.plaques.models import LinkRequest, Plaque, PlaqueAlert, PlaqueCheck
from wardmark.plaques.rights import CHANGE_ALERT, CHANGE_REQUEST, may, may_edit_page
from wardmark.plaques.statistics import scan_summary
from wardmark.plaques.telling import told
from wardmark.plaques.whereabouts import pages_by_key, whereabouts

CHECKS_SHOWN = 20
SMALL_PHOTO = "max-160x160"


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the screen; the main one is what a healthy plaque is waiting for."""

    label: str
    url: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A check on site, and how far from the plaque's place the phone was then, in whole metres."""

    check: PlaqueCheck
    off_by_m: int | None


class PlaqueScreen(MaySeePlaques, WagtailAdminTemplateMixin, FormView):
    """Everybody who may see plaques reads it; only who may change this one gets the form and the buttons."""

    template_name = "plaques/admin/plaque.html"
    form_class = DetailsForm
    header_icon = "qr"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.plaque = get_object_or_404(Plaque.objects.select_related("photo", "replaced_by"), pk=kwargs["pk"])

    @cached_property
    def may_change(self) -> bool:
        return may(self.request.user, self.plaque)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: a form that is refused leaves its values in what it was given.
        return super().get_form_kwargs() | {
            "instance": Plaque.objects.get(pk=self.plaque.pk),
            "for_user": self.request.user,
        }

    def form_valid(self, form: DetailsForm) -> HttpResponse:
        form.save_for(self.plaque, by=self.request.user)
        messages.success(self.request, _("Plaque %(code)s was saved.") % {"code": self.plaque.printed_code})
        return redirect("plaque:edit", self.plaque.pk)

    def form_invalid(self, form: DetailsForm) -> HttpResponse:
        messages.error(self.request, _("Not saved: please look at the fields marked below."))
        return super().form_invalid(form)

    def get_page_title(self) -> str:
        return _("Plaque")

    def get_page_subtitle(self) -> str:
        return self.plaque.printed_code

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("plaque:index"), "label": _("Plaques")},
            {"url": "", "label": self.plaque.printed_code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        at = whereabouts([self.plaque])[self.plaque.pk]
        user = self.request.user
        alerts = PlaqueAlert.objects.filter(plaque=self.plaque).select_related("closed_by")
        context |= {
            "plaque": self.plaque,
            "at": at,
            "may_change": self.may_change,
            "may_edit_page": at.page is not None and may_edit_page(user, at.page),
            "actions": self._actions(),
            "leads_to": self._leads_to(),
            "scans": scan_summary(self.plaque),
            "alerts": alerts,
            "may_close_alerts": may(user, self.plaque, CHANGE_ALERT),
            "open_request": LinkRequest.objects.open().filter(plaque=self.plaque).select_related("asked_by").first(),
            "may_decide": user.has_perm(CHANGE_REQUEST),
            "checks": self._checks(at.position),
            "history": told(self.plaque.events.all()),
        }
        context["media"] = context["form"].media
        return context

    def _actions(self) -> list[Action]:
        if not self.may_change:
            return []
        return [
            Action(
                label=str(form.label_for(self.plaque)),
                url=reverse(f"plaque:{name}", args=[self.plaque.pk]),
                is_main=name == "install" or (self.plaque.is_blank and name == "page"),
            )
            for name, form in CHANGES.items()
            if form.is_offered(self.plaque)
        ]

    def _leads_to(self) -> str:
        """Where it leads instead of its own page, in words; nothing where it leads to its own."""
        if self.plaque.replaced_by:
            return self.plaque.replaced_by.printed_code
        if self.plaque.forward_key is None:
            return ""
        page = pages_by_key([self.plaque.forward_key]).get(self.plaque.forward_key)
        return page.get_admin_display_title() if page else _("a page that is gone")

    def _checks(self, place: Any) -> list[Seen]:
        photos = Prefetch("photo", queryset=_with_small_photos())
        checks = self.plaque.checks.select_related("by").prefetch_related(photos)[:CHECKS_SHOWN]
        return [
            Seen(check, round(place.distance_to(check.position)) if place and check.position else None)
            for check in checks
        ]


def _with_small_photos() -> QuerySet[Picture]:
    return Picture.objects.prefetch_renditions(SMALL_PHOTO)
