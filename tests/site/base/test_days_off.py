from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.days_off import days_off, holidays_of

years = st.integers(1969, 2100)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        # As the Prime Minister declared them where nothing was swapped.
        (date(2022, 1, 1), date(2022, 1, 3)),  # a Saturday, replaced on Monday
        (date(2023, 4, 29), date(2023, 5, 3)),  # the Hùng kings, 30 April and 1 May around a weekend
        (date(2021, 9, 2), date(2021, 9, 3)),
        (date(2022, 9, 1), date(2022, 9, 2)),
        (date(2023, 9, 1), date(2023, 9, 4)),
        (date(2024, 9, 2), date(2024, 9, 3)),
        (date(2025, 9, 1), date(2025, 9, 2)),
        (date(2026, 9, 1), date(2026, 9, 2)),
        (date(2026, 2, 16), date(2026, 2, 20)),  # Tết of the horse
    ],
)
def test_the_days_off_are_those_that_were_declared(first, last):
    off = days_off(first.year)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert all(day in off or day.weekday() >= 5 for day in days)
    for outside in (first - timedelta(days=1), last + timedelta(days=1)):
        assert outside.weekday() >= 5 or outside not in off


@given(years)
def test_a_year_has_eleven_holidays_unless_two_fall_on_one_day(year):
    kings_on_another = len(holidays_of(year)) == 10
    assert len(holidays_of(year)) == 11 or kings_on_another


@given(years)
def test_each_holiday_on_a_weekend_gives_one_working_day_after_it(year):
    lost = [day for day in holidays_of(year) if day.weekday() >= 5]
    instead = sorted(days_off(year) - set(holidays_of(year)))
    assert len(instead) == len(lost)
    assert all(day.weekday() < 5 for day in instead)
    assert all(after > before for before, after in zip(lost, instead, strict=True))


def test_a_holiday_is_replaced_where_it_falls_on_a_day_the_office_is_closed_anyway():
    # 1 January 2026 is a Thursday, 10 of the third lunar month Sunday, 26 April.
    assert date(2026, 4, 27) in days_off(2026)
    sundays_worked = days_off(2026, weekly=frozenset({3, 5}))
    assert date(2026, 4, 27) not in sundays_worked
    assert date(2026, 1, 2) in sundays_worked
    assert date(2026, 1, 2) not in days_off(2026)


def test_an_office_that_never_opens_has_the_holidays_alone():
    assert days_off(2026, weekly=frozenset(range(7))) == set(holidays_of(2026))


def test_a_year_without_a_known_lunar_calendar_is_refused():
    with pytest.raises(ValueError, match="2101"):
        days_off(2101)
