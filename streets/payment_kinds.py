"""How a shop may be paid, with what OpenStreetMap calls it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentKind(models.TextChoices):
    CASH = "cash", _("Cash")
    TRANSFER = "bank_transfer", _("Bank transfer by QR code")
    DOMESTIC_CARD = "domestic_card", _("Domestic card")
    INTERNATIONAL_CARD = "international_card", _("International card")
    WALLET = "e_wallet", _("E-wallet")
    CONTACTLESS = "contactless", _("Contactless")


OSM_TAGS = {
    PaymentKind.CASH: "payment:cash=yes",
    PaymentKind.TRANSFER: "payment:qr_code=yes",
    PaymentKind.DOMESTIC_CARD: "payment:napas=yes",
    PaymentKind.INTERNATIONAL_CARD: "payment:credit_cards=yes",
    PaymentKind.WALLET: "payment:app=yes",
    PaymentKind.CONTACTLESS: "payment:contactless=yes",
}
