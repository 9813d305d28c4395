import csv
import io
from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.plaques.artwork import FORMATS, lay_out
from wardmark.plaques.models import FileKind
from wardmark.plaques.offer import WRITERS, Kind
from wardmark.plaques.print_sheets.archive import contents, file_name, manifest, write_part
from wardmark.plaques.print_sheets.printed import Place

PLACE = Place(1, "7K3-M9XP", "https://cg.example/q/7K3M9XP", name="Đình Bối Hà", version=2, file="7K3-M9XP.pdf")


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_list_names_every_file_in_letters_excel_reads():
    content = manifest([PLACE], format_label="Thẻ để bàn A6")
    assert content.startswith(b"\xef\xbb\xbf")
    _headings, row = rows_of(content)
    assert row == ["7K3-M9XP", PLACE.link, "Đình Bối Hà", "Thẻ để bàn A6", "2", "7K3-M9XP.pdf"]


@pytest.mark.parametrize(("language", "code"), [("en", "Code"), ("vi", "Mã")])
def test_the_list_is_headed_in_the_language_of_whoever_ordered(language, code):
    with override(language):
        [headings] = rows_of(manifest([], format_label=""))
    assert headings[0] == code
    assert len(set(headings)) == 6


def test_no_cell_is_a_formula():
    content = manifest([replace(PLACE, name='＝HYPERLINK("http://evil")')], format_label="=1")
    _headings, row = rows_of(content)
    assert row[2].startswith("'＝")
    assert row[3] == "'=1"


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_in_the_archive_is_the_one_that_is_offered_singly(kind):
    drawing, packed = lay_out(FORMATS["plain"], inscription()), io.BytesIO()
    write_part(packed, [(drawing, PLACE)], kind.value, lambda: None)
    [(_place, content)] = contents(packed, [PLACE])
    assert content == WRITERS[Kind(kind.value)](drawing)


def test_vectors_in_the_archive_have_the_bleed_and_a_fine_png_its_resolution():
    drawing = lay_out(FORMATS["plain"], inscription())
    files = {}
    for kind in (FileKind.SVG, FileKind.PNG_600):
        packed = io.BytesIO()
        write_part(packed, [(drawing, PLACE)], kind, lambda: None)
        [(_place, files[kind])] = contents(packed, [PLACE])
    assert b'viewBox="-3 -3 76 86"' in files[FileKind.SVG]
    with Image.open(io.BytesIO(files[FileKind.PNG_600])) as picture:
        assert round(picture.info["dpi"][0]) == 600


@given(st.text(max_size=300))
def test_a_file_name_is_safe_whatever_the_place_is_called(name):
    found = file_name(Place(1, "7K3-M9XP", "", name=name), kind="png-600", format_key="plain")
    assert found.startswith("7K3-M9XP")
    assert found.endswith(".png")
    assert found.isascii()
    assert not set(found) & set('/\\:*?"<>| ')
    assert len(found) < 100
