"""Telephone numbers among words: found however they are written, and nothing else is taken for one."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wardmark.base.written_numbers import PERHAPS_A_NUMBER, numbers_written_in, without_numbers

MOBILE = "+84912345678"
SEPARATORS = [
    *(" ", "\u00a0", "\u202f", "\u2009", "\t", "\n"),
    *(".", "-", "/", "_", "(", ")", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015"),
    *("\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\u200b"),
]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0912 345 678", MOBILE),
        ("0912\u00a0345\u00a0678", MOBILE),
        ("0912/345/678", MOBILE),
        ("0912_345_678", MOBILE),
        ("0912\u2011345\u2011678", MOBILE),
        ("\u202a0912 345 678\u202c", MOBILE),
        ("0084 912 345 678", MOBILE),
        ("00 84 912 345 678", MOBILE),
        ("(+84) 912 345 678", MOBILE),
        ("+84 (0) 912 345 678", MOBILE),
        ("84912345678", MOBILE),
        ("024 3833 1234", "+842438331234"),
        ("+49 170 1234567", "+491701234567"),
        ("0049 170 123 4567", "+491701234567"),
        ("+1 415 555 2671", "+14155552671"),
        ("+1 (415) 555-2671", "+14155552671"),
    ],
)
def test_a_number_is_found_however_it_is_written(written, kept):
    words = f"Gọi {written}, cảm ơn"
    assert numbers_written_in(words) == {kept}
    assert re.search(PERHAPS_A_NUMBER, words)
    assert not re.search(r"[0-9]", without_numbers(words))
    assert not re.search(r"[0-9]", without_numbers(words, only=kept))
    assert without_numbers(words, only="+84900000000") == words


@pytest.mark.parametrize(
    "words",
    [
        "Giá 1.200.000.000 đồng",
        "Hotline 1900 1234",
        "Ngày 01/09/2026 10:30 và 15/09/2026 1000 người",
        "Số nhà 12/34/56, tổ 7",
        "Tăng +500 000 đồng",
    ],
)
def test_prices_dates_and_hotlines_are_left_alone(words):
    assert without_numbers(words) == words


def test_a_number_beside_a_date_is_found():
    assert without_numbers("Ngày 01/09/2026 0912 345 678") == "Ngày 01/09/2026 •••"


@given(
    start=st.sampled_from(["0", "+84", "84", "0084", "+49", "001"]),
    rest=st.lists(
        st.tuples(st.text(st.sampled_from(SEPARATORS), max_size=2), st.sampled_from("123456789")),
        min_size=9,
        max_size=9,
    ),
)
def test_whatever_stands_between_the_digits_no_digit_is_left_and_the_database_would_ask(start, rest):
    words = start + "".join(separator + digit for separator, digit in rest)
    assume(not re.search(r"[0-9]/(?:19|20)", words))
    assert re.search(PERHAPS_A_NUMBER, words)
    assert not re.search(r"[0-9]", without_numbers(f"Số: {words}."))


@given(words=st.text(st.sampled_from([*"0123456789+84 abđ", *SEPARATORS]), max_size=60))
def test_the_database_asks_for_every_text_out_of_which_something_would_be_taken(words):
    if without_numbers(words) != words:
        assert re.search(PERHAPS_A_NUMBER, words)
