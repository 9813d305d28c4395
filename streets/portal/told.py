"""Changes of a shop in the words of its people: what a field is called, what a value says, what became of a wish."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from streets.changes import wording
from streets.changes.classes import asked
from streets.changes.routing import Why
from streets.changes.wording import Names, in_lines
from streets.members import Task
from streets.models import ChangeRequest, ChangeState, Shop
from streets.portal.guard import Kept
from wardmark.base import national_phones
from wardmark.base.languages import content_languages, source_language
from wardmark.base.people import person_name

# What a value that is not there looks like.
NOTHING = "—"
# What is a row of words rather than of lines.
_IN_A_ROW = {"payment_kinds", "amenities", "product.allergens", "product"}
# Lists of which a reader wants to see what came and what went, not the rest.
_LISTS = {"hours", "special_days", "photos", "links"}
# Two values that stand beside each other on one line of a phone, or on two.
_SHORT = 60


class ShopNames(Names):
    """What keys are called, those of one shop's products among them; each kind is asked for once."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    @cached_property
    def products(self) -> dict[int, str]:
        return {product.pk: str(product) for product in self.shop.products.all()}


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a member reads it."""

    change: ChangeRequest
    label: str
    before: list[str]
    after: list[str]
    who: str
    may_undo: bool
    may_withdraw: bool

    @property
    def is_short(self) -> bool:
        """Say whether both values are read at a glance, one after the other."""
        return len(self.before) == len(self.after) == 1 and len(self.before[0]) + len(self.after[0]) <= _SHORT

    @property
    def is_live(self) -> bool:
        return self.change.state == ChangeState.LIVE

    @property
    def is_waiting(self) -> bool:
        return self.change.state == ChangeState.WAITING

    @property
    def is_rejected(self) -> bool:
        return self.change.state == ChangeState.REJECTED

    @property
    def why_waiting(self) -> str:
        why = self.change.why_waiting
        return str(Why(why).label) if why in Why.values else ""


def told(change: ChangeRequest, *, kept: Kept, now: datetime, names: ShopNames) -> Told:
    one = asked(change.field, change.language or None)
    is_own = kept.may_tell or (one is not None and one.field.task == Task.DAILY)
    before, after = set_against(change.field_name, change.before, change.after, names=names)
    return Told(
        change=change,
        label=label_of(change.field_name, names=names, values=(change.before, change.after)),
        before=before,
        after=after,
        who=person_name(change.made_by),
        may_undo=is_own and not kept.is_frozen and change.may_be_undone(now),
        may_withdraw=is_own and change.is_waiting,
    )


def label_of(name: str, *, names: ShopNames, values: tuple[Any, ...] = ()) -> str:
    """Return what a field is called: with the product's name, and with the language where it is not the first."""
    one = asked(name)
    if one is None:
        return name
    label = wording.label_of(one, *values, names=names)
    if one.language and one.language != source_language():
        return f"{label} ({dict(content_languages()).get(one.language, one.language)})"
    return label


def value_in_lines(name: str, value: Any, *, names: ShopNames) -> list[str]:
    """Return the whole of what a value says, line by line; a dash for nothing."""
    one = asked(name)
    if one is None:
        return [str(value)]
    if one.field.name == "phone" and value:
        value = national_phones.shown(value)
    lines = [line for line in in_lines(one, value, names) if line.strip()] or [NOTHING]
    return [", ".join(lines)] if one.field.name in _IN_A_ROW else lines


def set_against(name: str, *values: Any, names: ShopNames) -> list[list[str]]:
    """Return what each of the values says; of lists only the lines that do not stand in all of them."""
    told_of = [value_in_lines(name, value, names=names) for value in values]
    one = asked(name)
    if one is None or one.field.name not in _LISTS:
        return told_of
    common = set.intersection(*map(set, told_of))
    return [[line for line in lines if line not in common] or [NOTHING] for lines in told_of]
