"""Which pages may be named to everybody, and fetching them with all that a list shows of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def listed(pages: PageQuerySet) -> PageQuerySet:
    """Return those that are live and not behind a sign-in or password of their own; a copy has that of its source.

    For lists of what stands right below or beside a page that the visitor sees: what closes pages further up hides
    such a list itself. Everywhere else `closed_paths` must be asked.
    """
    return pages.live().filter(view_restrictions__isnull=True, alias_of__view_restrictions__isnull=True)


def closed_pages() -> PageQuerySet:
    """Return the pages that are closed to some by a restriction of their own or, a copy, by that of their source."""
    restricted = PageViewRestriction.objects.values("page")
    return Page.objects.filter(Q(pk__in=restricted) | Q(alias_of__in=restricted))


def closed_paths() -> tuple[str, ...]:
    """Return the tree paths of all pages closed to some, their copies among them; empty where nothing is closed.

    What stands at or below one of them must not be named to everybody.
    """
    return with_copies(closed_pages().only("pk", "path", "alias_of"))


def with_copies(closed: Iterable[Page]) -> tuple[str, ...]:
    """Return the tree paths of these closed pages and of all their copies; no query where none of them is a copy."""
    paths = {page.pk: page.path for page in closed}
    found = {page.pk for page in closed if page.alias_of_id is not None}
    while found:
        # A copy may have been copied in its turn.
        copies = dict(Page.objects.filter(alias_of__in=found).values_list("pk", "path"))
        found = copies.keys() - paths.keys()
        paths |= copies
    return tuple(paths.values())


def outside(pages: PageQuerySet, paths: Iterable[str]) -> PageQuerySet:
    """Return those of the pages that stand neither at nor below these tree paths."""
    for path in paths:
        pages = pages.exclude(path__startswith=path)
    return pages


def cards(pages: PageQuerySet) -> list:
    """Return the listed pages of one type in the editors' order, with all that a card shows of them."""
    return list(_with_what_cards_show(listed(pages)).order_by("path"))


def as_cards(pages: Iterable[Page]) -> list[Page]:
    """Return these pages as their own types and in the same order, with all that a card shows of them.

    A page of a type that is none of ours, or is no longer installed, is left out: no template can show it.
    """
    found = list(pages)
    keys = defaultdict(list)
    for page in found:
        if hasattr(page.specific_class, "shown_on_card"):
            keys[page.specific_class].append(page.pk)
    own = {}
    for model, pks in keys.items():
        own |= _with_what_cards_show(model.objects.all()).in_bulk(pks)
    return [own[page.pk] for page in found if page.pk in own]


def _with_what_cards_show(pages: PageQuerySet) -> PageQuerySet:
    model = pages.model
    return pages.select_related(*model.shown_together).prefetch_related(*model.shown_on_card)
