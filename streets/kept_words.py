"""Words that stay for ever, in a history or in a record that the database locks: nobody's own number stands in them.

The ward's numbers, those of offices and the public one of the shop's page may:
docs/decisions/0031-clocks-and-rights.md.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wardmark.base.public_words import personal_in
from wardmark.base.written_numbers import numbers_written_in

if TYPE_CHECKING:
    from streets.models import Shop


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


def kept(words: str, *, shop: "Shop") -> str:
    """Return words about a shop as they may be kept, without blanks around them. Raises NumberNamed."""
    words = words.strip()
    # What the shop's page shows is asked only where something is to be compared with it.
    if numbers_written_in(words) and (numbers := personal_in(words, page=shop.open_page)):
        raise NumberNamed(numbers)
    return words


def faults_in(said: Mapping[str, str], *, shop: "Shop") -> dict[str, str]:
    """Return what is wrong with words that will stay, by the fields they stand in; empty where nothing is."""
    faults = {}
    for field, words in said.items():
        try:
            kept(words, shop=shop)
        except NumberNamed as named:
            faults[field] = str(named)
    return faults
