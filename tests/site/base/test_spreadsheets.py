import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.spreadsheets import guarded


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1+1", "  ＠A1"])
def test_a_text_that_would_be_run_is_marked_as_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Phở", "7K3-M9XP", "", -2, 5, None])
def test_other_texts_and_numbers_stay_as_they_are(value):
    assert guarded(value) == value


@given(st.text())
def test_whatever_a_text_is_its_cell_is_it_and_begins_harmlessly(text):
    cell = guarded(text)
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
