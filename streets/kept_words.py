"""Words that stay for ever, in a history or in a record that the database locks: nobody's own number stands in them.

The ward's numbers, those of offices and the public one of the shop's page may:
docs/decisions/0031-clocks-and-rights.md.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wardmark.base.public_words import NumberNamed, refuse_personal

if TYPE_CHECKING:
    from streets.models import Shop


def kept(words: str, *, shop: "Shop") -> str:
    """Return words about a shop as they may be kept, without blanks around them. Raises NumberNamed."""
    words = words.strip()
    refuse_personal(words, page_of=lambda: shop.open_page)
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
