from datetime import date

import pytest

from wardmark.base.holidays import is_holiday, is_moon_day


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 2, 13),  # four days before Tết
        date(2026, 2, 17),
        date(2026, 2, 22),  # the sixth of the first month
        date(2026, 4, 26),  # the Hùng kings, tenth of the third month
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 9, 2),
    ],
)
def test_public_holidays_and_the_days_of_tet_are_holidays(day):
    assert is_holiday(day)


@pytest.mark.parametrize("day", [date(2026, 2, 12), date(2026, 2, 23), date(2026, 3, 8), date(2026, 9, 4)])
def test_other_days_are_not(day):
    assert not is_holiday(day)


def test_moon_days_are_the_first_and_fifteenth_of_a_lunar_month():
    assert is_moon_day(date(2026, 2, 17))
    assert is_moon_day(date(2026, 3, 3))
    assert not is_moon_day(date(2026, 3, 4))
