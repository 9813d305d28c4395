import io

import pypdfium2
import pytest
import time_machine
import zxingcpp
from pypdf import PdfReader
from reportlab.lib.units import mm

from tests.site.plaques.artwork.inscriptions import EXTREMES, LINK, WORDS, inscription
from wardmark.plaques.artwork import FORMATS, as_pdf, lay_out
from wardmark.plaques.artwork.drawing import Box, PlacedSymbol
from wardmark.plaques.artwork.inks import SEAL
from wardmark.plaques.artwork.pdf import CROP_MARK, SLUG, crop_marks, draw, new_canvas

EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
CARD = FORMATS["counter-card"]


def page_of(format=CARD, words=None):
    return PdfReader(io.BytesIO(as_pdf(lay_out(format, words or inscription())))).pages[0]


def millimetres(box) -> tuple[float, ...]:
    return tuple(round(float(value) / mm, 2) for value in box)


def operations(page):
    return [(tuple(operands), operator.decode()) for operands, operator in page.get_contents().operations]


@EVERY_FORMAT
@pytest.mark.parametrize("words", EXTREMES.values(), ids=EXTREMES)
def test_another_program_reads_the_link_from_a_print_at_150_dpi(format, words):
    with pypdfium2.PdfDocument(as_pdf(lay_out(format, words))) as document:
        [read] = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    assert (read.text, read.ec_level) == (LINK, format.level)


@EVERY_FORMAT
def test_trim_bleed_and_media_box_lie_round_each_other(format):
    page = page_of(format)
    edge = 3 + SLUG
    width, height = format.width, format.height
    assert millimetres(page.mediabox) == (0, 0, width + 2 * edge, height + 2 * edge)
    assert millimetres(page.trimbox) == (edge, edge, edge + width, edge + height)
    assert millimetres(page.bleedbox) == (edge - 3, edge - 3, edge + width + 3, edge + height + 3)


@EVERY_FORMAT
@pytest.mark.parametrize("words", [WORDS["short"], WORDS["proof"]], ids=["print", "proof"])
def test_everything_is_vector_and_only_cmyk_inks_are_used(format, words):
    page = page_of(format, words)
    assert len(page.images) == 0
    used = {operator for _operands, operator in operations(page)}
    assert "k" in used
    assert not used & {"rg", "RG", "g", "G", "sc", "scn", "cs", "SC", "SCN", "CS", "sh", "BI", "INLINE IMAGE", "Do"}


@EVERY_FORMAT
def test_the_symbol_and_all_text_outside_the_seal_are_black_alone(format):
    """One plate of ink, so that no shift between plates blurs an edge."""
    inks = {tuple(map(float, operands)) for operands, operator in operations(page_of(format)) if operator == "k"}
    assert (0, 0, 0, 1) in inks
    assert {ink for ink in inks if ink[3] >= 0.7} <= {(0, 0, 0, 1), (0, 0, 0, 0.75)}
    last_ink, rectangles = None, {}
    for operands, operator in operations(page_of(format)):
        if operator == "k":
            last_ink = tuple(map(float, operands))
        if operator == "re":
            rectangles[last_ink] = rectangles.get(last_ink, 0) + 1
    assert max(rectangles, key=rectangles.get) == (0, 0, 0, 1)


@EVERY_FORMAT
def test_every_font_is_embedded(format):
    fonts = page_of(format, WORDS["proof"])["/Resources"]["/Font"]
    assert len(fonts) >= 1
    for reference in fonts.values():
        named = reference.get_object()
        font = named["/DescendantFonts"][0].get_object() if "/DescendantFonts" in named else named
        assert "/FontFile2" in font.get("/FontDescriptor", {}), font["/BaseFont"]


def test_names_with_all_vietnamese_letters_can_be_found_by_search():
    name = "Quỹ ơ ư ạ ỹ ẵ Đặng"
    text = page_of(FORMATS["relic-plate"], inscription(name=name, other_name="Ễ Ổ Ử")).extract_text()
    assert name.split(maxsplit=1)[0] in text
    for letter in "ơưạỹẵĐỄỔỬ":
        assert letter in text


def test_a_proof_says_so_in_the_file_and_a_print_does_not():
    assert "PROOF — not for print" in page_of(words=WORDS["proof"]).extract_text()
    assert "PROOF" not in page_of().extract_text()


