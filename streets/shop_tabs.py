"""The tabs of a shop's editor: one for each idea, in the order in which they are looked for."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface

from streets.models import Shop
from streets.panels import ConfirmationsPanel, ShopPagesPanel
from streets.shop_form import ShopForm

HOURS_TAB = ObjectList(
    [
        ShopPagesPanel(),
        FieldPanel("hours"),
        FieldPanel("special_days"),
        FieldPanel("hours_note"),
        MultiFieldPanel(
            [
                FieldPanel("closure"),
                FieldRowPanel([FieldPanel("closed_since"), FieldPanel("closed_until")]),
                FieldPanel("moved_to"),
                FieldPanel("moved_to_address"),
                FieldPanel("closure_note"),
            ],
            _("Closed or moved"),
        ),
        FieldPanel("last_change", classname="w-hidden"),
    ],
    heading=_("Hours"),
)
LISTING_TAB = ObjectList([ConfirmationsPanel(), *Shop.listing_panels], heading=_("What it offers"))
PRODUCTS_TAB = ObjectList(Shop.product_panels, heading=_("Products"))
SHOP_TABS = [HOURS_TAB, LISTING_TAB, PRODUCTS_TAB]


def shop_editor() -> TabbedInterface:
    return TabbedInterface(SHOP_TABS, base_form_class=ShopForm)
