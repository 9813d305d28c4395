"""Food safety on the dashboard: what waits for an officer."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from streets.food_admin.access import SEE
from streets.food_admin.shop_record import waiting


class FoodSafetyPanel(Component):
    """Five counts, five queries, however much there is."""

    name = "food-safety"
    template_name = "streets/food_admin/home_panel.html"
    order = 95

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        lists = waiting()
        return {name: lists[name].count() for name in ("to_take", "to_verify", "to_vet", "to_finalise", "reminders")}


def add_food_safety_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(SEE):
        panels.append(FoodSafetyPanel())
