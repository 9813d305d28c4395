"""The vendor's own corner: my shops, their plaques, how often they were scanned. Made for a phone."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from streets.food_reminders import reminders_of
from streets.models import Shop, ShopPage
from wardmark.plaques.models import Plaque
from wardmark.plaques.scans import scans_by_plaque

PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OwnShop:
    page: ShopPage
    plaque: Plaque | None
    scans: int


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the shops of whoever is signed in, and nobody else's."""
    kept = Shop.objects.with_pages().filter(members__user=request.user, members__ended_at=None)
    shops = [page for page in (shop.page for shop in kept) if page]
    plaques = {
        plaque.page_key: plaque
        for plaque in Plaque.objects.primary().filter(page_key__in=[shop.translation_key for shop in shops])
    }
    scans = scans_by_plaque(plaques.values(), since=timezone.now() - PERIOD)
    own = [
        OwnShop(shop, plaque, scans.get(plaque.pk, 0) if plaque else 0)
        for shop in shops
        for plaque in [plaques.get(shop.translation_key)]
    ]
    return render(
        request, "portal/home.html", {"shops": own, "days": PERIOD.days, "reminders": reminders_of(request.user)}
    )
