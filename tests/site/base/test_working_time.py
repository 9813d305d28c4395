from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from wardmark.base.models import OfficeDay, WardSettings
from wardmark.base.models.office_days import USUAL_OFFICE_HOURS, validate_office_hours
from wardmark.base.opening_hours import read_opening_hours
from wardmark.base.working_time import (
    NoWorkingTime,
    WorkingCalendar,
    add_working_days,
    add_working_hours,
    ward_calendar,
    working_hours_between,
)

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
USUAL = WorkingCalendar.of_spans(read_opening_hours(USUAL_OFFICE_HOURS))
SATURDAYS = WorkingCalendar.of_spans(
    read_opening_hours(f"{USUAL_OFFICE_HOURS}\nThứ Bảy: 08:00–11:30"),
    closed=frozenset({date(2026, 3, 9), date(2026, 3, 10)}),
    worked=frozenset({date(2026, 3, 15), date(2026, 2, 20)}),
)
calendars = st.sampled_from([USUAL, SATURDAYS])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(HERE))
# In quarters, which a binary fraction holds exactly.
hours = st.integers(0, 4 * 120).map(lambda quarters: quarters / 4)


def at(*parts):
    return datetime(*parts, tzinfo=HERE)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(2026, 11, 23, 8), 8, at(2026, 11, 23, 17)),  # a Monday, over lunch
        (at(2026, 11, 23, 10), 8, at(2026, 11, 24, 10)),
        (at(2026, 11, 23, 12, 30), 4, at(2026, 11, 23, 17)),
        (at(2026, 11, 20, 16), 4, at(2026, 11, 23, 11)),  # over a weekend
        (at(2026, 11, 21, 3), 8, at(2026, 11, 23, 17)),
        (at(2026, 2, 13, 16), 8, at(2026, 2, 23, 16)),  # over Tết: nine days
        (at(2026, 12, 31, 16), 4, at(2027, 1, 4, 11)),  # over New Year, a Friday, and its weekend
        (at(2026, 4, 24, 16), 4, at(2026, 4, 28, 11)),  # the Hùng kings on a Sunday, replaced on Monday
    ],
)
def test_working_hours_run_only_while_the_office_is_open(start, hours, end):
    assert add_working_hours(start, hours, calendar=USUAL) == end


def test_a_holiday_on_a_saturday_the_office_works_is_not_replaced():
    tuesday_to_saturday = WorkingCalendar.of_spans(read_opening_hours("Thứ Ba – Thứ Bảy: 08:00–12:00"))
    # 1 January 2022 was a Saturday, 2 September 2024 a Monday and its companion the Tuesday after.
    assert tuesday_to_saturday.is_working_day(date(2022, 1, 4))
    assert not tuesday_to_saturday.is_working_day(date(2024, 9, 3))
    assert not tuesday_to_saturday.is_working_day(date(2024, 9, 4))
    assert USUAL.is_working_day(date(2024, 9, 4))
    assert not USUAL.is_working_day(date(2022, 1, 3))


def test_a_moment_of_another_zone_counts_as_the_wards_own():
    assert add_working_hours(datetime(2026, 11, 23, 1, tzinfo=UTC), 4, calendar=USUAL) == at(2026, 11, 23, 12)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (at(2026, 11, 23, 7), 2, at(2026, 11, 25, 17)),  # the day itself does not count
        (at(2026, 11, 23, 23), 2, at(2026, 11, 25, 17)),
        (at(2026, 11, 26, 9), 2, at(2026, 11, 30, 17)),
        (at(2026, 11, 28, 9), 2, at(2026, 12, 1, 17)),
        (at(2026, 2, 13, 9), 2, at(2026, 2, 24, 17)),
        (at(2026, 12, 31, 9), 1, at(2027, 1, 4, 17)),
    ],
)
def test_working_days_count_from_the_day_after(start, days, end):
    assert add_working_days(start, days, calendar=USUAL) == end


@given(calendars, moments, hours)
def test_working_hours_never_end_outside_working_time(calendar, start, hours):
    end = add_working_hours(start, hours, calendar=calendar)
    assert end >= start
    assert any(opens <= end.time() <= closes for opens, closes in calendar.hours_on(end.date()))


@given(calendars, moments, hours)
def test_the_working_time_to_the_end_is_what_was_added(calendar, start, hours):
    end = add_working_hours(start, hours, calendar=calendar)
    assert working_hours_between(start, end, calendar=calendar) == timedelta(hours=hours)
    assert working_hours_between(end, start, calendar=calendar) == -timedelta(hours=hours)


