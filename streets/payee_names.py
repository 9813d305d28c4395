"""The payee's name that a bank app must show, as it shows it: capitals without accents."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from streets.models import PayeeNameRule

# House: the longest name a bank's app was seen to show in full; field 59 of a code holds but 25.
LONGEST_NAME = 70
_MARKS = re.compile(r"[\u0300-\u036f]+")
_NAME = re.compile(r"[A-Z0-9][A-Z0-9 .,&'()/+-]*")


class HolderKind(TextChoices):
    """Whose account it is."""

    HOUSEHOLD = "household", gettext_lazy("Household business")
    COMPANY = "company", gettext_lazy("Company")
    PERSON = "person", pgettext_lazy("holder of an account", "Person")
    OTHER = "other", gettext_lazy("Other")


class InvalidName(ValueError):
    """No bank app shows such a name; the message says why, for the person who typed it."""


def normalise_name(text: str) -> str:
    """Return the name as bank apps show it: “Hộ kinh doanh Đỗ Thị Hoa” is “HO KINH DOANH DO THI HOA”.

    Raises InvalidName where a character has no such form, or where it is empty or too long.
    """
    letters = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    name = " ".join(_MARKS.sub("", letters).upper().split())
    if not name:
        raise InvalidName(_("Please enter the payee’s name as the bank’s app shows it."))
    if len(name) > LONGEST_NAME:
        raise InvalidName(_("The payee’s name may have %(most)d characters at most.") % {"most": LONGEST_NAME})
    if not _NAME.fullmatch(name):
        strange = sorted({letter for letter in name if not _NAME.fullmatch(f"A{letter}")}) or [name[0]]
        raise InvalidName(
            _("Bank apps show no such character in a name: %(characters)s") % {"characters": " ".join(strange)}
        )
    return name


def review_reason(*, name: str, holder_kind: str, rules: Iterable["PayeeNameRule"], on: date) -> str:
    """Say in the active language why a person must look at this name before it is shown; "" where it needs none.

    Of several rules that hold for this kind of holder on that day, one is enough.
    """
    held = [rule for rule in rules if rule.holder_kind == holder_kind and _holds(rule, on)]
    if not held or any(_begins(name, prefix) for rule in held for prefix in rule.prefixes):
        return ""
    wanted = [prefix for rule in held for prefix in rule.prefixes]
    return _("The name should begin with %(beginnings)s (%(source)s).") % {
        "beginnings": " / ".join(dict.fromkeys(wanted)),
        "source": "; ".join(dict.fromkeys(rule.source for rule in held)),
    }


def _holds(rule: "PayeeNameRule", on: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= on) and (rule.valid_until is None or rule.valid_until >= on)


def _begins(name: str, prefix: str) -> bool:
    """Say whether the name begins with these words and goes on: “HKDX” does not begin with “HKD”."""
    return name.startswith(f"{prefix} ") and bool(name.removeprefix(prefix).strip(" .,-"))
