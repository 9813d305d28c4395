"""The years a page of heritage may name."""

import re

from django.core.validators import MaxValueValidator, MinValueValidator

# For model fields; a negative year is before Christ.
YEARS_OF_HISTORY = [MinValueValidator(-3000), MaxValueValidator(2200)]
_PLAIN_LIFETIME = re.compile(r"\(?(\d{3,4})\s*[-–—]\s*(\d{3,4})\)?")


def plain_lifetime(words: str) -> tuple[str, str]:
    """Return the years of birth and death as dates of ISO 8601, each empty where the words do not plainly say it.

    Plain is “1228–1300”. Whatever else stands there (about, perhaps, before) makes a year less than a date.
    """
    found = _PLAIN_LIFETIME.fullmatch(words.strip())
    return (f"{int(found[1]):04}", f"{int(found[2]):04}") if found else ("", "")
