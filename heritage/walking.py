"""Walking a trail: which stops a visitor sees, their numbers, and how far it is from each to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext
from wagtail.models import Page

from heritage.models.audio_guides import recordings_weigh
from heritage.models.trails import TrailPage
from media.models import Picture
from wardmark.base.lines import Line, LineKind
from wardmark.base.map_links import MapLink, map_links
from wardmark.base.places import WALKING_M_PER_MINUTE, Position
from wardmark.base.ward_map import WardMap


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from a stop to the next one shown. `metres` is None while a position is unknown and nobody walked it.

    `is_straight` says that the metres are those of the straight line; the minutes allow for the detour even so.
    """

    metres: int | None
    minutes: int | None
    is_straight: bool = False
    way_on: str = ""

    @property
    def distance(self) -> str:
        return distance_words(self.metres, is_straight=self.is_straight)


@dataclass(frozen=True, slots=True)
class Seen:
    """A stop as a visitor may see it, or not: `page` is None where no page of the place is open to everybody.

    `page` knows its title, address and language alone; `language` is that of the words it shows. `order` is the
    stop's place among the editors' stops: a gap means that the place between was deleted and took its stop along.
    """

    key: UUID
    page: Page | None = None
    position: Position | None = None
    summary: str = ""
    photo_id: int | None = None
    way_on: str = ""
    metres_on: int | None = None
    order: int | None = None
    language: str = ""

    def leads_to(self, other: "Seen") -> bool:
        """Say of the next stop there is whether it is the one that the editors wrote the way to."""
        return self.order is None or other.order is None or other.order - self.order <= 1


@dataclass(slots=True)
class Stop:
    """One stop that is shown; numbers run from 1 without a gap. `leg` leads to the next, None at the last."""

    number: int
    seen: Seen
    leg: Leg | None
    photo: Picture | None = None

    @property
    def key(self) -> str:
        """What the phone remembers the stop by, the same in all languages."""
        return self.seen.key.hex[:12]

    @property
    def page(self) -> Page:
        return self.seen.page

    @property
    def language(self) -> str:
        """The language of the words that the stop's page shows."""
        return self.seen.language

    @property
    def map_links(self) -> list[MapLink]:
        """The ways to open the stop in a map app; none while its position is not known."""
        return map_links(self.seen.position, self.page.title) if self.seen.position else []


@dataclass(frozen=True, slots=True)
class Walk:
    """A trail with the stops it shows."""

    trail: TrailPage
    stops: list[Stop]

    @property
    def key(self) -> str:
        return self.trail.translation_key.hex[:12]

    @property
    def keys(self) -> str:
        """The keys of all stops, for the script that counts the stamps."""
        return " ".join(stop.key for stop in self.stops)

    @property
    def addresses(self) -> list[str]:
        """The pages of the trail and of its stops, for who keeps them all on the way."""
        return [self.trail.url, *(stop.page.url for stop in self.stops)]

    def recordings_weigh(self) -> int:
        """Return the bytes of what can be listened to at the stops, in one query."""
        return recordings_weigh(stop.page for stop in self.stops)

    @property
    def legs(self) -> list[Leg]:
        return [stop.leg for stop in self.stops if stop.leg]

    @property
    def minutes(self) -> int:
        """Minutes on foot, of all legs that are known."""
        return sum(leg.minutes or 0 for leg in self.legs)

    @property
    def unknown_legs(self) -> int:
        return sum(leg.metres is None for leg in self.legs)

    @property
    def distance(self) -> str:
        """The metres of all legs that are known, together; empty where none is."""
        known = [leg for leg in self.legs if leg.metres is not None]
        metres = sum(leg.metres for leg in known)
        return distance_words(metres if known else None, is_straight=any(leg.is_straight for leg in known))

    @property
    def has_straight_legs(self) -> bool:
        return any(leg.is_straight for leg in self.legs)

    def drawn(self, **size: int) -> WardMap:
        """Return the map: each stop by its number, and lines between neighbours whose positions are both known.

        `size` may say `width` and `height`, in units of the drawing.
        """
        places = [stop.page for stop in self.stops]
        for stop in self.stops:
            stop.page.position = stop.seen.position
        runs = [
            [one.seen.position, other.seen.position]
            for one, other in pairwise(self.stops)
            if one.seen.position and other.seen.position
        ]
        lines = [Line(_joined(runs), LineKind.TRAIL)] if runs else []
        ward_map = WardMap.of(places, lines=lines, **size)
        numbers = {id(stop.page): stop.number for stop in self.stops}
        for marker in ward_map.markers:
            marker.number = numbers[id(marker.page)]
        return ward_map


@dataclass(frozen=True, slots=True)
class OnTrail:
    """Where on a trail the visitor of a place stands."""

    walk: Walk
    here: Stop

    @property
    def next(self) -> Stop | None:
        return self._at(self.here.number + 1)

    @property
    def previous(self) -> Stop | None:
        return self._at(self.here.number - 1)

    def _at(self, number: int) -> Stop | None:
        return self.walk.stops[number - 1] if 1 <= number <= len(self.walk.stops) else None


def distance_words(metres: int | None, *, is_straight: bool) -> str:
    """Say a distance: “220 m”, “1.2 km”, and of a straight line that it is one. Empty where it is unknown."""
    if metres is None:
        return ""
    said = f"{metres} m" if metres < 1000 else f"{number_format(round(metres / 1000, 1), 1)} km"
    return gettext("%(distance)s as the crow flies") % {"distance": said} if is_straight else said


def walked(seen: Iterable[Seen]) -> list[Stop]:
    """Return the stops that are shown, each once and numbered anew, with the legs between them.

    What an editor wrote of a way holds only where the stop it leads to is shown. Else the straight line is measured.
    """
    first: dict[UUID, tuple[int, Seen]] = {}
    for place, row in enumerate(seen):
        first.setdefault(row.key, (place, row))
    shown = [(place, row) for place, row in first.values() if row.page is not None]
    stops = [Stop(number, row, None) for number, (_place, row) in enumerate(shown, start=1)]
    for stop, ((place, row), (next_place, next_row)) in zip(stops, pairwise(shown), strict=False):
        stop.leg = _leg(row, next_row, as_written=next_place == place + 1 and row.leads_to(next_row))
    return stops


def _leg(start: Seen, end: Seen, *, as_written: bool) -> Leg:
    way_on = start.way_on if as_written else ""
    if as_written and start.metres_on is not None:
        return Leg(start.metres_on, max(1, round(start.metres_on / WALKING_M_PER_MINUTE)), way_on=way_on)
    if start.position is None or end.position is None:
        return Leg(None, None, way_on=way_on)
    # Positions are known to some metres: no more is claimed.
    metres = round(start.position.distance_to(end.position), -1)
    return Leg(int(metres), start.position.walking_minutes_to(end.position), is_straight=True, way_on=way_on)


def _joined(runs: list[list[Position]]) -> list[list[Position]]:
    """Join lines that meet into one part each."""
    parts: list[list[Position]] = []
    for start, end in runs:
        if parts and parts[-1][-1] == start:
            parts[-1].append(end)
        else:
            parts.append([start, end])
    return parts
