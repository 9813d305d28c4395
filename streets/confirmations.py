"""When the owner and the ward last said that a shop's facts are right, and how old that is today."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from streets import daily_facts
from streets.hours.state import WARD_ZONE
from streets.models.shops import Shop
from wardmark.accounts.models import User

# After so many days the page says that it may have changed, and then that it probably has.
AGEING, OLD = 90, 180


class Age(StrEnum):
    UNKNOWN = "unknown"
    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"


class Confirmer(StrEnum):
    OWNER = "owner"
    OFFICER = "officer"

    @property
    def field(self) -> str:
        return f"confirmed_by_{self}_on"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a page says of it: both days, and the age of the newer one."""

    by_owner_on: date | None
    by_officer_on: date | None
    age: Age


def age_on(day: date | None, today: date) -> Age:
    if day is None:
        return Age.UNKNOWN
    days = (today - day).days
    if days > OLD:
        return Age.OLD
    return Age.AGEING if days > AGEING else Age.FRESH


def confirmed(shop: Shop, *, today: date) -> Confirmed:
    days = [day for day in (shop.confirmed_by_owner_on, shop.confirmed_by_officer_on) if day]
    return Confirmed(shop.confirmed_by_owner_on, shop.confirmed_by_officer_on, age_on(max(days, default=None), today))


def confirm(*, shop: Shop, as_who: Confirmer, now: datetime, by: User | None) -> None:
    """Say that the facts of the shop are right today in the ward; the log keeps who said it."""
    daily_facts.change_facts(shop=shop, by=by, **{as_who.field: now.astimezone(WARD_ZONE).date()})
