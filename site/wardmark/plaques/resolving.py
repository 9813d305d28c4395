"""From a code to the page to show: principle 1, a printed code never ends in a bare 404."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from wagtail.models import Page
from wagtail.query import PageQuerySet

from wardmark.base.listing import as_cards, closed_paths, listed, outside
from wardmark.base.models import PlacePage
from wardmark.plaques.models import Plaque

NEIGHBOURS = 6


def live_page(plaque: Plaque, languages: Sequence[str]) -> Page | None:
    """Return the plaque's live page in the first of these languages it has, else in any language, else None."""
    live = {language: page for language, page in plaque.pages.items() if page.live}
    for language in languages:
        if language in live:
            return live[language]
    return next(iter(live.values()), None)


@dataclass(slots=True)
class Elsewhere:
    """Where to send a visitor whose page is gone: what stands above it, and what stands beside it."""

    ancestor: Page | None
    neighbours: list[Page] = field(default_factory=list)


def elsewhere(plaque: Plaque, language: str) -> Elsewhere:
    """Return the nearest live page above a plaque's page, as it was last known, and the places in it.

    Both in that language where it has them, else in any.
    """
    open_to_all = outside(Page.objects.live(), closed_paths())
    for key in plaque.ancestor_keys:
        ancestor = _translation(open_to_all, uuid.UUID(key), language)
        if ancestor is not None:
            return Elsewhere(ancestor, _places_in(ancestor, but=plaque))
    return Elsewhere(None)


def _translation(pages: PageQuerySet, key: uuid.UUID, language: str) -> Page | None:
    pages = list(pages.filter(translation_key=key, alias_of=None).select_related("locale"))
    pages.sort(key=lambda page: page.locale.language_code != language)
    return pages[0] if pages else None


def _places_in(ancestor: Page, *, but: Plaque) -> list[Page]:
    children = listed(ancestor.get_children()).exclude(translation_key=but.page_key)[:NEIGHBOURS]
    return [page for page in as_cards(children) if isinstance(page, PlacePage)]
