"""Which pages may be named to everybody, and fetching them with all that a list shows of them."""

from collections import defaultdict
from collections.abc import Iterable

from wagtail.models import Page
from wagtail.query import PageQuerySet


def listed(pages: PageQuerySet) -> PageQuerySet:
    """Return those that are live and not behind a sign-in or password of their own.

    A restriction further up hides the list itself, so only the page's own is asked for; that costs no query more.
    """
    return pages.live().filter(view_restrictions__isnull=True)


def cards(pages: PageQuerySet) -> list:
    """Return the listed pages of one type in the editors' order, with all that a card shows of them."""
    return list(_with_what_cards_show(listed(pages)).order_by("path"))


def as_cards(pages: Iterable[Page]) -> list[Page]:
    """Return these pages as their own types and in the same order, with all that a card shows of them."""
    found = list(pages)
    keys = defaultdict(list)
    for page in found:
        keys[page.specific_class].append(page.pk)
    own = {}
    for model, pks in keys.items():
        own |= _with_what_cards_show(model.objects.all()).in_bulk(pks)
    return [own[page.pk] for page in found if page.pk in own]


def _with_what_cards_show(pages: PageQuerySet) -> PageQuerySet:
    model = pages.model
    return pages.select_related(*model.shown_together).prefetch_related(*model.shown_on_card)
