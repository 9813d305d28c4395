"""What a shop sells, at what price: on the shop, not its pages, and public at once."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from streets.allergens import Allergen
from streets.models.key_lists import KeyListField
from streets.models.listing import SANE
from streets.models.opening import in_words
from streets.models.shops import Shop
from streets.prices import vnd


class WordsField(models.JSONField):
    """Words by language code, `{"vi": "…", "en": "…"}`, edited side by side."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs):
        from streets.admin_hours import WordsField as WordsFormField

        return WordsFormField(label=self.verbose_name, required=not self.blank, help_text=self.help_text)


class Product(Orderable):
    """A dish or a good. Its price is in whole đồng; without one it is asked for in the shop."""

    shop = ParentalKey(Shop, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="products")
    name = WordsField(_("name"), default=dict)
    note = WordsField(_("note"), default=dict, blank=True)
    price = models.PositiveIntegerField(_("price (VND)"), null=True, blank=True, validators=SANE)
    unit = WordsField(_("per"), default=dict, blank=True, help_text=_("For example bowl, kilogram."))
    sold_out = models.BooleanField(_("sold out"), default=False)
    allergens = KeyListField(
        _("contains"), keys=Allergen, help_text=_("What the seller has said. Nothing ticked says nothing.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("price"), FieldPanel("unit")]),
        FieldPanel("sold_out"),
        FieldPanel("allergens"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return self.shown_name[0]

    def clean(self):
        super().clean()
        if not any(isinstance(words, str) and words.strip() for words in self.name.values()):
            raise ValidationError({"name": _("Please name the product in one language at least.")})

    @property
    def shown_name(self) -> tuple[str, str]:
        """The name and the language it is in."""
        return in_words(self.name, get_language())

    @property
    def shown_note(self) -> tuple[str, str]:
        return in_words(self.note, get_language())

    @property
    def shown_price(self) -> str:
        if self.price is None:
            return ""
        unit, _language = in_words(self.unit, get_language())
        return f"{vnd(self.price)} / {unit}" if unit else vnd(self.price)

    @property
    def allergen_labels(self) -> list[str]:
        return self._meta.get_field("allergens").labels(self.allergens)
