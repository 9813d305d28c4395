"""Food safety on the dashboard: what waits for an officer."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from streets.changes.clock import latest_late
from streets.food_admin.access import SEE
from streets.food_admin.promised import COUNTED_FROM, counted
from streets.food_admin.shop_record import waiting


class FoodSafetyPanel(Component):
    """Five counts, and of what was promised to shops how much is late: few queries, however much there is."""

    name = "food-safety"
    template_name = "streets/food_admin/home_panel.html"
    order = 95

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        lists, late = waiting(self.user), latest_late(timezone.now())
        counts = {name: lists[name].count() for name in ("to_verify", "to_finalise", "reminders")}
        for name, since in COUNTED_FROM.items():
            counts[name], counts[f"{name}_late"] = counted(lists[name], since, late=late)
        return counts


def add_food_safety_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(SEE):
        panels.append(FoodSafetyPanel(request.user))
