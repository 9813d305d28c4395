"""A plain map of the ward, drawn from our own data: no tile server is ever asked."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from wardmark.base.lines import Line, Part, fewest_points
from wardmark.base.map_labels import Box, Label, dots_along, label_along
from wardmark.base.places import Position
from wardmark.base.projection import Point, Projection, span_m

# Far beyond a ward, for a position with a mistyped digit: its grid must not be drawn in thousands of lines.
SCALE_BARS_M = tuple(step * 10**power for power in range(1, 8) for step in (1, 2, 5))[2:]
MARKER_RADIUS = 13
RIM = 5
# In units of the drawing: what is nearer to a line than this nobody sees missing.
FINEST = 0.7
# At about 12 characters a point, twice for a line that is tapped: 4 kB at the most for each of the two.
MOST_BOUNDARY_POINTS, MOST_LINE_POINTS = 320, 160
# A boundary so many times wider than what lies in it is drawn cut off: else its places would stand in one heap.
WIDEST_BOUNDARY = 2.5


class Place(Protocol):
    """What can be drawn; it is told its number."""

    map_number: int | None

    @property
    def position(self) -> Position | None: ...


@dataclass(slots=True)
class Marker:
    """A numbered place; x and y are in the drawing's units."""

    number: int
    page: Place | None
    x: float
    y: float

    @property
    def label_y(self) -> float:
        """The baseline of the number, so that it stands in the middle of its dot."""
        return self.y + 4.7

    @property
    def box(self) -> Box:
        return Box.around(self.x, self.y, 2 * MARKER_RADIUS, 2 * MARKER_RADIUS)


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line as SVG path data; `label` is None where its name found no room."""

    line: Line
    runs: list[list[Point]]
    label: Label | None = None

    @property
    def path(self) -> str:
        return path_data(self.runs)


@dataclass(frozen=True, slots=True)
class WardMap:
    """Places, lines and the ward's boundary, drawn north up in equal scale, in a drawing `width` × `height` units.

    `unplaced` are the places whose position nobody has entered yet: they are named, not guessed.
    `boundary` is SVG path data and may be empty; `here` is from where the places are seen, if it was said.
    """

    markers: list[Marker]
    unplaced: list[Place]
    width: int
    height: int
    scale_m: int = 0
    scale_length: float = 0
    lines: list[DrawnLine] = field(default_factory=list)
    boundary: str = ""
    here: Marker | None = None

    @property
    def shows_something(self) -> bool:
        return bool(self.markers or self.lines or self.boundary)

    @property
    def rim_width(self) -> int:
        return self.width - 2 * RIM

    @property
    def rim_height(self) -> int:
        return self.height - 2 * RIM

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
    def of(
        cls,
        places: Iterable[Place],
        *,
        lines: Iterable[Line] = (),
        boundary: Sequence[Part] = (),
        here: Position | None = None,
        width: int = 360,
        height: int = 300,
        margin: int = 34,
    ) -> "WardMap":
        """Draw these places, over the lines, over the area within `boundary` (closed rings; a hole is a ring as well).

        Each placed page is told its number, as `map_number`, for the list beside the map.
        """
        lines = list(lines)
        placed, unplaced = [], []
        for place in places:
            (unplaced if place.position is None else placed).append(place)
        positions = [place.position for place in placed] + [here] * (here is not None)
        shown = _shown(positions, lines, boundary)
        if not shown:
            return cls([], unplaced, width, height)

        projection = Projection.around(shown, width=width, height=height, margin=margin)
        markers = _markers(placed, projection)
        seen_from = None if here is None else Marker(0, None, *projection.point(here))
        _push_apart([*markers, seen_from] if seen_from else markers, width=width, height=height)
        scale_m = _scale_m(projection, width)
        drawing = cls(
            markers,
            unplaced,
            width,
            height,
            scale_m,
            scale_m * projection.units_per_m,
            boundary=_area(boundary, projection),
            here=seen_from,
        )
        return replace(drawing, lines=_named(_drawn(lines, projection), drawing))


def path_data(runs: Iterable[Sequence[Point]], *, closed: bool = False) -> str:
    """Return the SVG path data of these runs, to a tenth of a unit; of closed ones the last point repeats the first."""
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (run[:-1] if closed else run)) + ("z" if closed else "")
        for run in runs
    )


def _shown(positions: list[Position], lines: Sequence[Line], boundary: Sequence[Part]) -> list[Position]:
    """Return all that the drawing must hold: the boundary too, unless the rest would stand in a heap in its midst."""
    shown = positions + [position for line in lines for position in line.positions]
    outline = [position for ring in boundary for position in ring]
    if not shown or span_m(outline) <= WIDEST_BOUNDARY * max(span_m(shown), 400):
        shown += outline
    return shown


def _markers(placed: list[Place], projection: Projection) -> list[Marker]:
    markers = [Marker(n, place, *projection.point(place.position)) for n, place in enumerate(placed, start=1)]
    for marker in markers:
        marker.page.map_number = marker.number
    return markers


def _scale_m(projection: Projection, width: int) -> int:
    bars = [metres for metres in SCALE_BARS_M if metres * projection.units_per_m <= width / 3]
    return bars[-1] if bars else SCALE_BARS_M[0]


def _area(boundary: Sequence[Part], projection: Projection) -> str:
    rings = [projection.points(ring) for ring in boundary]
    return path_data(fewest_points(rings, tolerance=FINEST, most=MOST_BOUNDARY_POINTS, least=4), closed=True)


def _drawn(lines: Sequence[Line], projection: Projection) -> list[DrawnLine]:
    """Draw each line with its share of the points; one too short to be seen is left out."""
    share = max(MOST_LINE_POINTS // max(len(lines), 1), 2)
    runs = [
        fewest_points([projection.points(part) for part in line.parts], tolerance=FINEST, most=share) for line in lines
    ]
    return [DrawnLine(line, found) for line, found in zip(lines, runs, strict=True) if found]


def _named(lines: Sequence[DrawnLine], drawing: WardMap) -> list[DrawnLine]:
    """Write names where they cover no marker, no other name, and neither the scale nor the sign of north."""
    within = Box(RIM + 2, RIM + 2, drawing.width - RIM - 2, drawing.height - RIM - 2)
    scale = Box(RIM, drawing.scale_label_y - 12, 20 + drawing.scale_length, drawing.height)
    taken = [scale, Box(drawing.north_x - 4, 0, drawing.width, 28), *(marker.box for marker in drawing.markers)]
    crossed = dots_along(run for drawn in lines for run in drawn.runs)
    named = []
    for drawn in lines:
        name, run = drawn.line.name, _longest(drawn.runs)
        label = label_along(name, run, within=within, taken=taken, crossed=crossed) if name else None
        if label is not None:
            taken.append(label.box)
        named.append(replace(drawn, label=label))
    return named


def _longest(runs: Sequence[Sequence[Point]]) -> Sequence[Point]:
    return max(runs, key=lambda run: sum(math.dist(one, other) for one, other in pairwise(run)))


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
