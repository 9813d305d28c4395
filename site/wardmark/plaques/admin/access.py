"""Who may open the screens of the plaques. Wagtail's admin turns PermissionDenied into a word on the dashboard."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.menu import MenuItem

from wardmark.plaques.rights import may_see


class MaySeePlaques:
    """For views: only people who may look at plaques get in; `right` names what more they need."""

    right: str | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request.user) or (self.right and not request.user.has_perm(self.right)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PlaquesMenuItem(MenuItem):
    """An item of the group “Plaques”, shown to whoever may see them and has the right it names, if any."""

    def __init__(self, *args: Any, right: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user) and (self.right is None or request.user.has_perm(self.right))
