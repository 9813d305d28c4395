"""The days off that the Labour Code gives, and what replaces those that fall on a day off.

Labour Code 2019 (45/2019/QH14): article 112 names eleven days, article 111 clause 3 gives the next working day for one
that falls on the weekly days off: those of the office, Saturday and Sunday unless its hours say otherwise.
How the five days of Tết lie, and which day is added to National Day, the Prime Minister says each year (article 112
clause 3), and he may move a working day: where his word differs from what is usual and so written here, editors enter
it with the ward's office hours (`OfficeDay`).
"""

from datetime import date, timedelta
from functools import lru_cache

from wardmark.base.lunar import LunarDate, civil_day

_DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})
# The last day of the old year and the first four of the new one, as most years since 2013.
_TET_FROM, _TET_DAYS = -1, 5
_THURSDAY = 3
_DAYS_OF_A_WEEK = 7


@lru_cache(maxsize=64)
def holidays_of(year: int) -> tuple[date, ...]:
    """Return the eleven days of article 112, in order; a day that is two of them at once is named once.

    Raises ValueError for the years whose lunar calendar is not known: before 1968 and after 2100.
    """
    tet = civil_day(LunarDate(1, 1, year))
    return tuple(
        sorted(
            {
                date(year, 1, 1),
                *(tet + (_TET_FROM + n) * _DAY for n in range(_TET_DAYS)),
                civil_day(LunarDate(10, 3, year)),
                date(year, 4, 30),
                date(year, 5, 1),
                date(year, 9, 2),
                _beside_national_day(year),
            }
        )
    )


@lru_cache(maxsize=64)
def days_off(year: int, weekly: frozenset[int] = WEEKEND) -> frozenset[date]:
    """Return a year's holidays with the days that replace those on a weekly day off, counted from Monday, 0.

    Raises as `holidays_of`.
    """
    holidays = holidays_of(year)
    off = set(holidays)
    if len(weekly) == _DAYS_OF_A_WEEK:
        # No day is left that could replace one.
        return frozenset(off)
    for lost in holidays:
        if lost.weekday() in weekly:
            instead = lost
            while instead in off or instead.weekday() in weekly:
                instead += _DAY
            off.add(instead)
    return frozenset(off)


def _beside_national_day(year: int) -> date:
    """The day before, but for a Thursday, where the day after joins the weekend."""
    national_day = date(year, 9, 2)
    return national_day + _DAY if national_day.weekday() == _THURSDAY else national_day - _DAY
