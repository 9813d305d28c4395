"""What may stand in words that everybody reads: no telephone number and no e-mail address but those that are public."""

import re

from wagtail.models import Page

from wardmark.base.models import WardSettings
from wardmark.base.national_phones import numbers_in, shown

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def private_in(words: str, *, page: Page | None) -> list[str]:
    """Return the numbers and addresses in a text that are neither the ward's nor the page's, as people read them."""
    wards = list(WardSettings.objects.only("hotline", "email"))
    public = {kept for said in [*(ward.hotline for ward in wards), _phone_on(page)] for kept in _kept(said)}
    addresses = {ward.email.casefold() for ward in wards}
    numbers = [shown(number) for number in numbers_in(words) if number not in public]
    return numbers + [found for found in _EMAIL.findall(words) if found.casefold() not in addresses]


def _phone_on(page: Page | None) -> str:
    """The public number of those kinds of pages that have one."""
    return getattr(page.specific, "phone", "") if page else ""


def _kept(said: str) -> list[str]:
    return numbers_in(said) if said else []
