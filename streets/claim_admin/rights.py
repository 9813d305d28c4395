"""Who may do what about who keeps a shop: a right of its own, and the right to edit one of the shop's pages."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from streets.models import Shop
from streets.shop_rights import may

MAKE_LETTERS = "streets.add_claimletter"
CONFIRM = "streets.confirm_claim"
DECIDE = "streets.decide_dispute"
PASS_ON = "streets.approve_ownershipchange"  # noqa: S105 - a right, no password
ASSIST = "streets.add_assistedsession"
ALL = (MAKE_LETTERS, CONFIRM, DECIDE, PASS_ON, ASSIST)


def may_see(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether this person may look at what waits: names of shops and people, no telephone number."""
    return any(user.has_perm(right) for right in ALL)


def may_read(user: AbstractBaseUser | AnonymousUser, shop: Shop) -> bool:
    """Say whether this person may look at who keeps this very shop."""
    return any(may(user, shop, right) for right in ALL)


class Needs:
    """For views: `right` names what somebody needs to get in, None any of them; `admit_to` asks it of the very shop."""

    right: str | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if not (request.user.has_perm(self.right) if self.right else may_see(request.user)):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    def admit_to(self, shop: Shop) -> None:
        user = self.request.user
        if not (may(user, shop, self.right) if self.right else may_read(user, shop)):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen: the list, the shop, the screen."""
        way = [{"url": reverse("claim_admin:index"), "label": _("Who keeps the shops")}]
        if shop := self.shown_shop:
            way.append({"url": reverse("claim_admin:shop", args=[shop.pk]), "label": str(shop)})
        here = {"url": "", "label": str(self.get_page_title()), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *way, here]

    @property
    def shown_shop(self) -> Shop | None:
        """The shop on whose record the screen stands; none where it is of all shops, or is the record itself."""
        return None


def shop_with_pages(pk: int) -> Shop:
    return get_object_or_404(Shop.objects.with_pages(), pk=pk)
