"""A value as an officer or a vendor reads it: one line for each thing that is said."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from streets.changes.classes import Asked, Holder, asked
from streets.hours import HoursError, read_special, read_week
from streets.hours.week import Spans
from streets.hours.words import DAY_NAMES, dates_in_words, spans_in_words
from streets.models import ChangeRequest, Closure, Product, Shop, ShopCategory, ShopPage, in_words
from streets.prices import price_range, vnd
from wardmark.base import national_phones


class Names:
    """What keys within values are called, each kind asked for once, however many values are worded with it."""

    @cached_property
    def categories(self) -> dict[str, str]:
        return {category.key: str(category) for category in ShopCategory.objects.prefetch_related("wordings")}

    @cached_property
    def products(self) -> dict[int, str]:
        """Of no product, where nobody says of which."""
        return {}

    @cached_property
    def shops(self) -> dict[int, str]:
        return dict(Shop.objects.values_list("pk", "name"))


class NamesOfChanges(Names):
    """What keys are called, the products that some changes are about among them."""

    def __init__(self, changes: Iterable[ChangeRequest]) -> None:
        self.changes = changes

    @cached_property
    def products(self) -> dict[int, str]:
        keys = {one.product for change in self.changes if (one := asked(change.field)) and one.product}
        return {key: str(product) for key, product in Product.objects.in_bulk(keys).items()}


class Line(NamedTuple):
    """A line of a comparison: it stands in both, was there before, or comes."""

    text: str
    kind: str


def label_of(one: Asked, *values: Any, names: Names) -> str:
    """Return what a field is called, of a product with its name; of one that is gone, with what the values call it."""
    label = str(one.field.label)
    if one.field.holder != Holder.PRODUCT:
        return label
    said = [in_words(value["name"], get_language() or "")[0] for value in values if isinstance(value, Mapping)]
    name = names.products.get(one.product or 0) or next(filter(None, said), "")
    if not name:
        return label
    return name if one.field.name == "product" else f"{name}: {label}"


def in_lines(one: Asked, value: Any, names: Names | None = None) -> list[str]:
    """Return what a value of a field says, line by line; nothing where it says nothing."""
    if value is None or value in ("", [], {}):
        return []
    writer = _WRITERS.get(one.field.name)
    if writer is not None:
        return [line for line in writer(value, names or Names()) if line]
    return str(value).splitlines()


def compared(one: Asked, before: Any, after: Any, names: Names | None = None) -> list[Line]:
    """Return both values as one list of lines, each marked `same`, `gone` or `new`."""
    names = names or Names()
    old, new = in_lines(one, before, names), in_lines(one, after, names)
    lines = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            lines += [Line(text, "same") for text in old[start:end]]
        else:
            lines += [Line(text, "gone") for text in old[start:end]]
            lines += [Line(text, "new") for text in new[new_start:new_end]]
    return lines


def _of_a_day(spans: Spans) -> str:
    return spans_in_words(spans) or pgettext("of a day", "closed")


def _hours(value: Any, names: Names) -> list[str]:
    try:
        week = read_week(value)
    except HoursError:
        return [str(value)]
    if week is None:
        return []
    return [f"{DAY_NAMES[day]}: {_of_a_day(spans)}" for day, spans in week]


def _special_days(value: Any, names: Names) -> list[str]:
    try:
        special = read_special(value)
    except HoursError:
        return [str(value)]
    return [
        " ".join(
            filter(
                None,
                [
                    f"{dates_in_words(days.first, days.last)}: {_of_a_day(days.spans)}",
                    *days.note.values(),
                ],
            )
        )
        for days in special
    ]


def _day(value: date | str | None) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) and value else value
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _closure(value: Mapping[str, Any], names: Names) -> list[str]:
    since, until = _day(value.get("closed_since")), _day(value.get("closed_until"))
    moved_to = value.get("moved_to") or 0
    return [
        str(Closure(value.get("closure") or "").label),
        " – ".join(filter(None, [since, until])),
        value.get("moved_to_address") or "",
        names.shops.get(moved_to, ""),
        *(value.get("closure_note") or {}).values(),
    ]


def _labels(model: type, name: str) -> Any:
    return lambda value, names: model._meta.get_field(name).labels(value)


def _product(value: Mapping[str, Any], names: Names) -> list[str]:
    words = [text for name in ("name", "note", "unit") for text in (value.get(name) or {}).values()]
    return [
        *words,
        _price(value.get("price")),
        _sold_out(value["sold_out"]) if value.get("sold_out") else "",
        *_labels(Product, "allergens")(value.get("allergens") or [], names),
    ]


def _price(value: int | None) -> str:
    return "" if value is None else vnd(value)


def _sold_out(value: bool) -> str:
    return _("Sold out") if value else pgettext("of a product", "Available")


def _e_invoice(value: bool | None, names: Names) -> list[str]:
    return [] if value is None else [_("Yes") if value else _("No")]


def _photos(value: list[Mapping[str, Any]], names: Names) -> list[str]:
    return [_("Photo %(number)s: %(words)s") % {"number": row["picture"], "words": row["alt"]} for row in value]


_WRITERS: Mapping[str, Any] = {
    "hours": _hours,
    "special_days": _special_days,
    "closure": _closure,
    "payment_kinds": _labels(Shop, "payment_kinds"),
    "amenities": _labels(Shop, "amenities"),
    "gives_e_invoice": _e_invoice,
    "price_range": lambda value, names: [price_range(value.get("from"), value.get("to"))],
    "product": _product,
    "product.price": lambda value, names: [_price(value)],
    "product.sold_out": lambda value, names: [_sold_out(value)],
    "product.allergens": _labels(Product, "allergens"),
    "photos": _photos,
    "pin": lambda value, names: [f"{value['latitude']}, {value['longitude']}"],
    "phone": lambda value, names: [national_phones.shown(value)],
    "category": lambda value, names: [names.categories.get(value, value)],
    "legal_form": lambda value, names: [str(dict(ShopPage._meta.get_field("legal_form").choices).get(value, value))],
}
