"""What lies near somebody on a round: plaques still to be looked at, and places a blank plaque may be given to."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale, Page, get_page_models

from wardmark.base.languages import source_language
from wardmark.base.models import PlacePage
from wardmark.base.places import Position
from wardmark.base.search import find_pages
from wardmark.plaques.models import Plaque, PlaqueAlert
from wardmark.plaques.rights import editable_pages

T = TypeVar("T")
NEXT_ONES = 6
CHOICES = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plaque still to be looked at; metres in a straight line, None where a position is unknown."""

    plaque: Plaque
    position: Position | None
    metres: int | None
    has_alert: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A page that a plaque may be given to; metres in a straight line, None where no position was asked about."""

    page: Page
    metres: int | None = None

    @property
    def key(self) -> UUID:
        return self.page.translation_key


def waiting_near(plaque: Plaque, user: AbstractBaseUser) -> list[Waiting]:
    """Return the plaques of this person's pages that wait for a look, nearest first, those without a position last.

    Waiting are those that nobody looked at for long, and those with an open alert. The queries are always the same few.
    """
    alerted = PlaqueAlert.objects.open()
    keys = editable_pages(user).values("translation_key")
    plaques = Plaque.objects.filter(page_key__in=keys).exclude(pk=plaque.pk).exclude(retired_on__isnull=False)
    due = plaques.filter(
        Q(pk__in=Plaque.objects.unchecked().values("pk")) | Q(pk__in=alerted.values("plaque"))
    ).order_by("pk")
    with_alert = set(alerted.values_list("plaque", flat=True))
    of_pages = _positions_of_pages(due.order_by().values("page_key"))
    here = plaque.position or _own_page(plaque)
    waiting = []
    for other in due:
        there = other.position or of_pages.get(other.page_key)
        waiting.append(Waiting(other, there, _metres(here, there), other.pk in with_alert))
    waiting.sort(key=lambda one: float("inf") if one.metres is None else one.metres)
    return waiting[:NEXT_ONES]


def pages_named(name: str, user: AbstractBaseUser) -> list[Choice]:
    """Return the pages this person may edit that hold every word of a name, one for all translations of a page."""
    found = [page for page in find_pages(editable_pages(user), name, limit=4 * CHOICES) if page.alias_of_id is None]
    rows = [(page.translation_key, page.locale_id, page) for page in found]
    return [Choice(page) for page in _one_of_each(rows)][:CHOICES]


def places_near(here: Position, user: AbstractBaseUser) -> list[Choice]:
    """Return the places this person may edit that are nearest to where they stand, in the same few queries always."""
    may = editable_pages(user).values("pk")
    rows = []
    for model in _kinds():
        placed = model.objects.filter(latitude__isnull=False, alias_of=None, pk__in=may)
        for pk, key, locale, latitude, longitude in placed.values_list(
            "pk", "translation_key", "locale", "latitude", "longitude"
        ):
            rows.append((key, locale, (pk, _metres(here, Position(float(latitude), float(longitude))))))
    nearest = sorted(_one_of_each(rows), key=lambda place: place[1])[:CHOICES]
    pages = Page.objects.in_bulk([pk for pk, _far in nearest])
    return [Choice(pages[pk], far) for pk, far in nearest]


def _metres(here: Position | None, there: Position | None) -> int | None:
    return None if here is None or there is None else round(here.distance_to(there))


def _kinds() -> list[type[PlacePage]]:
    return list(dict.fromkeys(model.kind() for model in get_page_models() if issubclass(model, PlacePage)))


def _positions_of_pages(keys: QuerySet) -> dict[UUID, Position]:
    """Return where the pages with these translation keys are; one query for each kind of place."""
    found = {}
    for model in _kinds():
        placed = model.objects.filter(translation_key__in=keys, latitude__isnull=False)
        for key, latitude, longitude in placed.values_list("translation_key", "latitude", "longitude"):
            found[key] = Position(float(latitude), float(longitude))
    return found


def _own_page(plaque: Plaque) -> Position | None:
    keys = Plaque.objects.filter(pk=plaque.pk).values("page_key")
    return _positions_of_pages(keys).get(plaque.page_key)


def _one_of_each(rows: list[tuple[UUID, int, T]]) -> list[T]:
    """Return one of the things (translation key, locale, thing) of each key, in the order they came.

    That in the active language, else in the source's, else any.
    """
    wished = [get_language(), source_language()]
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    best: dict[UUID, tuple[int, T]] = {}
    for key, locale, thing in rows:
        language = languages.get(locale)
        rank = wished.index(language) if language in wished else len(wished)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, thing)
    return [thing for _rank, thing in best.values()]
