import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.plaques.print_sheets.archive import COLUMNS, FORMULA_BEGINS, file_name, harmless, manifest
from wardmark.plaques.print_sheets.printed import Place

PLACE = Place(1, "7K3-M9XP", "https://cg.example/q/7K3M9XP", name="Đình Bối Hà", version=2, file="7K3-M9XP.pdf")


def test_the_list_names_every_file_in_letters_excel_reads():
    content = manifest([PLACE], format_label="Thẻ để bàn A6")
    assert content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert tuple(row) == COLUMNS
    assert (row["name"], row["format"], row["version"]) == ("Đình Bối Hà", "Thẻ để bàn A6", "2")


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil")', "+84", "-1", "@SUM(A1)", "\tx", " =1+1"])
def test_no_cell_is_a_formula(name):
    assert harmless(name) == f"'{name}"


@given(st.text())
def test_whatever_a_name_is_its_cell_begins_harmlessly(name):
    assert not harmless(name).lstrip(" ").startswith(FORMULA_BEGINS)
    assert harmless(name).endswith(name)


@given(st.text(max_size=300))
def test_a_file_name_is_safe_whatever_the_place_is_called(name):
    found = file_name(Place(1, "7K3-M9XP", "", name=name), kind="pdf", format_key="plain")
    assert found.startswith("7K3-M9XP")
    assert found.isascii()
    assert not set(found) & set('/\\:*?"<>| ')
    assert len(found) < 100
