"""The genuine plaques of a place, for visitors to compare with what hangs before them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from media.photos import with_thumbnails
from wardmark.base.models import PlacePage
from wardmark.base.page_parts import PagePart
from wardmark.plaques.models import FROM_VISITORS, AlertKind, Plaque

# A page with more of them would be a list of plaques, not a place.
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Genuine:
    """Plaques to compare with, what may be said of each with one tap, and the language to be thanked in."""

    plaques: list[Plaque]
    kinds: tuple[AlertKind, ...]
    language: str


def genuine(*plaques: Plaque) -> Genuine:
    return Genuine(list(plaques), FROM_VISITORS, get_language() or "")


def genuine_part(page: PlacePage, request: HttpRequest) -> PagePart | None:
    """Return the part of a place's page that shows its plaques, the primary one first; None while none is printed."""
    shown = list(with_thumbnails(Plaque.objects.of_page(page).out_in_the_world(), "photo")[:MOST_SHOWN])
    return PagePart("plaques/genuine.html", genuine(*shown)) if shown else None
