"""Names beside the lines of a map, only where they cover nothing."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wardmark.base.projection import Point

# Of the type that map components set names in, in the drawing's units: height, and width of a wide letter.
LABEL_HEIGHT, LETTER_WIDTH = 12.0, 6.4
# How far along a line its name is tried, the middle first.
_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> "Box":
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Words around x, with their baseline at y."""

    words: str
    x: float
    y: float

    @property
    def box(self) -> Box:
        return Box.around(self.x, self.y - LABEL_HEIGHT * 0.35, len(self.words) * LETTER_WIDTH, LABEL_HEIGHT)


def label_along(
    words: str, run: Sequence[Point], *, within: Box, taken: Iterable[Box], crossed: Sequence[Box] = ()
) -> Label | None:
    """Return the words at the first spot along the run where they lie inside `within` and cover nothing taken.

    Of several spots one that covers nothing `crossed` is preferred.
    """
    taken = list(taken)
    spots = [
        label for label in _beside(words, run) if within.holds(label.box) and not any(map(label.box.overlaps, taken))
    ]
    clear = (label for label in spots if not any(map(label.box.overlaps, crossed)))
    return next(clear, spots[0] if spots else None)


def _beside(words: str, run: Sequence[Point]) -> Iterator[Label]:
    half = len(words) * LETTER_WIDTH / 2
    for share in _SHARES:
        x, y = _point_at(run, share)
        # Above, below, to the right, to the left; then further off, beside a line that slopes.
        for dx, dy in ((0, -7), (0, 15), (half + 6, 4), (-half - 6, 4), (0, -12), (0, 20)):
            yield Label(words, x + dx, y + dy)


def dots_along(runs: Iterable[Sequence[Point]], *, step: float = 6, size: float = 4) -> list[Box]:
    """Return small boxes that together cover these lines, near enough to each other that no label slips through."""
    return [
        Box.around(one[0] + (other[0] - one[0]) * n / steps, one[1] + (other[1] - one[1]) * n / steps, size, size)
        for run in runs
        for one, other in pairwise(run)
        for steps in [max(math.ceil(math.dist(one, other) / step), 1)]
        for n in range(steps + 1)
    ]


def _point_at(run: Sequence[Point], share: float) -> Point:
    steps = [(one, other, ((other[0] - one[0]) ** 2 + (other[1] - one[1]) ** 2) ** 0.5) for one, other in pairwise(run)]
    left = share * sum(length for _one, _other, length in steps)
    for one, other, length in steps:
        if length > 0 and left <= length:
            return one[0] + (other[0] - one[0]) * left / length, one[1] + (other[1] - one[1]) * left / length
        left -= length
    return run[-1]
