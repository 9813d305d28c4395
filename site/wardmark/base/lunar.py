"""The Vietnamese lunar calendar: which lunar day a civil day is.

The rules are the state's (decision 121-CP of 8 August 1967): a month begins on the civil day of UTC+7 that holds the
new moon, and the leap month is the first without a major solar term after a month 11. China reckons in UTC+8, so Tết
can fall a day or even a month apart (1968, 1985, 2007).
"""

from dataclasses import dataclass
from datetime import date

from lunar_vn import solar_to_lunar

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
