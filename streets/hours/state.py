"""Whether a shop is open at a moment, and until when.

What a day says, and what the special days say in its place, counts for the spans that begin on it: a night that began
before a special day goes on into it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from streets.hours.special import Special, special_on
from streets.hours.week import Spans, Week

WARD_ZONE = ZoneInfo(settings.TIME_ZONE)
# How far ahead the next change is sought: a shop open without an end in so many days is open around the clock.
_OPEN_AHEAD = 8
_CLOSED_AHEAD = 400
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class State:
    """Open, closed, or not known (None), and when that ends, in the ward's time zone; None where no end is known."""

    is_open: bool | None
    until: datetime | None = None


def spans_on(week: Week | None, special: Special, day: date) -> Spans | None:
    """Return the spans that begin on a day; None where nothing is known of it."""
    found = special_on(special, day)
    if found is not None:
        return found.spans
    return None if week is None else week.days[day.weekday()]


def is_open(week: Week | None, special: Special, moment: datetime) -> bool | None:
    """Say whether it is open at an aware moment in any time zone; None where that is not known."""
    return state_at(week, special, moment).is_open


def state_at(week: Week | None, special: Special, moment: datetime) -> State:
    """Return the state at an aware moment in any time zone. The minute at which a span closes is no longer open."""
    here = moment.astimezone(WARD_ZONE)
    ends = _end_of(week, special, here)
    if ends is not None:
        return State(True, _open_until(week, special, here, ends))
    if spans_on(week, special, here.date()) is None:
        return State(None)
    return State(False, _opens_next(week, special, here))


def next_midnight(moment: datetime) -> datetime:
    """Return when the ward's next day begins."""
    return midnight_before(moment.astimezone(WARD_ZONE).date() + _DAY)


def shown_until(state: State, moment: datetime) -> datetime:
    """Return until when the state holds as it was put into words at the moment, which say “today” and “tomorrow”."""
    midnight = next_midnight(moment)
    return midnight if state.until is None else min(state.until, midnight)


def midnight_before(day: date) -> datetime:
    """Return when a day begins in the ward."""
    return datetime(day.year, day.month, day.day, tzinfo=WARD_ZONE)


def _intervals(week: Week | None, special: Special, day: date) -> Iterator[tuple[datetime, datetime]]:
    begin = midnight_before(day)
    for span in spans_on(week, special, day) or ():
        yield begin + timedelta(minutes=span.opens), begin + timedelta(minutes=span.end)


def _end_of(week: Week | None, special: Special, here: datetime) -> datetime | None:
    """Return the latest end of the spans in which the moment lies; they begin on its day or the day before."""
    day = here.date()
    found = [
        end for begun in (day - _DAY, day) for begin, end in _intervals(week, special, begun) if begin <= here < end
    ]
    return max(found, default=None)


def _open_until(week: Week | None, special: Special, here: datetime, ends: datetime) -> datetime | None:
    """Follow spans that touch each other."""
    limit = here + _OPEN_AHEAD * _DAY
    while (further := _end_of(week, special, ends)) is not None:
        if further > limit:
            return None
        ends = further
    return ends


def _opens_next(week: Week | None, special: Special, here: datetime) -> datetime | None:
    for ahead in range(_CLOSED_AHEAD):
        day = here.date() + ahead * _DAY
        if spans_on(week, special, day) is None:
            return None
        later = [begin for begin, _end in _intervals(week, special, day) if begin > here]
        if later:
            return min(later)
    return None
