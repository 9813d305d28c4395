"""Working time of the ward's office: what a promise of hours or working days comes to on the clock.

The office's hours and the days the Prime Minister declares otherwise are the ward's own data (`WardSettings`); the
holidays and their substitutes are the Labour Code's (`days_off.py`). A period of days begins on the day after the one
it is counted from (Civil Code 2015, article 147), one of hours at once, or when the office opens next.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from wagtail.models import Site

from wardmark.base.days_off import days_off
from wardmark.base.models import WardSettings
from wardmark.base.opening_hours import DAYS, Span, read_opening_hours

Between = tuple[time, time]

_DAY = timedelta(days=1)
# No office is closed for so long: beyond it the calendar is wrong, and looking further would not end.
_LONGEST_CLOSED = 60


class NoWorkingTime(ValueError):
    """A calendar in which the office is not open for weeks on end."""


@dataclass(frozen=True)
class WorkingCalendar:
    """When an office is open: its week, and the days that are closed or worked against it."""

    week: tuple[tuple[Between, ...], ...]
    closed: frozenset[date] = field(default=frozenset())
    worked: frozenset[date] = field(default=frozenset())

    @classmethod
    def of_spans(
        cls, spans: list[Span], *, closed: frozenset[date] = frozenset(), worked: frozenset[date] = frozenset()
    ) -> "WorkingCalendar":
        week = tuple(tuple(sorted((span.opens, span.closes) for span in spans if day in span.days)) for day in DAYS)
        return cls(week, closed, worked)

    def hours_on(self, day: date) -> tuple[Between, ...]:
        """Return when the office is open on a day: a declared day first, then the law, then the week."""
        if day in self.closed:
            return ()
        usual = self.week[day.weekday()]
        if day in self.worked:
            # A Saturday worked for another day keeps the hours of an ordinary day.
            return usual or next(filter(None, self.week), ())
        return () if day in days_off(day.year, self.weekly_days_off) else usual

    @cached_property
    def weekly_days_off(self) -> frozenset[int]:
        return frozenset(day for day, hours in enumerate(self.week) if not hours)

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours_on(day))

    def open_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the times the office is open from a moment on, for ever. Raises NoWorkingTime."""
        zone = _zone()
        day, silent = moment.astimezone(zone).date(), 0
        while silent <= _LONGEST_CLOSED:
            silent += 1
            for opens, closes in self.hours_on(day):
                begin, end = datetime.combine(day, opens, zone), datetime.combine(day, closes, zone)
                if end > moment:
                    silent = 0
                    yield max(begin, moment.astimezone(zone)), end
            day += _DAY
        raise NoWorkingTime(f"The office is not open in the {_LONGEST_CLOSED} days before {day}.")


def ward_calendar() -> WorkingCalendar:
    """Return the calendar of the ward's office, as its editors keep it; three queries at most."""
    site = Site.objects.filter(is_default_site=True).first()
    ward = WardSettings.objects.filter(site=site).first() or WardSettings()
    kept = list(ward.office_days.all()) if ward.pk else []
    return WorkingCalendar.of_spans(
        read_opening_hours(ward.office_hours) or [],
        closed=frozenset(special.day for special in kept if not special.is_worked),
        worked=frozenset(special.day for special in kept if special.is_worked),
    )


def add_working_hours(start: datetime, hours: float, *, calendar: WorkingCalendar | None = None) -> datetime:
    """Return when so many working hours after `start` are over: at the closing rather than at the next opening.

    Raises NoWorkingTime where the office never opens, ValueError for fewer hours than none.
    """
    left = timedelta(hours=hours)
    if left < timedelta():
        raise ValueError(f"Working hours are added, not taken away: {hours}.")
    for opens, closes in (calendar or ward_calendar()).open_from(start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("The times an office is open do not end.")


def add_working_days(start: datetime, days: int, *, calendar: WorkingCalendar | None = None) -> datetime:
    """Return the closing time of the `days`-th working day after the day of `start`.

    Raises NoWorkingTime where the office never opens, ValueError for fewer days than one.
    """
    if days < 1:
        raise ValueError(f"A period has one working day or more, not {days}.")
    calendar = calendar or ward_calendar()
    day = start.astimezone(_zone()).date()
    silent = 0
    while days and silent <= _LONGEST_CLOSED:
        day, silent = day + _DAY, silent + 1
        if calendar.is_working_day(day):
            days, silent = days - 1, 0
    if days:
        raise NoWorkingTime(f"The office is not open in the {_LONGEST_CLOSED} days before {day}.")
    return datetime.combine(day, calendar.hours_on(day)[-1][1], _zone())


def working_hours_between(first: datetime, last: datetime, *, calendar: WorkingCalendar | None = None) -> timedelta:
    """Return the working time from one moment to another, less than none where `last` comes first."""
    calendar = calendar or ward_calendar()
    if last < first:
        return -working_hours_between(last, first, calendar=calendar)
    zone = _zone()
    total, day = timedelta(), first.astimezone(zone).date()
    while day <= last.astimezone(zone).date():
        for opens, closes in calendar.hours_on(day):
            begin = max(datetime.combine(day, opens, zone), first)
            end = min(datetime.combine(day, closes, zone), last)
            total += max(end - begin, timedelta())
        day += _DAY
    return total


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
