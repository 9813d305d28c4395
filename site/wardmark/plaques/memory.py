"""A plaque's memory of its page, kept while the page exists, for the day it does not."""

from django.db import transaction
from wagtail.models import Page

from wardmark.base.models import BasePage
from wardmark.plaques.models import Plaque


@transaction.atomic
def remember(page: Page) -> Plaque:
    """Issue the page's primary plaque if it has none; note its name and the pages above it in all of its plaques."""
    primary = Plaque.objects.issue_primary(page)
    keys = [str(key) for key in _keys_above(page)]
    # Locked: two translations published at once must not forget each other's name.
    plaques = list(Plaque.objects.select_for_update().of_page(page))
    # The primary's names for all: one that came from elsewhere still has those of its former page.
    names = plaques[0].names | {page.locale.language_code: page.title}
    for plaque in plaques:
        if (names, keys) != (plaque.names, plaque.ancestor_keys):
            plaque.names, plaque.ancestor_keys = names, keys
            plaque.save(update_fields=["names", "ancestor_keys"])
    primary.refresh_from_db()
    return primary


def on_page_saved(sender, instance: BasePage, created: bool, raw: bool = False, **kwargs) -> None:
    """A code belongs to a page from its first save, so that it can be printed before it is published."""
    if created and not raw:
        remember(instance)


def on_page_published(sender, instance: Page, **kwargs) -> None:
    if isinstance(instance, BasePage):
        remember(instance)


@transaction.atomic
def on_page_moved(sender, instance: Page, **kwargs) -> None:
    """Note the new pages above, for the page moved and all below it, in three queries whatever their number."""
    above = [str(key) for key in _keys_above(instance)]
    subtree = Page.objects.descendant_of(instance, inclusive=True).order_by("path")
    key_at = dict(subtree.values_list("path", "translation_key"))
    path_of = {key: path for path, key in key_at.items()}
    plaques = list(Plaque.objects.filter(page_key__in=path_of))
    for plaque in plaques:
        path = path_of[plaque.page_key]
        within = [str(key_at[path[:end]]) for end in _ends_between(instance.path, path)]
        plaque.ancestor_keys = within + above
    Plaque.objects.bulk_update(plaques, ["ancestor_keys"])


def _keys_above(page: Page) -> list:
    """The translation keys of the pages above, nearest first, without the root of the tree."""
    above = page.get_ancestors().filter(depth__gt=1).order_by("-depth")
    return list(above.values_list("translation_key", flat=True))


def _ends_between(top: str, path: str) -> range:
    """The lengths of the paths of the pages from just above `path` up to `top`, nearest first."""
    return range(len(path) - Page.steplen, len(top) - 1, -Page.steplen)
