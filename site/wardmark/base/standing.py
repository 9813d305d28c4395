"""Where the visitor of a page stands, if not where the page's place is: at a plaque further away.

A scan leads to the page with `?at=latitude,longitude,signature`. It is the plaque's position, never the phone's, and
says nothing of the visitor. Only what this site has signed counts, so that the pages it makes are few and can be kept.
"""

import re

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from wardmark.base.places import Position

_QUERY = re.compile(r"at=((-?\d{1,3}\.\d{5}),(-?\d{1,3}\.\d{5})),([\w-]{10})", re.ASCII)


def standing_query(position: Position) -> str:
    """Return the query of a page's address for somebody who stands at this position (to about a metre)."""
    where = f"{position.latitude:.5f},{position.longitude:.5f}"
    return f"at={where},{_signature(where)}"


def standing_at(query: str) -> Position | None:
    """Return the position that a query names; None for every query that this site did not make."""
    found = _QUERY.fullmatch(query)
    if found is None or not constant_time_compare(found[4], _signature(found[1])):
        return None
    return Position(float(found[2]), float(found[3]))


def _signature(where: str) -> str:
    return Signer(salt="wardmark.standing").signature(where)[:10]
