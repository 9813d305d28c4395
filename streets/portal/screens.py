"""Showing a screen of the vendors' corner, and coming back to one with what was just changed."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from streets.changes.proposing import Outcome
from streets.models import ChangeRequest
from streets.portal.guard import Kept
from streets.portal.told import ShopNames, Told, told

# In the address of a screen: the keys of what was just changed, so that it can be said and taken back there.
CHANGED = "changed"
MOST_SAID = 10


def show(
    request: HttpRequest, kept: Kept, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    shown = {"kept": kept, "made": just_made(request, kept)} | (context or {})
    return render(request, template, shown, status=status)


def back_to(address: str, outcomes: Iterable[Outcome] = ()) -> HttpResponse:
    """Lead to a screen that says what became of the changes."""
    keys = [outcome.request.pk for outcome in outcomes if outcome.request is not None]
    query = f"?{urlencode({CHANGED: keys}, doseq=True)}" if keys else ""
    return HttpResponseRedirect(f"{address}{query}")


def just_made(request: HttpRequest, kept: Kept) -> list[Told]:
    """Return the changes that the address names, of this shop and by this person alone."""
    keys = [int(key) for key in request.GET.getlist(CHANGED)[:MOST_SAID] if key.isascii() and key.isdecimal()]
    keys = [key for key in keys if key < 2**63]
    if not keys:
        return []
    changes = ChangeRequest.objects.filter(shop=kept.shop, made_by=request.user, pk__in=keys).order_by("pk")
    now, names = timezone.now(), ShopNames(kept.shop)
    return [told(change, kept=kept, now=now, names=names) for change in changes]
