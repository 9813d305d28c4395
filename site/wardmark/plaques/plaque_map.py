"""The plaques on the ward's own drawing: a sign for each, and a number where many stand close together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wardmark.base.places import Position
from wardmark.base.ward_map import Marker, WardMap
from wardmark.plaques.models import Plaque, PlaqueQuerySet, PlaqueState
from wardmark.plaques.whereabouts import Whereabouts, whereabouts

WIDTH, HEIGHT = 900, 620
# Moving markers apart takes time with the square of their number: beyond this, neighbours share one.
MOST_MARKERS = 60
COLUMNS, ROWS = 9, 6
# A part of the map smaller than this, in degrees (about 10 m), is not worth another look from nearer.
SMALLEST = 0.0001

# Told apart by shape and sign as well as by colour.
SIGNS = {
    PlaqueState.PLANNED: ("circle", "+"),
    PlaqueState.PRINTED: ("square", "="),
    PlaqueState.INSTALLED: ("circle", "✓"),
    PlaqueState.DAMAGED: ("triangle", "!"),
    PlaqueState.LOST: ("diamond", "?"),
    PlaqueState.RETIRED: ("square", "×"),
}
_SHAPES = {
    "circle": "M-13 0a13 13 0 1 0 26 0a13 13 0 1 0-26 0z",
    "square": "M-12-12h24v24h-24z",
    "triangle": "M0-15L15 12H-15z",
    "diamond": "M0-16L16 0L0 16L-16 0z",
    "many": "M-16 0a16 16 0 1 0 32 0a16 16 0 1 0-32 0z",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, in degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, positions: Iterable[Position]) -> "Box":
        found = list(positions)
        latitudes, longitudes = [one.latitude for one in found], [one.longitude for one in found]
        return cls(min(latitudes), min(longitudes), max(latitudes), max(longitudes))

    @classmethod
    def read(cls, text: str) -> "Box | None":
        """Read what `as_text` wrote; None for anything else."""
        try:
            south, west, north, east = (float(number) for number in text.split(","))
        except ValueError:
            return None
        box = cls(south, west, north, east)
        return box if -90 <= south <= north <= 90 and -180 <= west <= east <= 180 else None

    @property
    def as_text(self) -> str:
        return f"{self.south:.6f},{self.west:.6f},{self.north:.6f},{self.east:.6f}"

    @property
    def is_tiny(self) -> bool:
        return max(self.north - self.south, self.east - self.west) < SMALLEST

    def holds(self, position: Position) -> bool:
        # Rounded outwards: what was written with six digits must not lose its own corners.
        slack = 0.000001
        return (
            self.south - slack <= position.latitude <= self.north + slack
            and self.west - slack <= position.longitude <= self.east + slack
        )


@dataclass(slots=True)
class Spot:
    """One marker: one plaque, or several that stand close together."""

    plaques: list[Plaque]
    at: list[Whereabouts]
    map_number: int = 0

    @property
    def is_many(self) -> bool:
        return len(self.plaques) > 1

    @property
    def box(self) -> Box:
        return Box.around(where.position for where in self.at if where.position)

    @property
    def position(self) -> Position:
        box = self.box
        return Position((box.south + box.north) / 2, (box.west + box.east) / 2)

    @property
    def shape(self) -> str:
        return "many" if self.is_many else SIGNS[PlaqueState(self.plaques[0].state)][0]

    @property
    def path(self) -> str:
        return _SHAPES[self.shape]

    @property
    def sign(self) -> str:
        return str(len(self.plaques)) if self.is_many else SIGNS[PlaqueState(self.plaques[0].state)][1]

    @property
    def kind(self) -> str:
        """What decides its colour; of many, whether one of them wants to be looked after."""
        if not self.is_many:
            return str(self.plaques[0].state)
        needs = {PlaqueState.DAMAGED, PlaqueState.LOST}
        return "many-urgent" if any(plaque.state in needs for plaque in self.plaques) else "many"

    @property
    def label(self) -> str:
        """What it is, for whoever cannot see it."""
        if self.is_many:
            count = len(self.plaques)
            return ngettext("%(count)d plaque: look closer", "%(count)d plaques: look closer", count) % {"count": count}
        plaque, where = self.plaques[0], self.at[0]
        place = ", ".join(part for part in (where.name, plaque.label) if part)
        return f"{plaque.printed_code}, {place}: {plaque.get_state_display()}"


@dataclass(frozen=True, slots=True)
class LegendLine:
    kind: str
    path: str
    sign: str
    label: Any


@dataclass(frozen=True, slots=True)
class PlaqueMap:
    """A drawing of plaques, and those that cannot be drawn because nobody entered where they are."""

    drawing: WardMap
    unplaced: list[tuple[Plaque, Whereabouts]]
    total: int

    @classmethod
    def of(cls, plaques: PlaqueQuerySet, *, within: Box | None = None) -> "PlaqueMap":
        """Draw these plaques, or those of them within a part of the map."""
        found = list(plaques)
        at = whereabouts(found)
        placed = [(plaque, at[plaque.pk]) for plaque in found if at[plaque.pk].position]
        unplaced = [(plaque, at[plaque.pk]) for plaque in found if not at[plaque.pk].position]
        if within is not None:
            placed = [pair for pair in placed if within.holds(pair[1].position)]
        return cls(WardMap.of(_spots(placed), width=WIDTH, height=HEIGHT), unplaced, len(placed))

    @property
    def markers(self) -> list[Marker]:
        return self.drawing.markers

    @property
    def legend(self) -> list[LegendLine]:
        return [LegendLine(str(state), _SHAPES[shape], sign, state.label) for state, (shape, sign) in SIGNS.items()] + [
            LegendLine("many", _SHAPES["many"], "9", _("Several, close together"))
        ]


def _spots(placed: Sequence[tuple[Plaque, Whereabouts]]) -> list[Spot]:
    if len(placed) <= MOST_MARKERS:
        return [Spot([plaque], [where]) for plaque, where in placed]
    box = Box.around(where.position for _plaque, where in placed)
    cells: dict[tuple[int, int], list[tuple[Plaque, Whereabouts]]] = defaultdict(list)
    for plaque, where in placed:
        column = _cell(where.position.longitude, box.west, box.east, COLUMNS)
        cells[column, _cell(where.position.latitude, box.south, box.north, ROWS)].append((plaque, where))
    return [Spot([plaque for plaque, _at in cell], [where for _plaque, where in cell]) for cell in cells.values()]


def _cell(value: float, least: float, most: float, number: int) -> int:
    return min(int((value - least) / max(most - least, SMALLEST) * number), number - 1)
