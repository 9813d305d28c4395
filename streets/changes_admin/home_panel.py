"""What shops changed, on the dashboard: what waits, what is late, what is to be looked over."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from streets.changes.clock import latest_late
from streets.changes.workflow import DECIDE
from streets.models import ChangeRequest, ChangeState
from streets.shop_rights import open_to


class ChangesPanel(Component):
    """What there is of the shops on which this officer decides: few queries, however much."""

    name = "shop-changes"
    template_name = "streets/changes_admin/home_panel.html"
    order = 94

    def __init__(self, user: AbstractBaseUser | AnonymousUser):
        super().__init__()
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = Q(state=ChangeState.WAITING)
        late = latest_late(timezone.now())
        return ChangeRequest.objects.filter(shop__in=open_to(self.user, DECIDE)).aggregate(
            waiting=Count("pk", filter=waiting),
            late=Count("pk", filter=waiting & Q(made_at__lt=late)),
            to_look_over=Count("pk", filter=Q(state=ChangeState.LIVE, is_drawn=True, looked_over_at=None)),
        )


class ChangesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DECIDE)


def add_changes_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(DECIDE):
        panels.append(ChangesPanel(request.user))
