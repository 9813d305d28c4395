"""What a form says before it is sent: when others will read what is filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from streets.changes.classes import Asked, ChangeClass, asked
from streets.changes.trust import is_trusted
from streets.models import Shop, ShopMember
from wardmark.base.languages import source_language

SAID = {
    ChangeClass.LIVE: _("Public at once. You can take it back for 30 days."),
    ChangeClass.SAMPLED: _("Public at once; the ward may look at it afterwards."),
    ChangeClass.BEFORE: _("The ward looks at it first, within 2 working days."),
}
SHORT = {
    ChangeClass.LIVE: _("at once"),
    ChangeClass.SAMPLED: _("at once, looked at afterwards"),
    ChangeClass.BEFORE: _("the ward first"),
}


@dataclass(frozen=True, slots=True)
class Effects:
    """The classes of a form's fields for this member now, by the names of `streets.changes`."""

    by_name: dict[str, ChangeClass]

    @property
    def is_one(self) -> bool:
        return len(set(self.by_name.values())) == 1

    @property
    def said(self) -> str:
        """One sentence for the whole form, where one will do."""
        return str(SAID[next(iter(self.by_name.values()))]) if self.is_one else ""

    @property
    def all_wait(self) -> bool:
        return set(self.by_name.values()) == {ChangeClass.BEFORE}

    def short(self, name: str) -> Any:
        return "" if self.is_one or name not in self.by_name else SHORT[self.by_name[name]]


def effects_of(names: Iterable[str], *, shop: Shop, member: ShopMember, now: datetime) -> Effects:
    """Return how heavy a change of these fields is at its lightest; what is written may make it heavier."""
    found = {name: one for name in names if (one := asked(name)) is not None}
    trusted = is_trusted(shop=shop, member=member, now=now)
    return Effects({name: _class_of(one, trusted=trusted) for name, one in found.items()})


def _class_of(one: Asked, *, trusted: bool) -> ChangeClass:
    if one.language and one.language != source_language():
        return ChangeClass.BEFORE
    if one.field.change_class == ChangeClass.SAMPLED and not trusted:
        return ChangeClass.BEFORE
    return one.field.change_class
