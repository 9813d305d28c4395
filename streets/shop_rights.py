"""Who may do what with a shop's records: a right of its own, and the right to edit one of the shop's pages."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from streets.models import Shop, ShopPage
from wardmark.plaques.rights import editable_pages, may_edit_page


def may(user: AbstractBaseUser | AnonymousUser, shop: Shop, right: str) -> bool:
    """Say whether this person has a right over this very shop; one without pages belongs to all who have the right.

    The shop's pages should be fetched with it.
    """
    if not user.has_perm(right):
        return False
    pages = list(shop.pages.all())
    return not pages or any(may_edit_page(user, page) for page in pages)


def open_to(user: AbstractBaseUser | AnonymousUser, right: str) -> QuerySet[Shop]:
    """Return the shops over which this person has a right, as `may` says it of one."""
    if not user.has_perm(right):
        return Shop.objects.none()
    mine = Q(page_key__in=editable_pages(user).values("translation_key"))
    return Shop.objects.filter(mine | ~Exists(ShopPage.objects.filter(shop=OuterRef("pk"))))


class ShopRecordPolicy(ModelPermissionPolicy):
    """For records that hang on a shop as their `shop`, and for shops themselves."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        shop = instance if isinstance(instance, Shop) else instance.shop
        return self.user_has_permission(user, action) and may(user, shop, self._get_permission_name(action))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)
