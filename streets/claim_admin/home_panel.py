"""Who keeps the shops on the dashboard: what waits for an officer."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from streets.claim_admin.rights import may_see
from streets.models import Claim, Dispute, OwnershipChange


class ClaimsPanel(Component):
    """Three counts, three queries, however much there is."""

    name = "claims"
    template_name = "streets/claim_admin/home_panel.html"
    order = 94

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "claims": Claim.objects.pending().count(),
            "disputes": Dispute.objects.open().count(),
            "changes": OwnershipChange.objects.waiting().filter(approved_at=None).count(),
        }


class ClaimsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def add_claims_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_see(request.user):
        panels.append(ClaimsPanel())