@given(calendars, moments, moments, hours)
def test_what_starts_later_never_ends_sooner(calendar, one, other, hours):
    first, second = sorted((one, other))
    assert add_working_hours(first, hours, calendar=calendar) <= add_working_hours(second, hours, calendar=calendar)
    assert add_working_days(first, 2, calendar=calendar) <= add_working_days(second, 2, calendar=calendar)


@given(calendars, moments, hours, hours)
def test_hours_added_in_two_parts_are_the_hours_added_at_once(calendar, start, one, other):
    in_parts = add_working_hours(add_working_hours(start, one, calendar=calendar), other, calendar=calendar)
    at_once = add_working_hours(start, one + other, calendar=calendar)
    # At a closing time no minute of work lies before the next opening: both are the same moment of work.
    assert not working_hours_between(at_once, in_parts, calendar=calendar)


@given(calendars, moments, st.integers(1, 30))
def test_so_many_working_days_lie_between(calendar, start, days):
    end = add_working_days(start, days, calendar=calendar)
    span = [start.date() + timedelta(days=n) for n in range(1, (end.date() - start.date()).days + 1)]
    assert sum(map(calendar.is_working_day, span)) == days
    assert calendar.is_working_day(end.date())


@given(moments, st.timedeltas(timedelta(), timedelta(days=300)), st.timedeltas(timedelta(), timedelta(days=300)))
def test_working_time_between_adds_up(first, one, other):
    middle, last = first + one, first + one + other
    assert working_hours_between(first, last, calendar=USUAL) == working_hours_between(
        first, middle, calendar=USUAL
    ) + working_hours_between(middle, last, calendar=USUAL)


@pytest.mark.parametrize("start", [at(2026, 2, 13, 17), at(2026, 2, 17, 9), at(2026, 2, 22, 23, 59)])
def test_nothing_is_due_in_tet(start):
    assert add_working_hours(start, 0, calendar=USUAL) == at(2026, 2, 23, 8)
    assert add_working_days(start, 1, calendar=USUAL) == at(2026, 2, 23, 17)


def test_a_declared_day_wins_over_the_law_and_the_week():
    assert not SATURDAYS.is_working_day(date(2026, 3, 9))
    assert SATURDAYS.hours_on(date(2026, 3, 15)) == USUAL.hours_on(date(2026, 3, 16))
    assert SATURDAYS.is_working_day(date(2026, 2, 20))
    assert not USUAL.is_working_day(date(2026, 2, 20))


def test_an_office_that_never_opens_is_found_out():
    never = WorkingCalendar.of_spans([])
    with pytest.raises(NoWorkingTime):
        add_working_hours(at(2026, 1, 1), 1, calendar=never)
    with pytest.raises(NoWorkingTime):
        add_working_days(at(2026, 1, 1), 1, calendar=never)


def test_less_than_nothing_cannot_be_added():
    with pytest.raises(ValueError, match="added"):
        add_working_hours(at(2026, 1, 1), -1, calendar=USUAL)
    with pytest.raises(ValueError, match="one working day"):
        add_working_days(at(2026, 1, 1), 0, calendar=USUAL)


@pytest.mark.django_db
def test_the_wards_calendar_is_what_its_editors_entered(ward, django_assert_max_num_queries):
    settings = WardSettings.for_site(Site.objects.get())
    settings.office_hours = "Thứ Hai – Thứ Bảy: 07:30–11:30"
    settings.office_days = [
        OfficeDay(day=date(2026, 11, 24), why="Trial"),
        OfficeDay(day=date(2026, 11, 29), is_worked=True),
    ]
    settings.save()
    with django_assert_max_num_queries(3):
        calendar = ward_calendar()
    assert add_working_hours(at(2026, 11, 23, 7), 5, calendar=calendar) == at(2026, 11, 25, 8, 30)
    assert calendar.is_working_day(date(2026, 11, 29))


@pytest.mark.django_db
def test_a_ward_that_entered_nothing_has_the_usual_hours():
    WardSettings.objects.all().delete()
    assert ward_calendar() == USUAL


@pytest.mark.parametrize(
    "text",
    [
        "khi nào rảnh",
        "",
        "Thứ Hai: 17:00–08:00",
        "Thứ Hai: 08:00–12:00, 11:00–17:00",
        "Thứ Hai – Thứ Sáu: 08:00–12:00\nThứ Ba: 09:00–10:00",
    ],
)
def test_hours_no_clock_can_run_by_are_refused(text):
    with pytest.raises(ValidationError):
        validate_office_hours(text)


def test_the_usual_hours_are_accepted():
    validate_office_hours(USUAL_OFFICE_HOURS)