def test_the_slug_names_the_plate_outside_the_trim():
    with pypdfium2.PdfDocument(as_pdf(lay_out(CARD, WORDS["proof"]))) as document:
        text = document[0].get_textpage()
        below = text.get_text_bounded(left=0, bottom=0, right=500, top=(SLUG - 0.2) * mm)
    assert below == f"7K3-M9XP · {CARD.label} · v3"


def test_crop_marks_point_at_the_corners_of_the_trim_and_stay_out_of_the_bleed():
    lines, start = [], None
    for operands, operator in operations(page_of()):
        if operator == "m":
            start = operands
        if operator == "l" and start is not None:
            lines.append(tuple(round(float(value) / mm, 2) for value in (*start, *operands)))
            start = None
    edge, width, height = 3 + SLUG, CARD.width, CARD.height
    marks = [line for line in lines if abs(line[0] - line[2]) + abs(line[1] - line[3]) == pytest.approx(CROP_MARK)]
    across = sorted({line[1] for line in marks if line[1] == line[3]})
    along = sorted({line[0] for line in marks if line[0] == line[2]})
    assert len(marks) == 8
    assert (along, across) == ([edge, edge + width], [edge, edge + height])
    for x1, y1, x2, y2 in marks:
        assert not (edge - 3 < x1 < edge + width + 3 and edge - 3 < y1 < edge + height + 3)
        assert not (edge - 3 < x2 < edge + width + 3 and edge - 3 < y2 < edge + height + 3)


def test_the_same_plate_gives_the_same_bytes_on_another_day_and_after_other_plates():
    with time_machine.travel("2026-05-16"):
        first = as_pdf(lay_out(CARD, inscription()))
    for words in WORDS.values():
        as_pdf(lay_out(FORMATS["poster"], words))
    with time_machine.travel("2031-01-01"):
        assert as_pdf(lay_out(CARD, inscription())) == first


def test_two_plates_on_one_page_stand_where_they_are_put_and_end_at_their_bleed():
    """What a print sheet does: two plates beside each other, each with its own crop marks."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer, width=297, height=210)
    other = "https://cg.example/q/0000000"
    for x, link in ((20, LINK), (160, other)):
        drawing = lay_out(CARD, inscription(short_link=link))
        drawing.shapes.insert(1, Box(-15, 0, 10, 20, SEAL))  # beyond the bleed: must be cut off
        draw(canvas, drawing, x_mm=x, y_mm=30)
        crop_marks(canvas, x_mm=x, y_mm=30, width=drawing.width, height=drawing.height, bleed=drawing.bleed)
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        picture = document[0].render(scale=150 / 72).to_pil().convert("RGB")
    pixels = 150 / 25.4
    assert {read.text for read in zxingcpp.read_barcodes(picture)} == {LINK, other}
    # Paper within the bleed, white beyond it.
    middle = (210 - 30 - 74) * pixels
    assert picture.getpixel((int((20 - 2) * pixels), int(middle))) != (255, 255, 255)
    assert picture.getpixel((int((20 - 4.5) * pixels), int(middle))) == (255, 255, 255)
    for read in zxingcpp.read_barcodes(picture):
        left = read.position.top_left.x / pixels
        assert left > 160 if read.text == other else left < 90
    assert min(picture.crop((0, 0, int(9 * pixels), picture.height)).getextrema()) == (255, 255)


def test_the_symbol_has_no_seams_between_its_modules():
    drawing = lay_out(FORMATS["relic-plate"], inscription())
    with pypdfium2.PdfDocument(as_pdf(drawing)) as document:
        picture = document[0].render(scale=2, grayscale=True).to_pil()
    symbol: PlacedSymbol = drawing.symbol
    edge = 3 + SLUG
    module, to_pixels = symbol.module_mm, 2 * mm
    # Down the left edge of the upper left finder pattern: seven dark modules in one.
    x = (edge + symbol.x + 4.5 * module) * to_pixels
    tops = [(edge + symbol.y + (4 + n / 10) * module) * to_pixels for n in range(3, 67)]
    column = [picture.getpixel((int(x), int(y))) for y in tops]
    assert max(column) - min(column) <= 2
