"""Sums in đồng as people write them on a phone."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from streets.prices import LEAST, MOST, vnd

_AMOUNT = re.compile(
    r"(?P<figures>[0-9]{1,3}(?:[., ][0-9]{3})+|[0-9]{1,10})\s*(?P<thousands>k|nghìn|ngàn|nghin|ngan)?\s*"
    r"(?:đ|₫|vnđ|vnd|đồng|dong)?"
)


def read_amount(text: str) -> int | None:
    """Return the sum that is written: “45000”, “45.000 đ” and “45k” are the same; None for none.

    Raises ValueError for what is no sum.
    """
    said = " ".join(unicodedata.normalize("NFC", text).split()).casefold()
    if not said:
        return None
    found = _AMOUNT.fullmatch(said)
    if found is None:
        raise ValueError(text[:40])
    figures = int(re.sub(r"[., ]", "", found["figures"]))
    return figures * 1000 if found["thousands"] else figures


class AmountField(forms.Field):
    """A sum in đồng; its value is a whole number, None where nothing is written."""

    widget = forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        try:
            amount = read_amount(value or "")
        except ValueError:
            raise ValidationError(_("Please write a price in đồng, for example 45000."), code="amount") from None
        if amount is not None and not LEAST <= amount <= MOST:
            raise ValidationError(
                _("Please write a price between %(least)s and %(most)s."),
                code="range",
                params={"least": vnd(LEAST), "most": vnd(MOST)},
            )
        return amount
