"""A plain map of the ward, drawn from our own data: no tile server is ever asked."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from wardmark.base.places import Position

METRES_PER_DEGREE = 111_195
SCALE_BARS_M = (50, 100, 200, 500, 1000, 2000, 5000)
MARKER_RADIUS = 13


class Place(Protocol):
    """What can be drawn; it is told its number."""

    map_number: int

    @property
    def position(self) -> Position | None: ...


@dataclass(slots=True)
class Marker:
    """A numbered place; x and y are in the drawing's units."""

    number: int
    page: Place
    x: float
    y: float

    @property
    def label_y(self) -> float:
        """The baseline of the number, so that it stands in the middle of its dot."""
        return self.y + 4.7


@dataclass(frozen=True, slots=True)
class WardMap:
    """Places drawn north up in equal scale, in a drawing `width` × `height` units.

    `unplaced` are the places whose position nobody has entered yet: they are named, not guessed.
    """

    markers: list[Marker]
    unplaced: list[Place]
    width: int
    height: int
    scale_m: int
    scale_length: float

    @property
    def rim_width(self) -> int:
        return self.width - 10

    @property
    def rim_height(self) -> int:
        return self.height - 10

    @property
    def grid(self) -> str:
        """Path data of thin lines one scale bar apart, so that distances can be judged by eye."""
        columns = int((self.width - 10) // self.scale_length)
        rows = int((self.height - 10) // self.scale_length)
        lines = [f"M{5 + n * self.scale_length:.1f} 5V{self.height - 5}" for n in range(1, columns + 1)]
        lines += [f"M5 {5 + n * self.scale_length:.1f}H{self.width - 5}" for n in range(1, rows + 1)]
        return "".join(lines)

    @property
    def scale_path(self) -> str:
        y = self.height - 14
        return f"M16 {y - 4}v4h{self.scale_length:.1f}v-4"

    @property
    def scale_label_y(self) -> int:
        return self.height - 22

    @property
    def north_x(self) -> int:
        return self.width - 38

    @classmethod
    def of(cls, places: Iterable[Place], *, width: int = 360, height: int = 300, margin: int = 34) -> "WardMap":
        """Draw these places; each placed page is told its number, as `map_number`, for the list beside the map."""
        placed, unplaced = [], []
        for place in places:
            (unplaced if place.position is None else placed).append(place)
        if not placed:
            return cls([], unplaced, width, height, 0, 0)

        positions = [place.position for place in placed]
        north, south = max(p.latitude for p in positions), min(p.latitude for p in positions)
        east, west = max(p.longitude for p in positions), min(p.longitude for p in positions)
        # At a ward's size one degree of longitude is shorter by the cosine of the latitude, and that is all.
        shrink = math.cos(math.radians((north + south) / 2))
        span_x = (east - west) * shrink * METRES_PER_DEGREE
        span_y = (north - south) * METRES_PER_DEGREE
        room_x, room_y = width - 2 * margin, height - 2 * margin
        # A single place would be a scale of infinity: show at least 400 m.
        units_per_m = min(room_x / max(span_x, 400), room_y / max(span_y, 400))

        markers = [
            Marker(
                number,
                place,
                width / 2 + (place.position.longitude - (east + west) / 2) * shrink * METRES_PER_DEGREE * units_per_m,
                height / 2 - (place.position.latitude - (north + south) / 2) * METRES_PER_DEGREE * units_per_m,
            )
            for number, place in enumerate(placed, start=1)
        ]
        for marker in markers:
            marker.page.map_number = marker.number
        _push_apart(markers, width=width, height=height)
        bars = [metres for metres in SCALE_BARS_M if metres * units_per_m <= width / 3]
        scale_m = bars[-1] if bars else SCALE_BARS_M[0]
        return cls(markers, unplaced, width, height, scale_m, scale_m * units_per_m)


def _push_apart(markers: list[Marker], *, width: int, height: int) -> None:
    """Move overlapping markers away from each other until each can be tapped, at most 40 rounds."""
    least = 2 * MARKER_RADIUS + 2
    for _round in range(40):
        moved = False
        for index, one in enumerate(markers):
            for other in markers[index + 1 :]:
                dx, dy = other.x - one.x, other.y - one.y
                gap = math.hypot(dx, dy)
                if gap >= least:
                    continue
                moved = True
                if gap < 0.01:
                    dx, dy, gap = 1.0, 0.3, math.hypot(1.0, 0.3)
                push = (least - gap) / 2 + 0.1
                one.x, one.y = one.x - dx / gap * push, one.y - dy / gap * push
                other.x, other.y = other.x + dx / gap * push, other.y + dy / gap * push
        for marker in markers:
            marker.x = min(max(marker.x, MARKER_RADIUS + 2), width - MARKER_RADIUS - 2)
            marker.y = min(max(marker.y, MARKER_RADIUS + 2), height - MARKER_RADIUS - 2)
        if not moved:
            return
