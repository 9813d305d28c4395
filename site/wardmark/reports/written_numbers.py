"""Telephone numbers that people write among their words, although a field of its own asks for them.

They are found by the 0 or the +84 they begin with: prices, dates and hotlines are left alone.
"""

import re

from django.core.exceptions import ValidationError

from wardmark.base.national_phones import normalised

# For the database, which sorts out most texts at once.
PERHAPS_A_NUMBER = r"(84|0)([ .()-]*[0-9]){9}"
_NUMBER = re.compile(r"(?<![0-9])\(?(?:\+?84|0)(?:[ .()-]*[0-9]){9,10}(?![0-9])")
_TAKEN_OUT = "•••"


def numbers_written_in(words: str) -> set[str]:
    """Return the numbers as they are kept (`national_phones.normalised`)."""
    return {kept for written in _NUMBER.findall(words) if (kept := _kept(written))}


def without_numbers(words: str, only: str = "") -> str:
    """Return the words with all numbers taken out, or with those of one kept number."""
    return _NUMBER.sub(lambda found: found[0] if only and _kept(found[0]) != only else _TAKEN_OUT, words)


def _kept(written: str) -> str:
    try:
        return normalised(written)
    except ValidationError:
        return ""
