"""Small charts of a share over the months, drawn by the server: a line, its points, and where the target lies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH = 132
HEIGHT = 40
RIM = 5  # so that a point at the edge is whole


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sparkline:
    """`path` is SVG path data, broken where a month is not known; `target_y` is None without a target in per cent."""

    path: str
    dots: list[Dot]
    target_y: float | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def floor_y(self) -> int:
        """Where a share of nothing lies."""
        return self.height - RIM

    @property
    def right_x(self) -> int:
        return self.width - RIM


def sparkline(shares: Sequence[float | None], *, target: float | None = None) -> Sparkline | None:
    """Draw one share of 0 to 1 per month, oldest first; None is a month of which nothing is known.

    Nothing is drawn of fewer than two known months: one point shows no way. The scale is always 0 to all.
    """
    if sum(share is not None for share in shares) < 2:
        return None
    step = (WIDTH - 2 * RIM) / (len(shares) - 1)
    places = [None if share is None else Dot(RIM + number * step, _y(share)) for number, share in enumerate(shares)]
    path = "".join("M" + "L".join(f"{dot.x:.1f} {dot.y:.1f}" for dot in run) for run in _runs(places))
    return Sparkline(path, [dot for dot in places if dot], None if target is None else _y(target))


def _y(share: float) -> float:
    return RIM + (1 - min(max(share, 0), 1)) * (HEIGHT - 2 * RIM)


def _runs(places: Sequence[Dot | None]) -> Iterator[list[Dot]]:
    """Yield the dots of months that follow each other without a gap."""
    run: list[Dot] = []
    for dot in (*places, None):
        if dot is not None:
            run.append(dot)
        elif run:
            yield run
            run = []
