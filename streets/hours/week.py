"""The hours of an ordinary week: for each day, from when to when a shop is open.

A span belongs to the day on which it begins. It goes past midnight where it closes at or before the time it opens, so
00:00–00:00 is all day long. Times are whole minutes in the ward's time zone, which knows no summer time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from streets.hours.errors import HoursError
from wardmark.base import opening_hours
from wardmark.base.opening_hours import DAYS

MINUTES_OF_A_DAY = 24 * 60
MOST_SPANS = 4
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From when to when, in minutes since midnight; both in [0, 1440)."""

    opens: int
    closes: int

    @property
    def end(self) -> int:
        """When it closes, in minutes since the midnight before it opens: in (opens, opens + 1440]."""
        return self.closes if self.closes > self.opens else self.closes + MINUTES_OF_A_DAY

    @property
    def is_all_day(self) -> bool:
        return self.opens == self.closes == 0

    def __str__(self) -> str:
        return f"{clock(self.opens)}–{clock(self.closes)}"


Spans = tuple[Span, ...]
ALL_DAY: Spans = (Span(0, 0),)


@dataclass(frozen=True, slots=True)
class Week:
    """The spans of seven days, Monday first; a day without any is a day of rest."""

    days: tuple[Spans, ...]

    def __iter__(self) -> Iterator[tuple[str, Spans]]:
        return iter(zip(DAYS, self.days, strict=True))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read_week(value: Any) -> Week | None:
    """Return the week that JSON says; None where it says that the hours are not known.

    JSON: `{"monday": [["06:00", "10:30"], ["16:30", "21:00"]], …, "sunday": []}` with all seven days.
    Raises HoursError, which names the wrong day, and nothing else.
    """
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) != {day.lower() for day in DAYS}:
        raise HoursError("malformed")
    days = tuple(read_spans(value[day.lower()], where=day) for day in DAYS)
    for number, day in enumerate(DAYS):
        _refuse_a_night_in_the_next_day(day, days[number], DAYS[(number + 1) % 7], days[(number + 1) % 7])
    return Week(days)


def write_week(week: Week | None) -> dict[str, list[list[str]]] | None:
    return None if week is None else {day.lower(): write_spans(spans) for day, spans in week}


def read_spans(value: Any, *, where: str) -> Spans:
    """Return the spans of one day in their order. Raises HoursError."""
    if not isinstance(value, list | tuple):
        raise HoursError("malformed", where=where)
    if len(value) > MOST_SPANS:
        raise HoursError("too_many", where=where, most=str(MOST_SPANS))
    spans = tuple(sorted(_span(pair, where) for pair in value))
    for earlier, later in pairwise(spans):
        if later.opens < earlier.end:
            raise HoursError("overlap", where=where, first=str(earlier), second=str(later))
    return spans


def write_spans(spans: Iterable[Span]) -> list[list[str]]:
    return [[clock(span.opens), clock(span.closes)] for span in spans]


def week_from_text(text: str) -> Week | None:
    """Return the week that editors wrote in plain words; None where it cannot be read without guessing."""
    read = opening_hours.read_opening_hours(text)
    if read is None:
        return None
    days: dict[str, list[list[str]]] = {day.lower(): [] for day in DAYS}
    for span in read:
        for day in span.days:
            days[day.lower()].append([f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"])
    try:
        return read_week(days)
    except HoursError:
        return None


def _span(pair: Any, where: str) -> Span:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise HoursError("malformed", where=where)
    opens, closes = pair
    # Midnight at the end of a day is the next day's beginning.
    return Span(_minutes(opens, where), _minutes("00:00" if closes == "24:00" else closes, where))


def _minutes(value: Any, where: str) -> int:
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise HoursError("no_time", where=where, time=value[:10] if isinstance(value, str) else "")
    return int(found[1]) * 60 + int(found[2])


def _refuse_a_night_in_the_next_day(day: str, spans: Spans, next_day: str, next_spans: Spans) -> None:
    if spans and next_spans and spans[-1].end - MINUTES_OF_A_DAY > next_spans[0].opens:
        raise HoursError("night", where=day, first=str(spans[-1]), next=next_day, second=str(next_spans[0]))
