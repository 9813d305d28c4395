"""The days on which a Vietnamese city keeps other hours: public holidays, and Tết with the days around it."""

from datetime import date, timedelta

from wardmark.base.lunar import LunarDate, lunar_date

# Labour Code 2019, article 112: New Year, Reunification, Labour Day, National Day with a day beside it.
_BY_THE_SUN = {(1, 1), (4, 30), (5, 1), (9, 1), (9, 2), (9, 3)}
_HUNG_KINGS = (3, 10)
# The Code gives five days; the city empties and fills again around them.
_DAYS_BEFORE_TET, _LAST_DAY_OF_TET = 4, 6
# First and full moon: incense is lit, and temples and vegetarian kitchens are full.
_MOON_DAYS = {1, 15}


def is_holiday(day: date) -> bool:
    """Say whether a day is a public holiday or belongs to Tết: its four days before to the sixth of the first month."""
    if (day.month, day.day) in _BY_THE_SUN:
        return True
    lunar = lunar_date(day)
    if not lunar.leap and (lunar.month, lunar.day) == _HUNG_KINGS:
        return True
    return _is_tet(lunar) or any(_is_tet(lunar_date(day + timedelta(days=n))) for n in range(1, _DAYS_BEFORE_TET + 1))


def is_moon_day(day: date) -> bool:
    """Say whether a day is the 1st or the 15th of a lunar month."""
    return lunar_date(day).day in _MOON_DAYS


def _is_tet(lunar: LunarDate) -> bool:
    return lunar.month == 1 and not lunar.leap and lunar.day <= _LAST_DAY_OF_TET
