"""What stands where in what a job makes, so that the proof knows what it must find there."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from wardmark.plaques.models import PrintJob


@dataclass(frozen=True, slots=True)
class Place:
    """One plaque in the finished file: its symbol's box on a sheet, or its file in the archive.

    `x`, `y` and `size` in mm from the sheet's upper left corner, quiet zone included; sheets count from 0. `module` is
    the width of the symbol's module in mm.
    """

    plaque: int
    code: str
    link: str
    sheet: int = 0
    x: float = 0
    y: float = 0
    size: float = 0
    module: float = 0
    file: str = ""
    name: str = ""
    version: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def places_of(job: PrintJob) -> list[Place]:
    """Return all places of a job that are drawn, in the order of the finished file, in one query."""
    return [Place(**place) for part in job.parts.order_by("number") for place in part.places]


def by_sheet(places: Iterable[Place]) -> list[list[Place]]:
    return [list(group) for _sheet, group in groupby(places, key=lambda place: place.sheet)]
