from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.lunar import FIRST_DAY, LAST_DAY, LunarDate, lunar_date

days = st.dates(FIRST_DAY, LAST_DAY - timedelta(days=1))


@pytest.mark.parametrize(
    "tet",
    [
        date(1968, 1, 29),  # China: 30 January
        date(1985, 1, 21),  # China: 20 February
        date(2007, 2, 17),  # China: 18 February
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
        date(2030, 2, 2),  # China: 3 February
    ],
)
def test_tet_falls_on_vietnams_day_and_not_on_chinas(tet):
    assert lunar_date(tet) == LunarDate(1, 1, tet.year)
    assert lunar_date(tet - timedelta(days=1)).month == 12


@pytest.mark.parametrize(
    ("first", "year", "month"),
    [
        (date(1985, 3, 21), 1985, 2),  # China had it in 1984, after the tenth month
        (date(2020, 5, 23), 2020, 4),
        (date(2023, 3, 22), 2023, 2),
        (date(2025, 7, 25), 2025, 6),
        (date(2028, 6, 23), 2028, 5),
        (date(2033, 12, 22), 2033, 11),
    ],
)
def test_a_leap_month_follows_the_month_it_repeats(first, year, month):
    assert lunar_date(first) == LunarDate(1, month, year, leap=True)
    assert lunar_date(first - timedelta(days=1)).month == month
    assert not lunar_date(first - timedelta(days=1)).leap


@given(days)
def test_each_day_follows_the_day_before(day):
    today, tomorrow = lunar_date(day), lunar_date(day + timedelta(days=1))
    assert 1 <= today.day <= 30
    if tomorrow.day == 1:
        assert today.day in {29, 30}
        repeated = LunarDate(1, today.month, today.year, leap=True)
        following = LunarDate(1, today.month % 12 + 1, today.year + (today.month == 12))
        assert tomorrow == following or (tomorrow == repeated and not today.leap)
    else:
        assert tomorrow == LunarDate(today.day + 1, today.month, today.year, today.leap)


# Moments of the new moon in UTC, published by the US Naval Observatory.
@pytest.mark.parametrize(
    "first_day_in_utc_plus_7",
    [
        date(2024, 4, 9),  # 8 April 18:21
        date(2025, 3, 29),  # 29 March 10:58
        date(2026, 8, 13),  # 12 August 17:37
        date(2007, 2, 17),  # 17 February 16:14 is 23:14 here, and already the 18th in China
    ],
)
def test_a_month_begins_on_the_civil_day_of_the_new_moon(first_day_in_utc_plus_7):
    assert lunar_date(first_day_in_utc_plus_7).day == 1


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1)])
def test_days_outside_the_calendar_are_refused_in_words(day):
    with pytest.raises(ValueError, match="from 1968-01-01 to 2100-12-31"):
        lunar_date(day)
