"""What is longer than a point: a street, a trail, the ward's boundary."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from wardmark.base.places import Position
from wardmark.base.projection import Point

Part = Sequence[Position]


class LineKind(StrEnum):
    """How a line is drawn."""

    STREET = "street"
    TRAIL = "trail"


@dataclass(frozen=True, slots=True)
class Line:
    """One street or trail: one or more `parts` of at least two positions each, in order.

    `name` is written along it where there is room. `page`, where it has one, is opened by a tap on it.
    """

    parts: Sequence[Part]
    kind: LineKind = LineKind.STREET
    name: str = ""
    page: Any = None

    @property
    def positions(self) -> list[Position]:
        return [position for part in self.parts for position in part]

    @property
    def middle(self) -> Position:
        """The point half way along its longest part."""
        return half_way(max(self.parts, key=_length_m))


def _length_m(part: Part) -> float:
    return sum(one.distance_to(other) for one, other in pairwise(part))


def half_way(part: Part) -> Position:
    """Return the point half way along a run of positions, of which there is at least one."""
    left = _length_m(part) / 2
    for one, other in pairwise(part):
        step = one.distance_to(other)
        if step > 0 and left <= step:
            share = left / step
            return Position(
                one.latitude + (other.latitude - one.latitude) * share,
                one.longitude + (other.longitude - one.longitude) * share,
            )
        left -= step
    return part[-1]


def kept_points(points: Sequence[Point], tolerance: float) -> list[int]:
    """Return the indexes of the points that a line needs to stay within `tolerance` of all of them, ends among them.

    Douglas and Peucker (1973), without recursion: a line of thousands of points must not end at Python's limit.
    """
    kept, open_spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        if last - first < 2:
            continue
        away, farthest = max((distance(points[n], points[first], points[last]), n) for n in range(first + 1, last))
        if away > tolerance:
            kept.add(farthest)
            open_spans += [(first, farthest), (farthest, last)]
    return sorted(kept)


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / square
    share = min(max(share, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - share * dx, point[1] - start[1] - share * dy)


def fewest_points(runs: Sequence[Sequence[Point]], *, tolerance: float, most: int, least: int = 2) -> list[list[Point]]:
    """Simplify these runs to at most `most` points in all, by at least `tolerance` and by no more than that takes.

    What is no larger than the tolerance, or keeps fewer than `least` points, is left out: an islet too small to see.
    """
    while True:
        seen = [run for run in runs if any(math.dist(point, run[0]) > tolerance for point in run)]
        simple = [[run[n] for n in kept_points(run, tolerance)] for run in seen]
        simple = [run for run in simple if len(run) >= least]
        if sum(map(len, simple)) <= most:
            return simple
        tolerance *= 1.5
