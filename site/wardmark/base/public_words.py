"""What may stand in words that everybody reads, or that stay for ever.

In the first no telephone number and no e-mail address but those that are public; in the second nobody's own number.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from wagtail.models import Page

from wardmark.base.models import WardSettings
from wardmark.base.national_phones import numbers_in, shown
from wardmark.base.written_numbers import numbers_written_in

# A line in this country begins with 2; a hotline as kept has no +.
_OFFICE = re.compile(r"\+842|[^+]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def private_in(words: str, *, page: Page | None) -> list[str]:
    """Return the numbers and addresses in a text that are neither the ward's nor the page's, as people read them."""
    addresses = {ward.email.casefold() for ward in WardSettings.objects.only("email")}
    public = _public_numbers(page)
    numbers = [shown(number) for number in numbers_in(words) if number not in public]
    return numbers + [found for found in _EMAIL.findall(words) if found.casefold() not in addresses]


class NumberNamed(Exception):
    """Somebody's own telephone number stands in words that stay. Nothing was kept; the message says which number."""

    def __init__(self, numbers: Iterable[str]):
        super().__init__(
            _(
                "Please leave out %(numbers)s: what is written here stays. Only numbers of offices and public ones may "
                "be named."
            )
            % {"numbers": ", ".join(numbers)}
        )


def refuse_personal(words: str, *, page_of: Callable[[], Page | None]) -> None:
    """Raise NumberNamed for mobile numbers, and those of other countries, that are neither the ward's nor the page's.

    Of another country's number nobody can tell whether an office answers it. The page is asked for only where a number
    is to be compared with its own.
    """
    found = {number for number in numbers_written_in(words) if not _OFFICE.match(number)}
    if found and (own := found - _public_numbers(page_of())):
        raise NumberNamed(shown(number) for number in sorted(own))


def _public_numbers(page: Page | None) -> set[str]:
    hotlines = [ward.hotline for ward in WardSettings.objects.only("hotline")]
    return {kept for said in [*hotlines, _phone_on(page)] for kept in _kept(said)}


def _phone_on(page: Page | None) -> str:
    """The public number of those kinds of pages that have one."""
    return getattr(page.specific, "phone", "") if page else ""


def _kept(said: str) -> list[str]:
    return numbers_in(said) if said else []
