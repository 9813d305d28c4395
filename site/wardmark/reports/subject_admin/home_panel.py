"""Requests about personal data on the dashboard and in the menu, for whoever must keep their clock."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from wardmark.reports.models import SubjectRequest
from wardmark.reports.subject_admin.access import ANSWER


class SubjectRequestsPanel(Component):
    """One query, however many requests there are."""

    name = "subject-requests"
    template_name = "reports/subject_admin/home_panel.html"
    order = 75

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return SubjectRequest.objects.open().aggregate(
            overdue=Count("pk", filter=Q(due_at__lt=timezone.now())), open=Count("pk")
        )


class SubjectRequestsMenuItem(MenuItem):
    """The list with how many requests are open."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ANSWER)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        if is_open := SubjectRequest.objects.open().count():
            component.label = f"{component.label} ({is_open})"
        return component


def add_subject_requests_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(ANSWER):
        panels.append(SubjectRequestsPanel())
