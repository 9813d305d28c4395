"""Whose scan counts a member of staff may see. Visitors see none; vendors see those of their shops in the portal."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from wardmark.plaques.models import Plaque, PlaqueQuerySet

ALL_COUNTS = "plaques.view_scancount"
_TO_EDIT = {"change", "publish"}


def may_see_scans(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether there is any page whose scans this person may see."""
    return user.has_perm(ALL_COUNTS) or PagePermissionPolicy().user_has_any_permission(user, _TO_EDIT)


def pages_with_visible_scans(user: AbstractBaseUser | AnonymousUser) -> PageQuerySet:
    """Return the pages whose scans this person may see: all with the permission, else those they may edit."""
    if user.has_perm(ALL_COUNTS):
        return Page.objects.filter(depth__gt=1)
    return PagePermissionPolicy().instances_user_has_any_permission_for(user, _TO_EDIT).filter(depth__gt=1)


def plaques_with_visible_scans(user: AbstractBaseUser | AnonymousUser) -> PlaqueQuerySet:
    """Return the plaques whose scans this person may see; those whose page is gone only with the permission for all."""
    if user.has_perm(ALL_COUNTS):
        return Plaque.objects.all()
    return Plaque.objects.filter(page_key__in=pages_with_visible_scans(user).order_by().values("translation_key"))
