"""From positions on the ground to the units of a drawing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wardmark.base.places import Position

METRES_PER_DEGREE = 111_195
# A single place would be a scale of infinity: show at least so much.
LEAST_SPAN_M = 400

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Projection:
    """North up and one scale in every direction; `centre` falls on `middle`, which is in the drawing's units."""

    centre: Position
    middle: Point
    units_per_m: float

    @classmethod
    def around(cls, positions: Sequence[Position], *, width: float, height: float, margin: float) -> "Projection":
        """Fit these positions, at least one, into a drawing of `width` × `height` with a margin on every side."""
        centre, east_m, north_m = _extent(positions)
        units_per_m = min(
            (width - 2 * margin) / max(east_m, LEAST_SPAN_M), (height - 2 * margin) / max(north_m, LEAST_SPAN_M)
        )
        return cls(centre, (width / 2, height / 2), units_per_m)

    def point(self, position: Position) -> Point:
        """Return where a position lies in the drawing, x to the right and y downwards."""
        x, y = self.middle
        east = (position.longitude - self.centre.longitude) * _shrink(self.centre) * METRES_PER_DEGREE
        north = (position.latitude - self.centre.latitude) * METRES_PER_DEGREE
        return x + east * self.units_per_m, y - north * self.units_per_m

    def points(self, positions: Sequence[Position]) -> list[Point]:
        return [self.point(position) for position in positions]


def span_m(positions: Sequence[Position]) -> float:
    """Return the longer side, in metres, of the box around these positions; 0 for none."""
    if not positions:
        return 0
    _centre, east_m, north_m = _extent(positions)
    return max(east_m, north_m)


def _extent(positions: Sequence[Position]) -> tuple[Position, float, float]:
    """Return the middle of the box around these positions, and its metres from west to east and south to north."""
    latitudes = [position.latitude for position in positions]
    longitudes = [position.longitude for position in positions]
    north, south, east, west = max(latitudes), min(latitudes), max(longitudes), min(longitudes)
    centre = Position((north + south) / 2, (east + west) / 2)
    return centre, (east - west) * _shrink(centre) * METRES_PER_DEGREE, (north - south) * METRES_PER_DEGREE


def _shrink(centre: Position) -> float:
    # At a ward's size one degree of longitude is shorter by the cosine of the latitude, and that is all.
    return math.cos(math.radians(centre.latitude))
