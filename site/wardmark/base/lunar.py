"""The Vietnamese lunar calendar: which lunar day a civil day is, and the other way round.

The rules are the state's (decision 121-CP of 8 August 1967): a month begins on the civil day of UTC+7 that holds the
new moon, and the leap month is the first without a major solar term after a month 11. China reckons in UTC+8, so Tết
can fall a day or even a month apart (1968, 1985, 2007).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from lunar_vn import LunarDate as Lunar
from lunar_vn import lunar_to_solar, solar_to_lunar

FIRST_DAY, LAST_DAY = date(1968, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the lunar calendar; `leap` says that its month is the second of that number in its year."""

    day: int
    month: int
    year: int
    leap: bool = False


def lunar_date(day: date) -> LunarDate:
    """Return the lunar date of a civil day in Vietnam.

    Raises ValueError before 1968, when these rules came into force, and after 2100.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"The Vietnamese lunar calendar is known here from {FIRST_DAY} to {LAST_DAY}, not for {day}.")
    lunar = solar_to_lunar(day)
    return LunarDate(lunar.day, lunar.month, lunar.year, lunar.leap)


def civil_day(lunar: LunarDate) -> date:
    """Return the civil day of a lunar date in Vietnam; day 30 of a month of 29 days is that month's last day.

    Raises ValueError for a leap month that its year does not have, and outside the days of `lunar_date`.
    """
    day = lunar_to_solar(Lunar(day=lunar.day, month=lunar.month, year=lunar.year, leap=lunar.leap))
    known = lunar_date(day)
    if lunar.day == 30 and known.day == 1:
        day -= timedelta(days=1)
        known = lunar_date(day)
    if (known.month, known.year, known.leap) != (lunar.month, lunar.year, lunar.leap):
        raise ValueError(f"There is no such day in the lunar calendar: {lunar}.")
    return day
