"""Days that return every year, by the lunar or by the solar calendar, and when they next come.

A lunar day is that of the regular month: in a year with a leap month nothing is held a second time in the repeated
month, as with Tết, death days and village feasts in Vietnam. A day that a month does not have (30 in a lunar month of
29 days, 29 February in a common year) is held on the last day of that month.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wardmark.base.lunar import FIRST_DAY, LAST_DAY, LunarDate, civil_day


class Calendar(StrEnum):
    LUNAR = "lunar"
    SOLAR = "solar"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One holding, from its first day to its last; `year` is the year of the calendar it is reckoned by."""

    first: date
    last: date
    year: int

    def days_until(self, today: date) -> int:
        """Return the days still to wait; 0 while it lasts."""
        return max(0, (self.first - today).days)


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day and month of one calendar, and for how many days it lasts."""

    calendar: Calendar
    day: int
    month: int
    days: int = 1

    def in_year(self, year: int) -> Occurrence:
        """Return the holding of a year of its calendar. Raises ValueError where that calendar is not known."""
        if self.calendar == Calendar.LUNAR:
            first = civil_day(LunarDate(self.day, self.month, year))
        else:
            longest = calendar.monthrange(year, self.month)[1]
            first = date(year, self.month, min(self.day, longest))
        return Occurrence(first, first + timedelta(days=self.days - 1), year)

    def between(self, start: date, end: date) -> Iterator[Occurrence]:
        """Yield the holdings of which at least one day lies within, both ends included, earliest first.

        Nothing is known, and so nothing yielded, before 1968 and after 2100.
        """
        # The lunar year begins up to seven weeks after the solar one; what began before may still last.
        for year in range(max(start.year - 1, FIRST_DAY.year), min(end.year, LAST_DAY.year) + 1):
            try:
                found = self.in_year(year)
            except ValueError:
                continue
            if found.last >= start and found.first <= end:
                yield found

    def next_from(self, today: date) -> Occurrence | None:
        """Return the holding that goes on today, else the next one; None beyond what the calendar knows."""
        return next(self.between(today, today + timedelta(days=2 * 366)), None)


def is_possible(day: YearlyDay) -> bool:
    """Say whether such a day exists in some year: lunar months have up to 30 days, February up to 29."""
    longest = 30 if day.calendar == Calendar.LUNAR else calendar.monthrange(2024, day.month)[1]
    return 1 <= day.month <= 12 and 1 <= day.day <= longest
