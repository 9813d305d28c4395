"""Sums in đồng as people write them on a phone."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from streets.prices import LEAST, MOST, vnd

_AMOUNT = re.compile(
    r"(?P<figures>[0-9]{1,7}(?:[., ][0-9]{3})*[., ][0-9]{3,7}|[0-9]{1,10})\s*"
    r"(?P<thousands>k|nghìn|ngàn|nghin|ngan)?\s*"
    r"(?:đ|₫|vnđ|vnd|đồng|dong)?"
)


def read_amount(text: str) -> int | None:
    """Return the sum that is written: “45000”, “45.000 đ” and “45k” are the same; None for none.

    Points may stand where a digit was put into a sum shown with them: “5.0000” is fifty thousand.
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

    def prepare_value(self, value: Any) -> Any:
        """Show a sum with its points, as it stands on the page; what was typed stays as it was typed."""
        return number_format(value, force_grouping=True) if isinstance(value, int) else value

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
