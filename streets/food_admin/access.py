"""Who may open the screens of food safety. Wagtail's admin turns PermissionDenied into a word on the dashboard."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from streets.models import Shop
from streets.shop_rights import may

SEE = "streets.change_legaldocument"
INSPECT = "streets.change_inspection"
DECIDE = "streets.add_legalroute"
VET = "streets.change_inspectionreply"
SELF_CHECK = "streets.add_selfcheck"


class Needs:
    """For views: `right` names what somebody needs to get in. Others do not even learn which records there are."""

    right = SEE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    def admit_to(self, shop: Shop) -> None:
        """Let in only who has the right over this very shop."""
        if not may(self.request.user, shop, self.right):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen: what waits, the shop's record, the screen, whose name is the heading."""
        way = [{"url": reverse("food_safety:waiting"), "label": _("Food safety")}]
        if shop := self.shown_shop:
            way.append({"url": reverse("food_safety:shop", args=[shop.pk]), "label": str(shop)})
        here = {"url": "", "label": str(self.get_page_title()), "sublabel": str(self.get_page_subtitle())}
        return [*self.breadcrumbs_items, *way, here]

    @property
    def shown_shop(self) -> Shop | None:
        """The shop on whose record the screen stands; none where it is of all shops, or is the record itself."""
        return None


class FoodMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE)
