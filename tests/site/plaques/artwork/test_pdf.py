import io

import pypdfium2
import pytest
import time_machine
import zxingcpp
from pypdf import PdfReader

from tests.site.plaques.artwork.inscriptions import LINK, NAMES, inscription
from wardmark.plaques.artwork import as_pdf, plate

POINTS_PER_MM = 72 / 25.4


def page_of(words):
    return PdfReader(io.BytesIO(as_pdf(plate(words)))).pages[0]


def operators(page) -> set[str]:
    return {operator.decode() for _operands, operator in page.get_contents().operations}


@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_another_program_reads_the_link_from_a_print_at_150_dpi(words):
    with pypdfium2.PdfDocument(as_pdf(plate(words))) as document:
        [read] = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    assert read.text == LINK


def test_the_page_is_100_by_150_mm():
    box = page_of(inscription()).mediabox
    assert float(box.width) / POINTS_PER_MM == pytest.approx(100, abs=0.01)
    assert float(box.height) / POINTS_PER_MM == pytest.approx(150, abs=0.01)


def test_everything_is_vector_and_only_cmyk_inks_are_used():
    page = page_of(inscription())
    assert len(page.images) == 0
    used = operators(page)
    assert "k" in used
    assert not used & {"rg", "RG", "g", "G", "sc", "scn", "cs", "SC", "SCN", "CS", "sh", "BI", "INLINE IMAGE", "Do"}


def test_the_symbol_is_pure_black():
    operations = page_of(inscription()).get_contents().operations
    last_ink, rectangles = None, {}
    for operands, operator in operations:
        if operator == b"k":
            last_ink = tuple(float(value) for value in operands)
        if operator == b"re":
            rectangles[last_ink] = rectangles.get(last_ink, 0) + 1
    assert max(rectangles, key=rectangles.get) == (0, 0, 0, 1)


def test_every_font_is_embedded_and_the_names_can_be_found_by_search():
    page = page_of(inscription())
    fonts = page["/Resources"]["/Font"]
    assert len(fonts) >= 2
    for reference in fonts.values():
        named = reference.get_object()
        font = named["/DescendantFonts"][0].get_object() if "/DescendantFonts" in named else named
        assert "/FontFile2" in font.get("/FontDescriptor", {}), font["/BaseFont"]
    text = page.extract_text()
    assert "Đình Bối Hà" in text
    assert "Bối Hà Communal House" in text


def test_the_same_plate_gives_the_same_bytes_on_another_day_and_after_other_plates():
    with time_machine.travel("2026-05-16"):
        first = as_pdf(plate(inscription()))
    for words in NAMES:
        as_pdf(plate(words))
    with time_machine.travel("2031-01-01"):
        assert as_pdf(plate(inscription())) == first
