"""One shop's food safety on one screen, one inspection on another, and what waits for an officer."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from streets.food_admin.access import INSPECT, SEE, Needs
from streets.food_admin.promised import COUNTED_FROM, with_clock
from streets.food_card import food_card
from streets.models import (
    ExemptionClause,
    Inspection,
    InspectionReply,
    LegalDocument,
    PaperReminder,
    SentPaper,
    Shop,
)
from streets.shop_rights import open_to
from wardmark.base.working_time import ward_calendar


class ShopRecordView(Needs, WagtailAdminTemplateMixin, DetailView):
    model = Shop
    right = SEE
    template_name = "streets/food_admin/shop.html"
    page_title = gettext_lazy("Food safety")
    header_icon = "clipboard-list"
    context_object_name = "shop"

    def get_object(self, queryset: Any = None) -> Shop:
        shop = super().get_object(queryset)
        self.admit_to(shop)
        return shop

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clauses = Prefetch("clause", ExemptionClause.objects.select_related("decree").prefetch_related("wordings"))
        return super().get_context_data(**kwargs) | {
            "card": food_card(self.object.pk),
            "routes": self.object.legal_routes.select_related("decree").prefetch_related(clauses),
            "documents": self.object.documents.select_related("verified_by"),
            "inspections": self.object.inspections.select_related("corrected_by", "shop"),
            "self_checks": self.object.self_checks.all()[:10],
        }


class InspectionScreen(Needs, WagtailAdminTemplateMixin, DetailView):
    """A record with what may be done to it at its stage."""

    queryset = Inspection.objects.select_related(
        "shop", "corrects", "corrected_by", "recorded_by", "finalised_by"
    ).prefetch_related("findings", "replies")
    right = INSPECT
    template_name = "streets/food_admin/inspection.html"
    page_title = gettext_lazy("Inspection")
    header_icon = "clipboard-list"
    context_object_name = "inspection"

    def get_object(self, queryset: Any = None) -> Inspection:
        inspection = super().get_object(queryset)
        self.admit_to(inspection.shop)
        return inspection

    @property
    def shown_shop(self) -> Shop:
        return self.object.shop

    def get_page_subtitle(self) -> str:
        return str(self.object.shop)


class WaitingView(Needs, WagtailAdminTemplateMixin, TemplateView):
    """Papers that were sent, papers to verify, replies to vet, reminders to deal with: the oldest first.

    What was promised to a shop says until when.
    """

    right = SEE
    template_name = "streets/food_admin/waiting.html"
    page_title = gettext_lazy("Waiting")
    header_icon = "clipboard-list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists, now, calendar = waiting(self.request.user), timezone.now(), ward_calendar()
        clocks = {
            name: with_clock(lists[name], since, now=now, calendar=calendar) for name, since in COUNTED_FROM.items()
        }
        return super().get_context_data(**kwargs) | lists | clocks


def waiting(officer: Any) -> dict[str, Any]:
    """Return what waits for an officer in the shops that are the officer's to see to, each list one query."""
    shops = open_to(officer, SEE)
    papers = LegalDocument.objects.filter(shop__in=shops, revoked_on=None)
    return {
        "to_take": SentPaper.objects.waiting().filter(shop__in=shops).select_related("shop"),
        "to_verify": papers.filter(verified_on=None).select_related("shop").order_by("pk"),
        "to_vet": InspectionReply.objects.waiting()
        .filter(inspection__shop__in=shops)
        .select_related("inspection__shop"),
        "to_finalise": Inspection.objects.filter(shop__in=shops, finalised_on=None)
        .select_related("shop")
        .order_by("inspected_on"),
        "reminders": PaperReminder.objects.filter(done_at=None, document__in=papers.not_replaced()).select_related(
            "document__shop"
        ),
        "today": timezone.localdate(),
    }
