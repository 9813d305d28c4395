"""Telephone numbers as people write them and as a phone dials them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_WRITTEN = re.compile(r"^\+?[0-9][0-9 .\-()]{1,28}$")


def dialled(number: str) -> str:
    """Return the digits, with a leading + kept, for a `tel:` link."""
    return ("+" if number.startswith("+") else "") + re.sub(r"\D", "", number)


def validate_phone(number: str) -> None:
    """Raise ValidationError unless the text can be dialled: 3 digits (an emergency number) to 15 (ITU-T E.164)."""
    if not _WRITTEN.match(number) or not 3 <= len(re.sub(r"\D", "", number)) <= 15:
        raise ValidationError(_("Please write a telephone number, for example 024 3833 1234."), code="phone")
