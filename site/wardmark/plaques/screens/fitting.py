"""How large a code must be on a screen, and whether the screen has room for it."""

import math
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from wardmark.plaques.artwork.drawing import WIDTHS_PER_DISTANCE
from wardmark.plaques.artwork.symbol import QUIET_ZONE, Symbol, encode
from wardmark.plaques.codes import LENGTH

LEVEL = "Q"
# Of the shorter and of the longer side of the picture: what is left takes the photo, the name and the code in letters.
MOST_OF_SHORT, MOST_OF_LONG = 0.76, 0.5


@dataclass(frozen=True, slots=True)
class Measures:
    """A picture `width_cm` × `height_cm` as it hangs, read from `distance_m`."""

    width_cm: float
    height_cm: float
    distance_m: float

    @property
    def side_cm(self) -> float:
        """What the code takes on each side, its light margin included."""
        return self.distance_m * 100 / WIDTHS_PER_DISTANCE / _dark_share()

    @property
    def room_cm(self) -> float:
        """The largest side for which there is room."""
        short, long = sorted((self.width_cm, self.height_cm))
        return min(MOST_OF_SHORT * short, MOST_OF_LONG * long)

    @property
    def fits(self) -> bool:
        return self.side_cm <= self.room_cm

    @property
    def farthest_m(self) -> float:
        """From how far away the largest code for which there is room is read, in whole tenths."""
        return math.floor(self.room_cm * _dark_share() * WIDTHS_PER_DISTANCE / 10) / 10

    @property
    def share_of_width(self) -> float:
        """The code's side in percent of the picture's width; where it does not fit, what there is room for."""
        return min(self.side_cm, self.room_cm) / self.width_cm * 100


@lru_cache(maxsize=1000)
def symbol_of(short_link: str) -> Symbol:
    """Return the symbol that screens show for a short link."""
    return encode(short_link, LEVEL)


def _dark_share() -> float:
    """The share of a symbol's side that lies within its light margin; all codes are of one length."""
    modules = symbol_of(f"{settings.PLAQUE_BASE_URL}/q/{'0' * LENGTH}").modules
    return (modules - 2 * QUIET_ZONE) / modules
