"""The accounts on the dashboard: what is suspended and what waits for a second officer."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from streets.models import PaymentAccount
from streets.payment_admin.rights import may_see


class PaymentsPanel(Component):
    """One query, however many accounts there are."""

    name = "payments"
    template_name = "streets/payment_admin/home_panel.html"
    order = 95

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return PaymentAccount.objects.aggregate(
            suspended=Count("pk", filter=Q(state="suspended")),
            by_payers=Count("pk", filter=Q(state="suspended", suspended_by=None)),
            waiting=Count("pk", filter=Q(state="pending", approved_at=None)),
        )


class PaymentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def add_payments_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_see(request.user):
        panels.append(PaymentsPanel())
