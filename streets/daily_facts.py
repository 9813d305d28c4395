"""Changing what changes from day to day: hours, closures, and the other facts on a shop's row.

All of it is public at once, in all languages, whatever drafts of the pages wait, and each changed field leaves a line
in the log. `by` is the acting user; None for the site itself. Every rule raises ValidationError, with nothing changed,
for what cannot be.
"""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from streets.hours import Special, SpecialDays, put, special_on, tet_preset, without, write_special
from streets.hours.state import WARD_ZONE
from streets.models.fact_changes import FactChange
from streets.models.opening import Closure
from streets.models.shops import Shop
from wardmark.accounts.models import User

_NO_CLOSURE: Mapping[str, Any] = {
    "closure": Closure.NONE,
    "closed_since": None,
    "closed_until": None,
    "closure_note": {},
    "moved_to": None,
    "moved_to_address": "",
}


@transaction.atomic
def change_facts(*, shop: Shop, by: User | None, **facts: Any) -> list[FactChange]:
    """Set fields of the shop's row, and return a line for each that changed; `shop` carries the new values."""
    before = Shop.objects.select_for_update().get(pk=shop.pk)
    stored = copy(before)
    for name, value in facts.items():
        setattr(stored, name, value)
    stored.full_clean(exclude=[field.name for field in Shop._meta.fields if field.name not in facts])
    changes = log_changes(before=before, after=stored, by=by)
    if changes:
        stored.save(update_fields=[change.what for change in changes])
    for name in facts:
        setattr(shop, name, getattr(stored, name))
    return changes


def log_changes(*, before: Shop, after: Shop, by: User | None) -> list[FactChange]:
    """Keep a line for each field in which the rows differ. Called in the transaction that saves the change."""
    old, new = model_to_dict(before), model_to_dict(after)
    changed = [field.name for field in Shop._meta.fields if field.name in old and old[field.name] != new[field.name]]
    return [
        FactChange.objects.create(shop=after, what=name, before=old[name], after=new[name], by=by) for name in changed
    ]


def set_hours(*, shop: Shop, hours: dict[str, Any] | None, by: User | None) -> list[FactChange]:
    """Set the hours of an ordinary week, in the JSON of `hours.read_week`; None says that they are not known."""
    return change_facts(shop=shop, by=by, hours=hours)


@transaction.atomic
def close_on(
    *, shop: Shop, first: date, last: date, note: Mapping[str, str] | None = None, by: User | None
) -> list[FactChange]:
    """Say that the shop is closed on these days, in the place of what was said of them."""
    return _set_special(shop, by, lambda special: put(special, SpecialDays(first, last, note=note or {})))


def close_today(*, shop: Shop, now: datetime, by: User | None) -> list[FactChange]:
    """Say that the shop is closed today; a night that began yesterday goes on to its end."""
    today = now.astimezone(WARD_ZONE).date()
    return close_on(shop=shop, first=today, last=today, by=by)


@transaction.atomic
def open_today_after_all(*, shop: Shop, now: datetime, by: User | None) -> list[FactChange]:
    """Take back what was said of today alone, so that its ordinary hours count again."""
    today = now.astimezone(WARD_ZONE).date()
    return _set_special(shop, by, lambda special: without(special, today, today))


@transaction.atomic
def close_for_tet(*, shop: Shop, today: date, by: User | None, **days: int) -> list[FactChange]:
    """Say that the shop rests for the next Tết; `days` are those of `hours.tet_preset`."""
    preset = tet_preset(today, **days)
    if preset is None:
        raise ValidationError(_("The lunar calendar is not known that far ahead."))
    return _set_special(shop, by, lambda special: put(special, preset))


def close_temporarily(
    *,
    shop: Shop,
    since: date,
    until: date | None = None,
    note: Mapping[str, str] | None = None,
    by: User | None,
) -> list[FactChange]:
    """Say that the shop is closed since a day; until a last day, if it is known."""
    facts = {"closure": Closure.TEMPORARY, "closed_since": since, "closed_until": until, "closure_note": note or {}}
    return change_facts(shop=shop, by=by, **_NO_CLOSURE | facts)


def move(
    *,
    shop: Shop,
    since: date,
    to: Shop | None = None,
    address: str = "",
    note: Mapping[str, str] | None = None,
    by: User | None,
) -> list[FactChange]:
    """Say that the shop has moved: to another shop of the site, whose page is linked, or to an address."""
    facts = {"closure": Closure.MOVED, "closed_since": since, "moved_to": to, "moved_to_address": address}
    return change_facts(shop=shop, by=by, **_NO_CLOSURE | facts | {"closure_note": note or {}})


def close_for_good(
    *, shop: Shop, since: date, note: Mapping[str, str] | None = None, by: User | None
) -> list[FactChange]:
    """Say that the shop is gone. Its page stays, and so does what its plaque opens."""
    facts = {"closure": Closure.FOR_GOOD, "closed_since": since, "closure_note": note or {}}
    return change_facts(shop=shop, by=by, **_NO_CLOSURE | facts)


def reopen(*, shop: Shop, by: User | None) -> list[FactChange]:
    """Say that the shop is in business again."""
    return change_facts(shop=shop, by=by, **_NO_CLOSURE)


def is_closed_today_by_hand(shop: Shop, now: datetime) -> bool:
    """Say whether today is a special day of rest of its own, such as `close_today` makes."""
    today = now.astimezone(WARD_ZONE).date()
    found = special_on(shop.special, today)
    return found is not None and not found.spans and found.first == found.last == today


def _set_special(shop: Shop, by: User | None, change: Callable[[Special], Special]) -> list[FactChange]:
    # What was said meanwhile stays said: the change starts from the row as it is locked now.
    stored = Shop.objects.select_for_update().get(pk=shop.pk)
    return change_facts(shop=shop, by=by, special_days=write_special(change(stored.special)))
