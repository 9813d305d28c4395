"""Where plaques are: the page each stands for, the page above it, its position."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from wagtail.models import Page, get_page_models

from wardmark.base.languages import source_language
from wardmark.base.models import PlacePage
from wardmark.base.places import Position
from wardmark.plaques.models import Plaque


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one plaque is. `page` and `above` are None where there is none; `position` is the page's if need be."""

    name: str
    page: Page | None
    above: Page | None
    position: Position | None


def whereabouts(plaques: Iterable[Plaque]) -> dict[int, Whereabouts]:
    """Return where each plaque is by its id, in a number of queries that does not grow with theirs."""
    plaques = list(plaques)
    above = {plaque.pk: uuid.UUID(plaque.ancestor_keys[0]) for plaque in plaques if plaque.ancestor_keys}
    pages = pages_by_key({plaque.page_key for plaque in plaques} | set(above.values()))
    positions = page_positions({plaque.page_key for plaque in plaques if plaque.position is None})
    return {
        plaque.pk: Whereabouts(
            name=plaque.remembered_name(),
            page=pages.get(plaque.page_key),
            above=pages.get(above.get(plaque.pk)),
            position=plaque.position or positions.get(plaque.page_key),
        )
        for plaque in plaques
    }


def pages_by_key(keys: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Page]:
    """Return a page for each translation key that has one: in the reader's language, else the source's, else any."""
    wished = [source_language(), get_language()]
    pages = Page.objects.filter(translation_key__in=set(keys) - {None}, depth__gt=1).select_related("locale")
    ranked = sorted(pages, key=lambda page: (page.alias_of_id is None, _rank(page.locale.language_code, wished)))
    # The last of each key wins.
    return {page.translation_key: page for page in ranked}


def page_positions(keys: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Position]:
    """Return the position of each page that has one by its translation key: one query for each type of place."""
    wished = set(keys) - {None}
    if not wished:
        return {}
    found: dict[uuid.UUID, Position] = {}
    for model in get_page_models():
        if not issubclass(model, PlacePage) or model._meta.abstract:
            continue
        placed = model.objects.filter(translation_key__in=wished, latitude__isnull=False, longitude__isnull=False)
        for key, latitude, longitude in placed.order_by("-pk").values_list("translation_key", "latitude", "longitude"):
            # The page written first, not a translation of it, has the last word.
            found[key] = Position(float(latitude), float(longitude))
    return found


def _rank(language: str, wished: list[str | None]) -> int:
    return wished.index(language) if language in wished else -1
