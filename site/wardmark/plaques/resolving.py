"""From a code to what to show: principle 1, a printed code never ends in a bare 404."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from wagtail.models import Page
from wagtail.query import PageQuerySet

from wardmark.base.languages import ladder
from wardmark.base.listing import as_cards, closed_paths, listed, outside
from wardmark.base.models import PlacePage
from wardmark.plaques.models import Plaque, pages_with

NEIGHBOURS = 6


class Answer(Enum):
    """What a code that was issued answers."""

    PAGE = "page"
    AWAY = "away"
    RETIRED = "retired"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a code leads: for PAGE the live pages by language, else what the plaque itself has to tell."""

    answer: Answer
    plaque: Plaque
    pages: dict[str, Page] = field(default_factory=dict)

    def page_in(self, languages: Sequence[str]) -> Page | None:
        """The page in the first of these languages that it has, else in any."""
        for language in languages:
            if language in self.pages:
                return self.pages[language]
        return next(iter(self.pages.values()), None)

    def without_pages(self) -> "Destination":
        """The same plaque where none of its pages has an address: what it then has to tell."""
        return Destination(_without_page(self.plaque), self.plaque)


def destination(plaque: Plaque) -> Destination:
    """Follow a plaque to the end: past retired ones to their successors, past pages that are gone to where they lead.

    A visitor is sent there in one step. Never raises and never turns in a circle, whatever the records say.
    """
    met: set[int] = set()
    at: Plaque | None = plaque
    while at is not None and at.pk not in met:
        met.add(at.pk)
        if not at.is_retired:
            pages = open_pages(at) or _pages_instead(at)
            return Destination(Answer.PAGE if pages else _without_page(plaque), plaque, pages)
        at = at.replaced_by
    return Destination(_without_page(plaque), plaque)


def _without_page(plaque: Plaque) -> Answer:
    if plaque.is_retired:
        return Answer.RETIRED
    return Answer.BLANK if plaque.is_blank else Answer.AWAY


def open_pages(plaque: Plaque) -> dict[str, Page]:
    """Return the plaque's live pages by language, without those behind a sign-in: a scan never ends at one."""
    return _open(plaque.pages)


def _open(pages: dict[str, Page]) -> dict[str, Page]:
    live = {language: page for language, page in pages.items() if page.live}
    closed = closed_paths() if live else ()
    return {language: page for language, page in live.items() if not page.path.startswith(closed)}


def _pages_instead(plaque: Plaque) -> dict[str, Page]:
    """Return the open pages to which a plaque was led when its own page went away, and that page in its turn.

    What became of the plaques of those pages is another matter: whoever was led to a page is to see that page.
    """
    key, met = plaque.forward_key, set()
    while key is not None and key not in met:
        met.add(key)
        if pages := _open(pages_with(key)):
            return pages
        led = Plaque.objects.filter(page_key=key).exclude(forward_key=None).order_by("-is_primary", "pk")
        key = led.values_list("forward_key", flat=True).first()
    return {}


@dataclass(slots=True)
class Elsewhere:
    """Where to send a visitor whose page is gone: what stands above it, and what stands beside it."""

    ancestor: Page | None
    neighbours: list[Page] = field(default_factory=list)


def elsewhere(plaque: Plaque, language: str) -> Elsewhere:
    """Return the nearest live page above a plaque's page, as it was last known, and the places in it.

    Both in that language where it has them, else in the next on the ladder.
    """
    open_to_all = outside(Page.objects.live(), closed_paths())
    for key in plaque.ancestor_keys:
        ancestor = _translation(open_to_all, uuid.UUID(key), language)
        if ancestor is not None:
            return Elsewhere(ancestor, _places_in(ancestor, but=plaque))
    return Elsewhere(None)


def _translation(pages: PageQuerySet, key: uuid.UUID, language: str) -> Page | None:
    pages = list(pages.filter(translation_key=key, alias_of=None).select_related("locale"))
    rungs = ladder(language)
    pages = [page for page in pages if page.locale.language_code in rungs]
    pages.sort(key=lambda page: rungs.index(page.locale.language_code))
    return pages[0] if pages else None


def _places_in(ancestor: Page, *, but: Plaque) -> list[Page]:
    children = listed(ancestor.get_children()).exclude(translation_key=but.page_key)[:NEIGHBOURS]
    return [page for page in as_cards(children) if isinstance(page, PlacePage)]
