"""The first screens: which of one's shops, and what there is to see and do for it today."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from streets.claims.assisting import waits_for
from streets.food_reminders import reminders_of
from streets.models import ChangeRequest, SentPaper, Shop, ShopMember
from streets.portal.elsewhere import refused_elsewhere, waits_elsewhere
from streets.portal.guard import Kept
from streets.portal.menu import menu_of
from streets.portal.screens import show
from streets.portal.shop_now import shop_now
from streets.portal.told import ShopNames, told
from streets.stale import stale_shops
from wardmark.plaques.models import Plaque
from wardmark.plaques.scans import scans_by_plaque

PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OwnPlaque:
    """The plaque of a shop's page, and how often it was scanned of late: for the shop's people alone."""

    plaque: Plaque
    scans: int


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Let whoever keeps several shops choose one; lead whoever keeps one straight to it."""
    members = ShopMember.objects.active().filter(user=request.user).order_by("shop__name", "pk")
    kept = [Kept(member.shop, member) for member in members.prefetch_related("shop__pages__locale")]
    if len(kept) == 1 and "all" not in request.GET:
        return HttpResponseRedirect(reverse("portal:shop", args=[kept[0].shop.page_key]))
    return render(request, "portal/home.html", {"shops": kept})


@require_safe
def shop(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show what the public reads, what waits, what was not accepted, what expires; and lead to everything else."""
    now, names = timezone.now(), ShopNames(kept.shop)
    waiting = ChangeRequest.objects.waiting_of(kept.shop).select_related("made_by", "decided_by")
    rejected = ChangeRequest.objects.rejected_unread_of(kept.shop).select_related("made_by", "decided_by")
    context = {
        "now": shop_now(kept.shop, now=now),
        "waiting": [told(change, kept=kept, now=now, names=names) for change in waiting],
        "sent": SentPaper.objects.waiting().filter(shop=kept.shop) if kept.may_tell else [],
        "waits_elsewhere": waits_elsewhere(kept),
        "rejected": [told(change, kept=kept, now=now, names=names) for change in rejected],
        "refused": SentPaper.objects.refused_unread_of(kept.shop) if kept.may_tell else [],
        "refused_elsewhere": refused_elsewhere(kept),
        "reminders": [one for one in reminders_of(request.user) if one.document.shop_id == kept.shop.pk],
        "stale": next(iter(stale_shops(Shop.objects.filter(pk=kept.shop.pk), today=timezone.localdate())), None),
        "menu": menu_of(kept),
        "entered": waits_for(request.user, kept.shop, now=now),
        "has_goods": kept.shop.products.exists(),
        "own_plaque": own_plaque(kept.shop),
        "days": PERIOD.days,
        "has_others": ShopMember.objects.active().filter(user=request.user).count() > 1,
    }
    return show(request, kept, "portal/shop.html", context)


def own_plaque(shop: Shop) -> OwnPlaque | None:
    plaque = Plaque.objects.primary().filter(page_key=shop.page_key).first()
    if plaque is None:
        return None
    return OwnPlaque(plaque, scans_by_plaque([plaque], since=timezone.now() - PERIOD).get(plaque.pk, 0))
