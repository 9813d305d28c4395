"""The plaques on the dashboard: what waits for somebody, and walls that an address has left behind."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from wardmark.plaques.due import due_plaques
from wardmark.plaques.models import LinkRequest, PlaqueAlert
from wardmark.plaques.moved_address import printed_elsewhere
from wardmark.plaques.rights import may_see


class PlaquesPanel(Component):
    """Four queries, however many plaques there are."""

    name = "plaques"
    template_name = "plaques/admin/home_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "due": due_plaques().count(),
            "alerts": PlaqueAlert.objects.open().count(),
            "requests": LinkRequest.objects.open().count(),
            "printed_elsewhere": printed_elsewhere(),
        }


def add_plaques_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_see(request.user):
        panels.append(PlaquesPanel())
