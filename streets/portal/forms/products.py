"""What the shop sells: all prices on one screen, one product on another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from streets.allergens import Allergen
from streets.changes.classes import NEW_PRODUCT
from streets.models import Product, Shop
from streets.models.opening import LONGEST_WORDS
from streets.portal.forms.amounts import AmountField
from streets.portal.forms.changing import LINE, ChangeForm, choices
from wardmark.base.languages import content_languages, source_language

WORDS = {
    "name": _("Name of the product"),
    "note": _("A word about it"),
    "unit": _("The price is for (bowl, kilogram …)"),
}


class PricesForm(ChangeForm):
    """A row for each product: its price, and whether it is sold out. One button saves them all.

    Sent in, it has the rows that were sent: a product added meanwhile was not on the list.
    """

    def __init__(self, data: Any = None, *args: Any, shop: Shop, **kwargs: Any) -> None:
        self.products = [product for product in shop.products.all() if data is None or self._is_in(data, product)]
        super().__init__(data, *args, shop=shop, **kwargs)
        for product in self.products:
            self.fields[f"price-{product.pk}"] = AmountField(label=_("Price (VND)"), required=False)
            self.fields[f"sold_out-{product.pk}"] = forms.BooleanField(label=_("Sold out"), required=False)

    def fields_carried(self) -> Mapping[str, str]:
        return {
            f"{name}-{product.pk}": f"product.{product.pk}.{name}"
            for product in self.products
            for name in ("price", "sold_out")
        }

    @staticmethod
    def _is_in(data: Any, product: Product) -> bool:
        return f"price-{product.pk}" in data or f"sold_out-{product.pk}" in data

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A product with its two fields, in the shop's own order."""
        return [
            {"product": product, "price": self[f"price-{product.pk}"], "sold_out": self[f"sold_out-{product.pk}"]}
            for product in self.products
        ]


class ProductWords:
    """The fields of a product's words, one for each language of the site, the first one first."""

    def add_words(self, form: forms.Form) -> None:
        for name, label in WORDS.items():
            for language, own_name in _languages():
                first = language == source_language()
                form.fields[_field(name, language)] = forms.CharField(
                    label=label if first else f"{label} ({own_name})",
                    max_length=LONGEST_WORDS if name == "note" else 120,
                    required=first and name == "name",
                    widget=forms.TextInput(attrs=LINE | {"lang": language}),
                )


class ProductForm(ProductWords, ChangeForm):
    """One product that is there: its words, its price, and what it contains."""

    def __init__(self, *args: Any, shop: Shop, product: Product, **kwargs: Any) -> None:
        self.product = product
        super().__init__(*args, shop=shop, **kwargs)
        self.add_words(self)
        self.fields["price"] = AmountField(label=_("Price (VND)"), required=False)
        self.fields["sold_out"] = forms.BooleanField(label=_("Sold out"), required=False)
        self.fields["allergens"] = choices(_("Contains"), Allergen, help_text=_("Nothing ticked says nothing."))

    def fields_carried(self) -> Mapping[str, str]:
        key = f"product.{self.product.pk}"
        words = {_field(name, code): f"{key}.{name}.{code}" for name in WORDS for code, _own in _languages()}
        return words | {name: f"{key}.{name}" for name in ("price", "sold_out", "allergens")}


class NewProductForm(ProductWords, ChangeForm):
    """A product that is to be added, after the others."""

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, shop=shop, **kwargs)
        self.add_words(self)
        self.fields["price"] = AmountField(label=_("Price (VND)"), required=False)
        self.fields["allergens"] = choices(_("Contains"), Allergen, help_text=_("Nothing ticked says nothing."))

    def fields_carried(self) -> Mapping[str, str]:
        return {_field("name", source_language()): NEW_PRODUCT}

    def to_form(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def to_wish(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        words = {
            name: {code: said for code, _own in _languages() if (said := cleaned[_field(name, code)].strip())}
            for name in WORDS
        }
        facts = {"price": cleaned["price"], "sold_out": False, "allergens": cleaned["allergens"]}
        last = max((product.sort_order or 0 for product in self.shop.products.all()), default=-1)
        return {NEW_PRODUCT: words | facts | {"sort_order": last + 1}}


def _languages() -> list[tuple[str, str]]:
    """The languages of the site with their own names, the first one first."""
    return sorted(content_languages(), key=lambda one: one[0] != source_language())


def _field(name: str, language: str) -> str:
    return f"{name}-{language}"
