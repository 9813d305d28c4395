"""The genuine plaques of a place, for visitors to compare with what hangs before them."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language

from media.photos import with_thumbnails
from wardmark.base.models import PlacePage
from wardmark.base.page_parts import PagePart
from wardmark.plaques.handout import Handout
from wardmark.plaques.models import FROM_VISITORS, AlertKind, Plaque
from wardmark.plaques.models.states import OUT_IN_THE_WORLD, PlaqueState

# A page with more of them would be a list of plaques, not a place.
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Genuine:
    """Plaques to compare with, what may be said of each with one tap, and the language to be thanked in.

    `handout` is what stands on the page once it is printed.
    """

    plaques: list[Plaque]
    kinds: tuple[AlertKind, ...]
    language: str
    handout: Handout | None = None


def genuine(*plaques: Plaque, handout: Handout | None = None) -> Genuine:
    return Genuine(list(plaques), FROM_VISITORS, get_language() or "", handout)


def genuine_part(page: PlacePage, request: HttpRequest) -> PagePart | None:
    """Return the part of a place's page that shows its plaques, the primary one first, and its code when printed.

    A plaque is shown once it is printed; on paper stands the first that is not retired. One query for both.
    """
    usable = Q(state__in=OUT_IN_THE_WORLD) | Q(is_primary=True) & ~Q(state=PlaqueState.RETIRED)
    plaques = list(with_thumbnails(Plaque.objects.of_page(page).filter(usable), "photo")[: MOST_SHOWN + 1])
    if not plaques:
        return None
    shown = [plaque for plaque in plaques if plaque.state in OUT_IN_THE_WORLD][:MOST_SHOWN]
    return PagePart("plaques/genuine.html", genuine(*shown, handout=Handout.of(plaques[0])))
