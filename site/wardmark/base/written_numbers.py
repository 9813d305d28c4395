"""Telephone numbers that people write among their words, although a field of its own asks for them.

They are found by the 0, the + or the 00 they begin with: prices, dates and hotlines are left alone.
"""

import re

from django.core.exceptions import ValidationError

from wardmark.base.national_phones import normalised

# Themselves, not their escapes, so that both databases read them as Python does: blanks of all widths, strokes and
# hyphens, and the marks without width that a copied number brings along.
_BETWEEN = "\t-\r\x1c- \x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff./_()\u2010-\u2015\u2212-"
_S = f"[{_BETWEEN}]*"
_DATE = r"[0-9]{1,2}/(?:[0-9]{1,2}/)?(?:19|20)[0-9]{2}(?![0-9])"
_ABROAD = rf"(?:\+|00){_S}"

# For the database, which sorts out most texts at once: eight digits in a row are fewer than any number has.
PERHAPS_A_NUMBER = rf"[0-9]({_S}[0-9]){{7}}"
_NUMBER = re.compile(
    rf"(?<![0-9])(?!{_DATE})\(?(?:"
    rf"(?:{_ABROAD})?84(?:{_S}[0-9]){{9,10}}(?![0-9])"
    rf"|{_ABROAD}[1-9](?:{_S}[0-9]){{7,14}}(?![0-9])"
    rf"|0(?!{_S}0)(?:{_S}[0-9]){{9,10}}(?![0-9]))"
)
_TAKEN_OUT = "•••"


def numbers_written_in(words: str) -> set[str]:
    """Return the numbers as they are kept (`national_phones.normalised`); of other countries in the same form, +49…"""
    return {_kept(written) for written in _NUMBER.findall(words)}


def without_numbers(words: str, only: str = "") -> str:
    """Return the words with all numbers taken out, or with those of one kept number."""
    return _NUMBER.sub(lambda found: found[0] if only and _kept(found[0]) != only else _TAKEN_OUT, words)


def _kept(written: str) -> str:
    digits = re.sub(r"[^+0-9]", "", written)
    try:
        return normalised(digits)
    except ValidationError:
        # Of another country: `normalised` takes the ward's own alone.
        return re.sub(r"^(?:\+|00)", "+", digits)
