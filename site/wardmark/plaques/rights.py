"""Who may do what with a plaque: a right of its own, and the right to edit the page it stands for.

A plaque is shared by its page's translations: whoever may edit one of them may change it. Where the page is gone, the
nearest page above that is still there decides; a blank plaque and one with nothing left above belong to all who have
the right.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page, get_page_models
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from wardmark.base.models import BasePage
from wardmark.plaques.models import Plaque

VIEW = "plaques.view_plaque"
ADD = "plaques.add_plaque"
CHANGE = "plaques.change_plaque"
CHANGE_ALERT = "plaques.change_plaquealert"
CHANGE_REQUEST = "plaques.change_linkrequest"
_TO_EDIT = {"change", "publish"}


def may_see(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether this person may look at the plaques of the ward."""
    return user.has_perm(VIEW) or user.has_perm(CHANGE)


def may_edit_page(user: AbstractBaseUser | AnonymousUser, page: Page) -> bool:
    """Say whether this person may edit a page; after the first page it costs no query."""
    return PagePermissionPolicy().user_has_any_permission_for_instance(user, _TO_EDIT, page)


def editable_pages(user: AbstractBaseUser | AnonymousUser) -> PageQuerySet:
    """Return the pages that this person may edit and that a plaque can stand for."""
    carriers = [model for model in get_page_models() if issubclass(model, BasePage)]
    return PagePermissionPolicy().instances_user_has_any_permission_for(user, _TO_EDIT).type(*carriers)


def may(user: AbstractBaseUser | AnonymousUser, plaque: Plaque, right: str = CHANGE) -> bool:
    """Say whether this person has a right over this very plaque."""
    return plaque.pk in those_open_to(user, [plaque], right)


def those_open_to(
    user: AbstractBaseUser | AnonymousUser, plaques: Iterable[Plaque], right: str = CHANGE
) -> frozenset[int]:
    """Return the ids of those of the plaques over which this person has a right, in at most three queries."""
    plaques = list(plaques)
    if not user.has_perm(right):
        return frozenset()
    pages = _by_key({plaque.page_key for plaque in plaques})
    gone = [plaque for plaque in plaques if plaque.page_key and plaque.page_key not in pages]
    pages |= _by_key({uuid.UUID(key) for plaque in gone for key in plaque.ancestor_keys} - pages.keys())
    return frozenset(
        plaque.pk
        for plaque in plaques
        if (deciding := _deciding_pages(plaque, pages)) is None or any(may_edit_page(user, page) for page in deciding)
    )


def _deciding_pages(plaque: Plaque, pages: dict[uuid.UUID, list[Page]]) -> list[Page] | None:
    """The page's translations, or those of the nearest page above; None where nothing is left to decide."""
    keys = [plaque.page_key, *map(uuid.UUID, plaque.ancestor_keys)] if plaque.page_key else []
    return next((pages[key] for key in keys if key in pages), None)


def _by_key(keys: set) -> dict[uuid.UUID, list[Page]]:
    found = defaultdict(list)
    if keys:
        for page in Page.objects.filter(translation_key__in=keys, depth__gt=1):
            found[page.translation_key].append(page)
    return dict(found)
