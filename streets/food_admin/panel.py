"""Food safety in the editor of a food vendor's page: what stands today, and the ways to the records."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.panels import Panel


class FoodSafetyPanel(Panel):
    """Shows, changes nothing: the records hang on the shop, and each has its own screen and rights."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "streets/food_admin/panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            # Models are there once the apps are; this module is read while they are being made.
            from streets.food_card import food_card

            context = super().get_context_data(parent_context)
            shop = self.instance.shop_id
            if shop is None:
                return context
            query = urlencode({"shop": shop})
            context |= {
                "card": food_card(shop),
                "ways": {
                    "route": reverse("food_safety:route", args=[shop]),
                    "record": reverse("food_safety:shop", args=[shop]),
                    "document": f"{reverse('food_document:add')}?{query}",
                    "inspection": f"{reverse('food_inspection:add')}?{query}",
                    "self_check": reverse("food_safety:self_check", args=[shop]),
                },
            }
            return context
