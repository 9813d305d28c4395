"""Who may look after a plaque: check it, hang it up, give it a page."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from wardmark.base.models import BasePage
from wardmark.plaques.models import Plaque

PERMISSION = "plaques.change_plaque"


def carries_a_session(request: HttpRequest) -> bool:
    """Say whether somebody may be signed in; a visitor's request is told from it without asking the database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def may_keep(user: AbstractBaseUser, plaque: Plaque) -> bool:
    """Say whether this person may look after the plaque: that of a page they may edit, or of no page that is left."""
    if not user.has_perm(PERMISSION):
        return False
    pages = plaque.pages.values()
    return not pages or any(may_edit(user, page) for page in pages)


def may_edit(user: AbstractBaseUser, page: Page) -> bool:
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() or permissions.can_publish()


def editable_pages(user: AbstractBaseUser) -> PageQuerySet:
    """Return the pages that this person may edit and that a plaque can stand for."""
    carriers = [model for model in get_page_models() if issubclass(model, BasePage)]
    return page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"}).type(*carriers)
