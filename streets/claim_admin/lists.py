"""What waits for an officer, and one shop with all that ever happened to who keeps it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from streets.claim_admin.rights import ASSIST, CONFIRM, DECIDE, MAKE_LETTERS, PASS_ON, Needs
from streets.claims.disputes import disputed_claims
from streets.models import Claim, ClaimLetter, Dispute, OwnershipChange, Shop
from streets.shop_rights import may

# The newest; older ones are found at their shop.
MOST_LETTERS = 50
MOST_LINES = 100


class WaitingView(Needs, WagtailAdminTemplateMixin, TemplateView):
    """Claims, disputes and ownership changes, the oldest first; then the letters that are out."""

    template_name = "streets/claim_admin/waiting.html"
    page_title = gettext_lazy("Who keeps the shops")
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists = waiting()
        user = self.request.user
        for claim in lists["claims"]:
            claim.is_mine = may(user, claim.shop, CONFIRM)
        for dispute in lists["disputes"]:
            dispute.is_mine = may(user, dispute.shop, DECIDE)
        for change in lists["changes"]:
            change.is_mine = may(user, change.shop, PASS_ON) and user.pk not in _about(change)
        letters = ClaimLetter.objects.open(timezone.now()).select_related("shop", "made_by")[:MOST_LETTERS]
        return super().get_context_data(**kwargs) | lists | {"letters": letters}


def waiting() -> dict[str, list[Any]]:
    """Return what waits for an officer; the number of queries does not grow with it."""
    pages = "shop__pages"
    return {
        "claims": list(Claim.objects.pending().select_related("shop", "user", "letter").prefetch_related(pages)),
        "disputes": list(
            Dispute.objects.open().select_related("shop", "opened_by").prefetch_related(pages).order_by("opened_at")
        ),
        "changes": list(
            OwnershipChange.objects.waiting()
            .select_related("shop", "old_owner", "new_owner", "asked_by", "approved_by")
            .prefetch_related(pages)
            .order_by("asked_at")
        ),
    }


def _about(change: OwnershipChange) -> set[int | None]:
    return {change.asked_by_id, change.old_owner_id, change.new_owner_id}


class ShopView(Needs, WagtailAdminTemplateMixin, DetailView):
    """One shop: who keeps it, its letters and claims, and its history."""

    model = Shop
    template_name = "streets/claim_admin/shop.html"
    page_title = gettext_lazy("Who keeps it")
    header_icon = "group"
    context_object_name = "shop"

    def get_object(self, queryset: Any = None) -> Shop:
        shop = super().get_object(Shop.objects.with_pages())
        self.admit_to(shop)
        return shop

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shop, user = self.object, self.request.user
        claims = shop.claims.select_related("user", "letter", "decided_by").order_by("-handed_in_at")
        return super().get_context_data(**kwargs) | {
            "members": shop.members.active().select_related("user").order_by("since"),
            "former": shop.members.exclude(ended_at=None).select_related("user").order_by("-ended_at")[:20],
            "letters": shop.claim_letters.select_related("made_by")[:20],
            "claims": claims[:20],
            "disputed": disputed_claims(shop),
            "dispute": shop.disputes.open().select_related("opened_by").first(),
            "change": shop.ownership_changes.waiting().select_related("old_owner", "new_owner").first(),
            "events": shop.keeping_events.select_related("by")[:MOST_LINES],
            "may_make_letters": may(user, shop, MAKE_LETTERS),
            "may_confirm": may(user, shop, CONFIRM),
            "may_decide": may(user, shop, DECIDE),
            "may_pass_on": may(user, shop, PASS_ON),
            "may_assist": may(user, shop, ASSIST),
        }
