from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.opening_hours import DAYS, Span, read_opening_hours


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hằng ngày: 06:00–18:00", DAYS),
        ("Daily: 06:00-18:00", DAYS),
        ("Thứ Hai – Thứ Sáu: 6h00–18h00", DAYS[:5]),
        ("Thứ 7, Chủ nhật: 06:00–18:00", DAYS[5:]),
        ("Tuesday – Sunday: 06:00–18:00", DAYS[1:]),
    ],
)
def test_plain_words_of_either_language_are_read(text, days):
    assert read_opening_hours(text) == [Span(days, time(6), time(18))]


def test_each_line_and_each_part_of_a_day_counts():
    spans = read_opening_hours("Thứ Hai: 10:00–14:00, 17:00–20:00\n\nThứ Bảy: 10:00–14:00")
    assert [(span.days[0], span.opens.hour) for span in spans] == [("Monday", 10), ("Monday", 17), ("Saturday", 10)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hỏi ông từ",
        "Hằng ngày: khi có lễ",
        "Hằng ngày: 06:00–25:00",
        "Hằng ngày: 06:00–18:00\nTết: nghỉ",
        "Ngày rằm: 06:00–18:00",
        "Thứ Sáu – Thứ Hai: 06:00–18:00",
        "Thứ Hai – Thứ Ba – Thứ Tư: 06:00–18:00",
    ],
)
def test_what_is_not_plain_is_not_known(text):
    assert read_opening_hours(text) is None


@given(st.text())
def test_no_text_breaks_it(text):
    assert read_opening_hours(text) is None or read_opening_hours(f"{text}\n") is not None


@given(st.sampled_from(range(7)), st.times(), st.times())
def test_what_is_read_is_what_was_written(day, opens, closes):
    text = f"{DAYS[day]}: {opens:%H:%M}–{closes:%H:%M}"
    minutes = [time(moment.hour, moment.minute) for moment in (opens, closes)]
    assert read_opening_hours(text) == [Span((DAYS[day],), *minutes)]
