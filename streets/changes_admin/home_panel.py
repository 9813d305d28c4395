"""What shops changed, on the dashboard: what waits, what is late, what is to be looked over."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from streets.changes.clock import latest_late
from streets.changes.workflow import DECIDE
from streets.models import ChangeRequest, ChangeState


class ChangesPanel(Component):
    """One query for what there is, however much, and those of the office's calendar."""

    name = "shop-changes"
    template_name = "streets/changes_admin/home_panel.html"
    order = 94

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = Q(state=ChangeState.WAITING)
        late = latest_late(timezone.now())
        return ChangeRequest.objects.aggregate(
            waiting=Count("pk", filter=waiting),
            late=Count("pk", filter=waiting & Q(made_at__lt=late)),
            to_look_over=Count("pk", filter=Q(state=ChangeState.LIVE, is_drawn=True, looked_over_at=None)),
        )


class ChangesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DECIDE)


def add_changes_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(DECIDE):
        panels.append(ChangesPanel())
