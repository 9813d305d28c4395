"""The reports on the dashboard and in the menu: what is overdue, what waits, what is mine."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from wardmark.reports.clocks import WAITING, overdue
from wardmark.reports.models import VisitorReport
from wardmark.reports.rights import may_see_inbox, open_to


class ReportsPanel(Component):
    """One query, however many reports there are."""

    name = "visitor-reports"
    template_name = "reports/admin/home_panel.html"
    order = 80

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        reports = open_to(self.user, VisitorReport.objects.open())
        return reports.aggregate(
            overdue=Count("pk", filter=overdue(timezone.now())),
            waiting=Count("pk", filter=WAITING),
            mine=Count("pk", filter=Q(assigned_to=self.user)),
        )


class InboxMenuItem(MenuItem):
    """The inbox with how many reports nobody has taken in hand."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_inbox(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        waiting = open_to(request.user, VisitorReport.objects.filter(WAITING)).count()
        if waiting:
            component.label = f"{component.label} ({waiting})"
        return component


def add_reports_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_see_inbox(request.user):
        panels.append(ReportsPanel(request.user))
