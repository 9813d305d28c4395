"""Which shops of a street a visitor asks for: a form that needs no script, whose address can be sent on.

All shops of a street are fetched for its figures anyway, so they are chosen among here and cost no further query.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from streets.amenities import Amenity
from streets.models.shop_pages import ShopPage
from streets.payment_kinds import PaymentKind
from streets.shop_facts import has_active_account

# What a ticked box sends.
YES = "1"
# The way to pay that is not a shop's own word: an account that officers have verified.
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was asked for, and the query of the same list without it."""

    label: str
    query_without: str


def _tick(label: str | Promise) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[(YES, label)],
        error_messages={"invalid_choice": _("This can only be ticked or left; what the address said was left out.")},
    )


class ShopFilter(forms.Form):
    """Offers only what some shop of the street has. What is no choice is explained and left out, never guessed."""

    category = forms.ChoiceField(
        label=_("What they sell"),
        required=False,
        error_messages={"invalid_choice": _("No shop of this street is listed under that; it was left out.")},
    )
    open = _tick(_("Open now"))
    pay = forms.ChoiceField(
        label=_("How to pay"),
        required=False,
        error_messages={"invalid_choice": _("No shop of this street is known to be paid so; it was left out.")},
    )
    food = _tick(_("Food and drink"))
    access = _tick(_("Entrance for wheelchairs"))

    def __init__(self, asked: Mapping[str, Any], shops: Iterable[ShopPage], *, now: datetime):
        super().__init__({name: asked[name] for name in self.base_fields if name in asked})
        self.shops = list(shops)
        self.now = now
        self.fields["category"].choices = sorted(
            {(shop.category.key, str(shop.category)) for shop in self.shops if shop.category_id},
            key=lambda choice: choice[1],
        )
        self.fields["pay"].choices = self._ways_to_pay()
        self.is_valid()

    def _ways_to_pay(self) -> list[tuple[str, str | Promise]]:
        taken = {kind for page in self.shops if page.shop for kind in page.shop.payment_kinds}
        return [(VERIFIED, _("Verified payment account")), *((k.value, k.label) for k in PaymentKind if k in taken)]

    @property
    def is_asked(self) -> bool:
        """Whether the address asks for anything, understood or not: such a page is none for search engines."""
        return bool(self.data)

    @property
    def chosen(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self[name] for name in ("category", "pay")]

    @property
    def ticks(self) -> list[forms.BoundField]:
        """What can be ticked, where some shop has it."""
        return [self[name] for name in self.fields if name not in ("category", "pay")]

    @property
    def complaints(self) -> list[str]:
        return [str(complaint) for complaints in self.errors.values() for complaint in complaints]

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                str(dict(self.fields[name].choices)[value]),
                urlencode({other: kept for other, kept in self.chosen.items() if other != name}),
            )
            for name, value in self.chosen.items()
        ]

    def found(self) -> list[ShopPage]:
        """Return the shops that have all that was asked for, in their own order."""
        return self._having(self.shops, self.chosen)

    @property
    def without_hours(self) -> int:
        """How many shops are left out of those open now only because nobody knows their hours."""
        if "open" not in self.chosen:
            return 0
        others = {name: value for name, value in self.chosen.items() if name != "open"}
        unknown = [shop for shop in self.shops if _is_open(shop, self.now) is None]
        return len(self._having(unknown, others))

    def _having(self, shops: list[ShopPage], wished: dict[str, str]) -> list[ShopPage]:
        return [shop for shop in shops if all(_HAS[name](shop, value, self.now) for name, value in wished.items())]


def _is_open(shop: ShopPage, now: datetime) -> bool | None:
    return shop.shop.is_open_at(now) if shop.shop else None


def _is_paid_by(page: ShopPage, way: str) -> bool:
    if way == VERIFIED:
        return has_active_account(page)
    return page.shop is not None and way in page.shop.payment_kinds


_HAS: dict[str, Callable[[ShopPage, str, datetime], bool]] = {
    "category": lambda page, key, _now: page.category_id is not None and page.category.key == key,
    "open": lambda page, _yes, now: _is_open(page, now) is True,
    "pay": lambda page, way, _now: _is_paid_by(page, way),
    "food": lambda page, _yes, _now: page.sells_food,
    "access": lambda page, _yes, _now: page.shop is not None and Amenity.WHEELCHAIR in page.shop.amenities,
}
