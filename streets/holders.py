"""Whether a paper is made out to the shop: names are compared as people read them, accents and case aside."""

import re

from streets.models import Shop
from wardmark.base.search import fold

# The texts of a shop's page that are its names: how it calls itself, how it is registered.
NAMES_ON_A_PAGE = ("title", "legal_name")


def names_of(shop: Shop) -> set[str]:
    """Return all names of a shop that a paper may bear, folded."""
    names = [shop.name]
    for page in shop.pages.all():
        names += [getattr(page, name, "") for name in NAMES_ON_A_PAGE]
    return {folded_name(name) for name in names if name}


def folded_name(name: str) -> str:
    """Return a name without accents, case, punctuation and superfluous spaces."""
    return " ".join(re.findall(r"\w+", fold(name)))


def is_made_out_to(shop: Shop, holder: str) -> bool:
    return folded_name(holder) in names_of(shop)
