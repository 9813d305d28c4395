"""What a screen shows at this moment, and what of its list it leaves out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wardmark.base.languages import ladder
from wardmark.base.listing import as_cards, closed_paths
from wardmark.plaques.artwork.inks import Colours
from wardmark.plaques.artwork.svg import symbol_path
from wardmark.plaques.artwork.symbol import Symbol
from wardmark.plaques.models import Plaque, Screen
from wardmark.plaques.screens.fitting import symbol_of


class Why(TextChoices):
    """Why a page is left out."""

    DRAFT = "draft", _("not published")
    CLOSED = "closed", _("behind a sign-in or a password")
    NO_CODE = "no-code", _("has no code that leads to it")


@dataclass(frozen=True, slots=True)
class Slide:
    """A page and its primary plaque."""

    page: Page
    plaque: Plaque
    colours = Colours()

    @property
    def symbol(self) -> Symbol:
        return symbol_of(self.plaque.short_link)

    @property
    def symbol_path(self) -> str:
        return symbol_path(self.symbol)

    @property
    def promise(self) -> str:
        return self.page.promise or self.page.usual_promise()


@dataclass(frozen=True, slots=True)
class Lineup:
    slides: list[Slide]
    left_out: list[tuple[Page, Why]]


def lineup(screen: Screen, language: str) -> Lineup:
    """Return the pages of a screen in the editors' order, each in that language where it has been translated.

    Only what everybody may see and what has a code; the number of queries does not grow with the pages.
    """
    chosen = [entry.page for entry in screen.entries.select_related("page").order_by("sort_order", "pk")]
    keys = {page.translation_key for page in chosen}
    families, closed = _families(keys), closed_paths()
    plaques = {plaque.page_key: plaque for plaque in Plaque.objects.primary().filter(page_key__in=keys)}
    shown: list[tuple[Page, Plaque]] = []
    left_out = []
    for page in chosen:
        family = [other for other in families[page.translation_key] if other.live]
        opened = [other for other in family if not other.path.startswith(closed)]
        plaque = plaques.get(page.translation_key)
        if opened and plaque is not None and not plaque.is_retired:
            shown.append((_best(opened, language), plaque))
        else:
            left_out.append((page, Why.NO_CODE if opened else Why.CLOSED if family else Why.DRAFT))
    own = {page.pk: page for page in as_cards({page.pk: page for page, _plaque in shown}.values())}
    return Lineup([Slide(own[page.pk], plaque) for page, plaque in shown if page.pk in own], left_out)


def _families(keys: Iterable[UUID]) -> dict[UUID, list[Page]]:
    families = defaultdict(list)
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale"):
        families[page.translation_key].append(page)
    return families


def _best(pages: list[Page], language: str) -> Page:
    """Return the page in the language or the next best; a copy that nobody has translated only where that is all."""
    rank = {code: place for place, code in enumerate(ladder(language))}
    # A language that the site no longer has comes last.
    return min(pages, key=lambda page: (page.alias_of_id is not None, rank.get(page.locale.language_code, len(rank))))
