"""Opening hours: what is read, what is refused, and whether a shop is open, counted minute by minute besides."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from streets.hours import (
    HoursError,
    SpecialDays,
    State,
    is_open,
    next_tet,
    put,
    read_special,
    read_week,
    shown_until,
    special_on,
    state_at,
    tet_preset,
    week_from_text,
    without,
    write_special,
    write_week,
)
from wardmark.base.opening_hours import DAYS

HANOI = timezone(timedelta(hours=7))
MONDAY = date(2026, 11, 23)


def week(**days):
    """JSON of a week: what is not said is a day of rest."""
    return {day.lower(): days.get(day.lower(), []) for day in DAYS}


def daily(*spans):
    return {day.lower(): [list(span) for span in spans] for day in DAYS}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


times = st.integers(0, 1439).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")
day_spans = st.lists(st.tuples(times, times).map(list), max_size=2)
weeks = st.fixed_dictionaries({day.lower(): day_spans for day in DAYS})
notes = st.dictionaries(st.sampled_from(["vi", "en", "ko"]), st.text(max_size=20), max_size=2)
special_rows = st.builds(
    lambda start, length, spans, note: {
        "from": (MONDAY + timedelta(days=start)).isoformat(),
        "to": (MONDAY + timedelta(days=start + length)).isoformat(),
        "spans": spans,
        "note": note,
    },
    st.integers(-3, 10),
    st.integers(0, 3),
    day_spans,
    notes,
)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | times,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["from", "to", "spans", "note", "monday"]), inner)
    ),
    max_leaves=12,
)


def readable(reader, value):
    """What is read, or no example at all."""
    try:
        return reader(value)
    except HoursError:
        assume(False)


def counted(week_json, special_json, minute: datetime) -> bool | None:
    """Whether it is open, found without a thought: walk through all minutes of today's and last night's spans."""

    def said(day: date):
        for row in special_json:
            if row["from"] <= day.isoformat() <= row["to"]:
                return row["spans"]
        return None if week_json is None else week_json[DAYS[day.weekday()].lower()]

    today = minute.date()
    now = minute.hour * 60 + minute.minute
    for day, walked_so_far in ((today - timedelta(days=1), -1440), (today, 0)):
        for opens, closes in said(day) or ():
            (hour, begin), (last_hour, last) = (map(int, clock.split(":")) for clock in (opens, closes))
            walked, end = hour * 60 + begin, last_hour * 60 + last
            while True:
                if walked_so_far + walked == now:
                    return True
                walked += 1
                if walked % 1440 == end:
                    break
    return None if said(today) is None else False


class TestReading:
    @given(weeks)
    def test_a_week_is_written_as_it_was_read(self, value):
        read = readable(read_week, value)
        assert read_week(write_week(read)) == read
        assert write_week(read) == {day: sorted(spans) for day, spans in value.items()}

    @given(st.lists(special_rows, max_size=3))
    def test_special_days_are_written_as_they_were_read(self, value):
        read = readable(read_special, value)
        assert read_special(write_special(read)) == read
        assert len(read) == len(value)

    @given(json_like)
    def test_nothing_but_its_own_error_is_raised(self, value):
        for reader, said in (
            (read_week, value),
            (read_week, daily() | {"friday": value}),
            (read_special, value),
            (read_special, [value]),
        ):
            with suppress(HoursError):
                reader(said)

    def test_no_hours_are_not_known_and_no_rows_no_special_days(self):
        assert read_week(None) is None
        assert write_week(None) is None
        assert read_special(None) == read_special([]) == ()

    @pytest.mark.parametrize(
        ("days", "code", "where"),
        [
            ({"tuesday": [["08:00", "12:00"], ["11:00", "13:00"]]}, "overlap", "Tuesday"),
            ({"friday": [["18:00", "02:00"]], "saturday": [["01:00", "03:00"]]}, "night", "Friday"),
            ({"sunday": [["18:00", "02:00"]], "monday": [["01:59", "03:00"]]}, "night", "Sunday"),
            ({"wednesday": [["20:00", "02:00"], ["23:00", "23:30"]]}, "overlap", "Wednesday"),
            ({"thursday": [["08:00", "09:00"]] * 5}, "too_many", "Thursday"),
            ({"saturday": [["8:00", "09:00"]]}, "no_time", "Saturday"),
            ({"saturday": [["08:00", "25:00"]]}, "no_time", "Saturday"),
            ({"saturday": [["08:00"]]}, "malformed", "Saturday"),
            ({"sunday": "closed"}, "malformed", "Sunday"),
        ],
    )
    def test_a_wrong_day_is_named(self, days, code, where):
        with pytest.raises(HoursError) as refused:
            read_week(week(**days))
        assert (refused.value.code, refused.value.where) == (code, where)

    @pytest.mark.parametrize(
        ("rows", "code", "where"),
        [
            ([{"from": "2027-02-30"}], "no_date", "1"),
            ([{"from": "2027-W05-1"}], "no_date", "1"),
            ([{"to": "2027-02-03"}], "no_date", "1"),
            ([{"from": "2027-02-03", "to": "2027-02-02"}], "ends_before", "1"),
            ([{"from": "2027-02-03", "to": "2028-02-04"}], "too_long", "1"),
            ([{"from": "2027-02-03"}, {"from": "2027-02-01", "to": "2027-02-03"}], "same_day", "1"),
            ([{"from": "2027-02-03"}, {"from": "2027-02-03"}], "same_day", "2"),
            ([{"from": "2027-02-03"}, {"from": "2027-02-05", "spans": [["x", "y"]]}], "no_time", "2"),
            ([{"from": "2027-02-03", "note": {"vi": "x" * 121}}], "long_note", "1"),
            ([{"from": "2027-02-03", "reason": "x"}], "malformed", "1"),
            ([{"from": "2027-02-03"}] * 61, "too_many_special", ""),
        ],
    )
    def test_a_wrong_special_day_is_named(self, rows, code, where):
        with pytest.raises(HoursError) as refused:
            read_special(rows)
        assert (refused.value.code, refused.value.where) == (code, where)

    def test_spans_that_touch_and_a_night_up_to_the_next_days_opening_are_no_overlap(self):
        read_week(week(friday=[["06:00", "10:00"], ["10:00", "02:00"]], saturday=[["02:00", "04:00"]]))

    def test_the_end_of_a_day_is_the_next_ones_beginning(self):
        assert write_week(read_week(daily(("06:00", "24:00")))) == daily(("06:00", "00:00"))

    def test_plain_words_become_a_week(self):
        read = week_from_text("Thứ Hai – Thứ Sáu: 10:00–14:00, 17:00–20:00\nThứ Bảy: 10:00–14:00")
        assert write_week(read)["friday"] == [["10:00", "14:00"], ["17:00", "20:00"]]
        assert write_week(read)["sunday"] == []
        assert week_from_text("Hỏi chủ quán") is None
        assert week_from_text("Thứ Hai: 10:00–14:00, 13:00–20:00") is None


class TestState:
    @given(st.none() | weeks, st.lists(special_rows, max_size=2), st.integers(0, 7 * 24 * 60 - 1), st.integers(-12, 14))
    def test_it_is_open_in_the_minutes_that_one_counts(self, week_json, special_json, minute, zone):
        hours, special = readable(read_week, week_json), readable(read_special, special_json)
        moment = datetime(2026, 11, 23, tzinfo=HANOI) + timedelta(minutes=minute)
        expected = counted(week_json, special_json, moment)
        elsewhere = moment.astimezone(timezone(timedelta(hours=zone)))
        assert is_open(hours, special, elsewhere) is expected
        assert is_open(hours, special, elsewhere + timedelta(seconds=59)) is expected

    @given(st.none() | weeks, st.lists(special_rows, max_size=2), st.integers(0, 7 * 24 * 60 - 1))
    def test_the_state_holds_until_its_end_and_not_a_minute_longer(self, week_json, special_json, minute):
        hours, special = readable(read_week, week_json), readable(read_special, special_json)
        moment = datetime(2026, 11, 23, tzinfo=HANOI) + timedelta(minutes=minute)
        state = state_at(hours, special, moment)
        if state.until is None:
            return
        minutes = int((state.until - moment).total_seconds() // 60)
        for passed in (*range(0, minutes, max(1, minutes // 20)), minutes - 1):
            assert counted(week_json, special_json, moment + timedelta(minutes=passed)) is state.is_open
        assert counted(week_json, special_json, moment + timedelta(minutes=minutes)) is not state.is_open

    @given(st.none() | weeks, st.lists(special_rows, max_size=2), st.integers(0, 7 * 24 * 60 - 1))
    def test_nothing_changes_before_what_is_shown_is_made_anew(self, week_json, special_json, minute):
        hours, special = readable(read_week, week_json), readable(read_special, special_json)
        moment = datetime(2026, 11, 23, tzinfo=HANOI) + timedelta(minutes=minute)
        state = state_at(hours, special, moment)
        end = shown_until(state, moment)
        assert moment < end <= moment + timedelta(days=1)
        assert state_at(hours, special, end - timedelta(seconds=1)) == state

    def test_the_minute_of_closing_is_closed_and_that_of_opening_open(self):
        hours = read_week(daily(("06:00", "22:00")))
        assert state_at(hours, (), at("2026-11-23T05:59:59")) == State(False, at("2026-11-23T06:00"))
        assert state_at(hours, (), at("2026-11-23T06:00")) == State(True, at("2026-11-23T22:00"))
        assert state_at(hours, (), at("2026-11-23T22:00")) == State(False, at("2026-11-24T06:00"))

    def test_a_night_belongs_to_the_day_on_which_it_began(self):
        hours = read_week(week(saturday=[["18:00", "02:00"]]))
        assert state_at(hours, (), at("2026-11-29T01:59")) == State(True, at("2026-11-29T02:00"))
        assert is_open(hours, (), at("2026-11-28T01:59")) is False

    def test_a_night_goes_on_into_a_special_day_on_which_the_shop_is_closed(self):
        hours = read_week(daily(("18:00", "02:00")))
        special = read_special([{"from": "2026-11-25"}])
        assert is_open(hours, special, at("2026-11-25T01:00")) is True
        assert state_at(hours, special, at("2026-11-25T02:00")) == State(False, at("2026-11-26T18:00"))
        assert is_open(hours, special, at("2026-11-26T01:00")) is False

    def test_a_special_nights_hours_go_on_into_an_ordinary_day(self):
        special = read_special([{"from": "2026-12-31", "spans": [["08:00", "03:00"]]}])
        assert state_at(read_week(daily()), special, at("2027-01-01T02:00")) == State(True, at("2027-01-01T03:00"))

    def test_around_the_clock_has_no_end(self):
        assert state_at(read_week(daily(("00:00", "00:00"))), (), at("2026-11-23T03:00")) == State(True, None)

    def test_two_days_without_a_break_are_one(self):
        hours = read_week(week(monday=[["06:00", "00:00"]], tuesday=[["00:00", "12:00"]]))
        assert state_at(hours, (), at("2026-11-23T07:00")) == State(True, at("2026-11-24T12:00"))

    def test_what_is_not_known_is_not_known_but_for_the_special_days(self):
        special = read_special([{"from": "2026-11-24"}])
        assert state_at(None, special, at("2026-11-23T07:00")) == State(None)
        assert state_at(None, special, at("2026-11-24T07:00")) == State(False)

    def test_a_shop_that_never_opens_is_closed_without_an_end(self):
        assert state_at(read_week(daily()), (), at("2026-11-23T07:00")) == State(False)

    def test_the_zone_has_no_summer_time(self):
        hours = read_week(daily(("06:00", "22:00")))
        summer = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
        assert is_open(hours, (), summer) is True
        assert is_open(hours, (), summer.astimezone(ZoneInfo("Europe/Paris"))) is True
        assert is_open(hours, (), summer - timedelta(minutes=1)) is False


class TestSpecialDays:
    @given(st.lists(special_rows, max_size=3), st.integers(-5, 15), st.integers(0, 4))
    def test_days_taken_out_are_gone_and_all_others_stay(self, value, start, length):
        special = readable(read_special, value)
        first = MONDAY + timedelta(days=start)
        left = without(special, first, first + timedelta(days=length))
        for number in range(-10, 25):
            day = MONDAY + timedelta(days=number)
            before, after = special_on(special, day), special_on(left, day)
            if start <= number <= start + length:
                assert after is None
            else:
                assert (after and (after.spans, after.note)) == (before and (before.spans, before.note))
        assert read_special(write_special(left)) == left

    def test_what_is_put_in_takes_the_place_of_what_was_said_of_the_day(self):
        special = read_special([{"from": "2026-11-23", "to": "2026-11-25", "spans": [["08:00", "12:00"]]}])
        new = put(special, SpecialDays(date(2026, 11, 24), date(2026, 11, 24)))
        assert [(row.first.day, row.last.day, len(row.spans)) for row in new] == [(23, 23, 1), (24, 24, 0), (25, 25, 1)]


class TestTet:
    @pytest.mark.parametrize(
        ("today", "first", "last"),
        [
            # 1 Giêng of Đinh Mùi is 6 February 2027, of Mậu Thân 26 January 2028.
            (date(2026, 11, 25), date(2027, 2, 5), date(2027, 2, 8)),
            (date(2027, 2, 8), date(2027, 2, 5), date(2027, 2, 8)),
            (date(2027, 2, 9), date(2028, 1, 25), date(2028, 1, 28)),
        ],
    )
    def test_shops_rest_from_the_old_years_last_day_to_mung_3(self, today, first, last):
        preset = tet_preset(today)
        assert (preset.first, preset.last, preset.spans) == (first, last, ())

    def test_how_long_is_up_to_the_shop(self):
        preset = tet_preset(date(2026, 11, 25), days_before=3, days_after=6)
        assert (preset.first, preset.last) == (date(2027, 2, 3), date(2027, 2, 11))
        for numbers in ({"days_before": -1}, {"days_after": 0}, {"days_after": 200}):
            with pytest.raises(ValueError, match="rests"):
                tet_preset(date(2026, 11, 25), **numbers)

    def test_past_the_end_of_the_calendar_nothing_is_proposed(self):
        assert next_tet(date(2100, 12, 1)) is None
        assert tet_preset(date(2100, 12, 1)) is None
