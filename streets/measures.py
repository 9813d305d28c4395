"""What a programme may count on a street: for each measure, which shops count and which of them fulfil it.

Pure functions over what one row of the shops' own query tells. A figure is never typed in by anybody and never about
one shop: it is always so many of so many.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A plaque that was looked at within this time counts as checked.
CHECKED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What is known of one shop today, as far as a measure asks. Each default is “not known”, which is never a yes."""

    has_active_account: bool = False
    gives_e_invoice: bool = False
    sells_food: bool = False
    route_is_determined: bool = False
    papers_are_in_order: bool = False
    inspected_lately: bool = False
    is_claimed: bool = False
    has_plaque: bool = False
    plaques_are_checked: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted. `label` says what is counted, `counted` which shops count at all."""

    key: str
    label: str | Promise
    counted: str | Promise
    counts: Callable[[ShopFacts], bool]
    is_met: Callable[[ShopFacts], bool]

    def tally(self, shops: Iterable[ShopFacts]) -> "Tally":
        of_these = [shop for shop in shops if self.counts(shop)]
        return Tally(sum(map(self.is_met, of_these)), len(of_these))


@dataclass(frozen=True, slots=True)
class Tally:
    """So many (`met`) of so many (`counted`); nothing is known where no shop counts."""

    met: int
    counted: int

    @property
    def is_known(self) -> bool:
        return self.counted > 0

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, rounded down, so that 100 % is said of nothing less than all."""
        return 100 * self.met // self.counted if self.counted else None


def _every_shop(shop: ShopFacts) -> bool:
    return True


MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            "active-account",
            _("Shops with a payment account that officers have verified"),
            _("all shops of the street that are in business"),
            _every_shop,
            lambda shop: shop.has_active_account,
        ),
        Measure(
            "e-invoice",
            _("Shops known to give e-invoices"),
            _("all shops of the street that are in business"),
            _every_shop,
            lambda shop: shop.gives_e_invoice,
        ),
        Measure(
            "claimed",
            _("Shops kept by their own vendor"),
            _("all shops of the street that are in business"),
            _every_shop,
            lambda shop: shop.is_claimed,
        ),
        Measure(
            "papers-valid",
            _("Places to eat with the paper that the law asks of them"),
            _("places to eat of which the ward has decided what the law asks for"),
            lambda shop: shop.sells_food and shop.route_is_determined,
            lambda shop: shop.papers_are_in_order,
        ),
        Measure(
            "inspected",
            _("Places to eat inspected in the last 12 months"),
            _("all places to eat of the street"),
            lambda shop: shop.sells_food,
            lambda shop: shop.inspected_lately,
        ),
        Measure(
            "plaques-checked",
            _("Shops whose plaques were checked in the last 30 days"),
            _("shops with a plaque on the wall"),
            lambda shop: shop.has_plaque,
            lambda shop: shop.plaques_are_checked,
        ),
    )
}


def measure_choices() -> list[tuple[str, str | Promise]]:
    """Return (key, label) of every measure, for a form."""
    return [(measure.key, measure.label) for measure in MEASURES.values()]


def tallies(shops: Iterable[ShopFacts]) -> dict[str, Tally]:
    """Return the tally of every measure over the same shops, by its key."""
    known = list(shops)
    return {key: measure.tally(known) for key, measure in MEASURES.items()}
