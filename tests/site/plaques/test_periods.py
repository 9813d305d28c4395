from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from wardmark.plaques.periods import Period, today_in_ward

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(first=days, length=st.integers(1, 800))
def test_the_period_before_is_as_long_and_ends_where_this_one_begins(first, length):
    period = Period.of_last(length, today=first)
    assert period.last == first
    assert len(period.days) == length == len(period.before.days)
    assert period.before.end == period.start


def test_a_day_begins_at_midnight_in_the_ward_not_in_utc():
    period = Period(date(2026, 5, 1), date(2026, 5, 1))
    assert period.start == datetime(2026, 4, 30, 17, tzinfo=UTC)
    assert period.end == datetime(2026, 5, 1, 17, tzinfo=UTC)


def test_the_time_zone_of_a_signed_in_person_changes_no_day():
    with timezone.override("America/Los_Angeles"):
        assert Period(date(2026, 5, 1), date(2026, 5, 1)).start == datetime(2026, 4, 30, 17, tzinfo=UTC)
        assert today_in_ward(datetime(2026, 4, 30, 18, tzinfo=UTC)) == date(2026, 5, 1)


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2026, 5, 2), date(2026, 5, 1))
