"""The shops of a street, fetched once for all that its page shows: list, map, filters and figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, prefetch_related_objects
from wagtail.models import Page
from wagtail.query import PageQuerySet

from media.models import Picture
from streets.measures import ShopFacts
from streets.models.shop_pages import ShopPage
from streets.shop_facts import facts_by_shop, with_facts
from wardmark.base.listing import listed


@dataclass(frozen=True, slots=True)
class StreetShops:
    """`cards` are the pages in the street's own language, in the editors' order; `facts` tell of each shop once.

    A shop belongs to a street where any of its pages there is open to everybody, in whichever language: the figures
    are the same in all.
    """

    cards: list[ShopPage]
    facts: list[ShopFacts]


def shops_of(street: Page, translations: Iterable[Page], *, today: date) -> StreetShops:
    """Return the shops of a street, which stands in the tree in other languages as well. Two queries, however many.

    The photos of the cards are drawn in `draw_photos`, once it is known which of them are shown.
    """
    pages = list(_rows(below(street, *translations), today=today).order_by("path"))
    own = [page for page in pages if page.path.startswith(street.path)]
    return StreetShops(own, list(facts_by_shop(pages, today=today).values()))


def below(*streets: Page) -> PageQuerySet:
    """Return the listed pages of shops that stand right below one of these pages."""
    places = (Q(path__startswith=street.path, depth=street.depth + 1) for street in streets)
    return listed(ShopPage.objects.filter(reduce(or_, places)))


def _rows(pages: PageQuerySet, *, today: date) -> PageQuerySet:
    # A story is long, and no card tells it.
    rows = with_facts(pages, today=today).defer("story")
    return rows.select_related(*ShopPage.shown_together).prefetch_related("category__wordings")


def draw_photos(pictures: Iterable[Picture | None]) -> None:
    """Fetch what these photos are drawn with in one query for all of them, as `photos.photo` then finds it."""
    prefetch_related_objects([picture for picture in pictures if picture is not None], "renditions")
