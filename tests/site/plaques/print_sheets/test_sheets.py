"""What stands on a sheet beside the pieces: its name, each piece's slug, the boxes a press reads."""

from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.plaques.artwork import FORMATS, lay_out
from wardmark.plaques.artwork.drawing import BLEED
from wardmark.plaques.artwork.limits import SMALLEST_TYPE
from wardmark.plaques.artwork.plate import PROOF_MARK
from wardmark.plaques.print_sheets.imposition import GRIPPER, SHEETS, DoesNotFit, Imposition, imposition_for
from wardmark.plaques.print_sheets.printed import Place
from wardmark.plaques.print_sheets.sheets import draw_sheets

MM = 72 / 25.4
CODES = ("7K3M9XP", "0000000", "1234567")
LABEL = "Print job 12345 · Counter card A6"


def fitting() -> list[tuple[str, str]]:
    pairs = []
    for format in FORMATS.values():
        for sheet in SHEETS:
            try:
                imposition_for(format, sheet)
            except DoesNotFit:
                continue
            pairs.append((format.key, sheet))
    return pairs


def drawn(format_key: str, sheet: str, *, warning: str = "") -> tuple[bytes, Imposition]:
    format = FORMATS[format_key]
    imposition = imposition_for(format, sheet)
    words = [inscription(code=code, version=3) for code in CODES]
    pieces = [(lay_out(format, one), Place(1, one.code, one.short_link)) for one in words]
    return draw_sheets(pieces, imposition, first_sheet=0, label=LABEL, warning=warning)[0], imposition


@pytest.mark.parametrize(("format_key", "sheet"), fitting())
def test_nothing_is_printed_where_the_press_holds_the_sheet(format_key, sheet):
    pdf, imposition = drawn(format_key, sheet, warning=PROOF_MARK)
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=2, grayscale=True).to_pil()
    held = round(GRIPPER * MM * 2)
    width, height = picture.size
    box = (0, height - held, width, height) if imposition.is_upright else (0, 0, held, height)
    assert picture.crop(box).getextrema() == (255, 255)


@pytest.mark.parametrize(("format_key", "sheet"), fitting())
def test_name_and_warning_are_whole_and_large_enough_to_read(format_key, sheet):
    pdf, _imposition = drawn(format_key, sheet, warning=PROOF_MARK)
    sizes = {}
    PdfReader(BytesIO(pdf)).pages[0].extract_text(
        visitor_text=lambda text, _cm, _tm, _font, size: sizes.setdefault(text.strip(), size)
    )
    for words in (f"{LABEL} · 1", PROOF_MARK):
        [size] = [size for text, size in sizes.items() if " ".join(words.split()) in " ".join(text.split())]
        assert size / MM >= SMALLEST_TYPE


def test_every_piece_says_beyond_its_trim_which_plaque_it_is_in_which_format_and_version():
    pdf, _imposition = drawn("counter-card", "SRA3")
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for code in ("7K3-M9XP", "000-0000", "123-4567"):
        assert f"{code} · {FORMATS['counter-card'].label} · v3" in text


def test_every_sheet_has_the_boxes_of_its_pieces():
    pdf, imposition = drawn("relic-plate", "SRA3")
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 2
    left, bottom, right, top = imposition.block
    for page in pages:
        assert [float(side) / MM for side in page.bleedbox] == pytest.approx([left, bottom, right, top], abs=0.01)
        assert [float(side) / MM for side in page.trimbox] == pytest.approx(
            [left + BLEED, bottom + BLEED, right - BLEED, top - BLEED], abs=0.01
        )
