"""Pages that go away, and the plaques on walls that would lead to nothing of their own."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from wagtail import hooks
from wagtail.models import Page
from wagtail.query import PageQuerySet

from wardmark.base.listing import closed_paths
from wardmark.plaques.models import Plaque, PlaqueQuerySet


def with_their_translations(pages: Iterable[Page], action: str) -> list[Page]:
    """Return the pages that Wagtail deletes or unpublishes when these are: translations and copies may go with them."""
    pages = list(pages)
    found: dict[int, Page] = {page.pk: page for page in pages}
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        for hook in hooks.get_hooks("construct_translated_pages_to_cascade_actions"):
            for more in (hook(pages, action) or {}).values():
                found |= {page.pk: page for page in more}
    return list(found.values())


def at_or_below(pages: Iterable[Page]) -> PageQuerySet:
    """Return these pages and all below them."""
    below: Any = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    return Page.objects.filter(below)


def losing_their_page(deleted: PageQuerySet) -> PlaqueQuerySet:
    """Return the plaques out in the world that no page is left for, in any language, once these pages are deleted.

    Also those that were led to one of these pages when their own went away.
    """
    left = Page.objects.exclude(pk__in=deleted.order_by().values("pk"))
    lost = deleted.order_by().values("translation_key")
    own = Q(page_key__in=lost) & ~Exists(left.filter(translation_key=OuterRef("page_key")))
    led = Q(forward_key__in=lost) & ~Exists(left.filter(translation_key=OuterRef("forward_key")))
    homeless = ~Exists(left.filter(translation_key=OuterRef("page_key")))
    return Plaque.objects.out_in_the_world().filter(own | led & homeless).order_by("pk")


def going_on_in_another_language(deleted: PageQuerySet) -> PlaqueQuerySet:
    """Return the plaques out in the world whose page is deleted in some language and left in another."""
    left = Page.objects.exclude(pk__in=deleted.order_by().values("pk"))
    lost = deleted.order_by().values("translation_key")
    own = Q(page_key__in=lost) & Exists(left.filter(translation_key=OuterRef("page_key")))
    return Plaque.objects.out_in_the_world().filter(own).order_by("pk")


def losing_their_live_page(unpublished: PageQuerySet) -> PlaqueQuerySet:
    """Return the plaques out in the world whose last live page is among these."""
    left = Page.objects.live().exclude(pk__in=unpublished.order_by().values("pk"))
    keys = unpublished.live().order_by().values("translation_key")
    return (
        Plaque.objects.out_in_the_world()
        .filter(Q(page_key__in=keys) & ~Exists(left.filter(translation_key=OuterRef("page_key"))))
        .order_by("pk")
    )


def may_be_led_to(page: Page, *, deleted: PageQuerySet) -> bool:
    """Say whether visitors can be led to a page: open to everybody, and not among those that go away."""
    return page.live and not page.path.startswith(closed_paths()) and not deleted.filter(pk=page.pk).exists()
