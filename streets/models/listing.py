"""What a shop offers besides its goods, on its own row: public at once, whatever drafts wait."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from streets.amenities import Amenity
from streets.models.key_lists import KeyListField
from streets.payment_kinds import PaymentKind
from streets.prices import LEAST, MOST, price_range

SANE = [MinValueValidator(LEAST), MaxValueValidator(MOST)]


class Listing(models.Model):
    payment_kinds = KeyListField(_("payment accepted"), keys=PaymentKind)
    gives_e_invoice = models.BooleanField(
        _("gives e-invoices"), null=True, blank=True, default=None, help_text=_("Unknown until somebody has asked.")
    )
    amenities = KeyListField(_("amenities"), keys=Amenity)
    price_from = models.PositiveIntegerField(_("prices from (VND)"), null=True, blank=True, validators=SANE)
    price_to = models.PositiveIntegerField(_("prices to (VND)"), null=True, blank=True, validators=SANE)
    confirmed_by_owner_on = models.DateField(_("confirmed by its owner on"), null=True, blank=True)
    confirmed_by_officer_on = models.DateField(_("confirmed by the ward on"), null=True, blank=True)

    listing_panels = [
        MultiFieldPanel([FieldPanel("payment_kinds"), FieldPanel("gives_e_invoice")], _("Payment")),
        FieldRowPanel([FieldPanel("price_from"), FieldPanel("price_to")], _("Usual prices")),
        FieldPanel("amenities"),
    ]
    product_panels = [InlinePanel("products", label=_("Product"), heading=_("Products"))]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.price_from is not None and self.price_to is not None and self.price_from > self.price_to:
            raise ValidationError({"price_to": _("The highest price must not be below the lowest.")})

    @property
    def payment_labels(self) -> list[str]:
        return self._meta.get_field("payment_kinds").labels(self.payment_kinds)

    @property
    def amenity_labels(self) -> list[str]:
        return self._meta.get_field("amenities").labels(self.amenities)

    @property
    def price_range(self) -> str:
        return price_range(self.price_from, self.price_to)
