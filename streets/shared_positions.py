"""The position in what a map app shares: a long link, a geo: address, or two numbers.

Nothing is asked of anybody: a shortened link tells its position only to the company that made it, so it is refused with
a word on what to copy instead.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from wardmark.base.places import Position

LONGEST = 2000
_SHORTENED = {"maps.app.goo.gl", "goo.gl", "g.co", "maps.apple"}
_NUMBER = r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,15})?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*[,; ]\s*({_NUMBER})\s*")
# The pin itself, then the middle of the picture, as the links of the most usual map app have them.
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_MIDDLE = re.compile(rf"/@({_NUMBER}),({_NUMBER})")
_ASKED = ("q", "query", "ll", "center", "destination", "daddr", "sll", "coordinate")


class NoPosition(ValueError):
    """There is no position in it; `is_shortened` says that it is a link whose position only its maker knows."""

    def __init__(self, text: str, *, is_shortened: bool = False):
        self.is_shortened = is_shortened
        super().__init__(text[:80])


def read_position(text: str) -> Position:
    """Return the position that somebody pasted. Raises NoPosition, and nothing else, whatever it is given."""
    text = text.strip()[:LONGEST]
    for latitude, longitude in _pairs(text):
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Position(round(latitude, 6), round(longitude, 6))
    raise NoPosition(text, is_shortened=_host(text) in _SHORTENED)


def _pairs(text: str) -> Iterator[tuple[float, float]]:
    candidates = [_PAIR.fullmatch(text), _PIN.search(text), *_of_the_query(text), _MIDDLE.search(text)]
    if text.lower().startswith("geo:"):
        candidates.append(_PAIR.fullmatch(text[4:].partition("?")[0].partition(";")[0]))
    for found in candidates:
        if found is not None:
            yield float(found[1]), float(found[2])


def _of_the_query(text: str) -> Iterator[re.Match[str] | None]:
    try:
        asked = dict(parse_qsl(urlsplit(text).query))
    except ValueError:
        return
    for name in _ASKED:
        if name in asked:
            # Some apps put a word before the pair: “loc:21.03,105.79”, or a name in brackets after it.
            yield _PAIR.fullmatch(unquote(asked[name]).removeprefix("loc:").partition("(")[0])


def _host(text: str) -> str:
    try:
        return (urlsplit(text if "://" in text else f"https://{text}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
