"""The code on a place's page once that is printed: a handout leads back to the page."""

from dataclasses import dataclass
from functools import lru_cache

from wardmark.plaques.artwork.symbol import Symbol, encode
from wardmark.plaques.models import Plaque


@dataclass(frozen=True, slots=True)
class Handout:
    """A symbol as one SVG path, in modules, and what to type where it cannot be scanned."""

    code: str
    short_link: str
    modules: int
    path: str

    @classmethod
    def of(cls, plaque: Plaque) -> "Handout":
        symbol = _symbol(plaque.short_link)
        return cls(plaque.printed_code, plaque.short_link, symbol.modules, as_strokes(symbol))

    @property
    def typed_parts(self) -> tuple[str, str]:
        """The link as people type it, without its scheme: the host, and what stands behind it."""
        host, slash, path = self.short_link.partition("://")[2].partition("/")
        return host, slash + path


# Weighing the eight masks takes most of a page's time; a code never changes.
@lru_cache(maxsize=512)
def _symbol(short_link: str) -> Symbol:
    return encode(short_link, "Q")


def as_strokes(symbol: Symbol) -> str:
    """Return the dark modules as SVG path data for a line one module wide: half the bytes of outlines."""
    moves, at = [], (0, 0)
    for x, y, length in symbol.runs():
        # Strokes run along the middle of a row.
        step = f"m{x - at[0]} {y - at[1]}" if moves else f"M{x} {y}.5"
        moves.append(f"{step}h{length}")
        at = (x + length, y)
    return "".join(moves)
