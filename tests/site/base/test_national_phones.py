import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.national_phones import normalised, shown


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        ("0912 345 678", "+84912345678", "0912 345 678"),
        ("+84 912.345.678", "+84912345678", "0912 345 678"),
        ("84912345678", "+84912345678", "0912 345 678"),
        ("(024) 3833-1234", "+842438331234", "024 3833 1234"),
        ("1900 1234", "19001234", "1900 1234"),
        ("18001234", "18001234", "1800 1234"),
        ("024 0000 0001", "+842400000001", "024 0000 0001"),
    ],
)
def test_a_number_is_kept_in_one_form_and_read_in_groups(typed, kept, read):
    assert normalised(typed) == kept
    assert shown(kept) == read
    assert normalised(kept) == kept


@pytest.mark.parametrize("typed", ["hỏi chủ quán", "113", "0912 345", "+1 650 253 0000", "0912 345 678 máy 3", ""])
def test_what_is_no_public_number_is_refused_in_words(typed):
    with pytest.raises(ValidationError):
        normalised(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text):
    try:
        kept = normalised(text)
    except ValidationError:
        return
    assert normalised(kept) == kept
    assert shown(kept)
