"""The proof of sheets: right symbols at their places pass, anything else does not."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.plaques.artwork import FORMATS, Drawing, lay_out
from wardmark.plaques.artwork.drawing import BLEED
from wardmark.plaques.artwork.pdf import new_canvas
from wardmark.plaques.codes import grouped
from wardmark.plaques.print_sheets.imposition import SHEETS, impose
from wardmark.plaques.print_sheets.printed import Place, by_sheet
from wardmark.plaques.print_sheets.proving import PlaqueNotProved, prove_sheets
from wardmark.plaques.print_sheets.sheets import draw_sheets, join

CODES = ("7K3M9XP", "0000000", "1234567", "ABCDEFG", "HJKMNPQ", "RSTVWXY", "ZZZZZZZ")


def drawn(
    format_key: str = "counter-card",
    codes: tuple[str, ...] = CODES,
    changed: Callable[[Drawing], None] = lambda drawing: None,
) -> tuple[bytes, list[Place]]:
    format = FORMATS[format_key]
    imposition = impose(SHEETS["SRA3"], width=format.width, height=format.height, bleed=BLEED)
    pieces = []
    for code in codes:
        link = f"https://cg.example/q/{code}"
        drawing = lay_out(format, inscription(code=code, short_link=link))
        changed(drawing)
        pieces.append((drawing, Place(1, grouped(code), link, module=drawing.symbol.module_mm)))
    return draw_sheets(pieces, imposition, first_sheet=0, label="1")


@pytest.mark.parametrize("format_key", FORMATS)
def test_every_format_is_read_back_from_its_sheets(format_key):
    pdf, places = drawn(format_key)
    seen = []
    prove_sheets(join([pdf], title="x"), by_sheet(places), level=FORMATS[format_key].level, seen=lambda: seen.append(1))
    assert len(seen) == len(by_sheet(places))


def test_another_plaques_symbol_is_not_proved_and_the_plaque_is_named():
    pdf, places = drawn()
    places[3] = replace(places[3], link="https://cg.example/q/7777777")
    with pytest.raises(PlaqueNotProved) as failure:
        prove_sheets(pdf, by_sheet(places), level="Q")
    assert failure.value.code == grouped(CODES[3])


def test_a_symbol_that_is_elsewhere_is_not_proved():
    pdf, places = drawn()
    places[0] = replace(places[0], x=places[0].x + 30)
    with pytest.raises(PlaqueNotProved):
        prove_sheets(pdf, by_sheet(places), level="Q")


def test_a_mirrored_symbol_is_not_proved_although_a_reader_reads_it():
    def mirror(drawing: Drawing) -> None:
        right = drawing.symbol
        rows = tuple(row[::-1] for row in right.symbol.rows)
        drawing.shapes[drawing.shapes.index(right)] = replace(right, symbol=replace(right.symbol, rows=rows))

    pdf, places = drawn(codes=CODES[:1], changed=mirror)
    with pytest.raises(PlaqueNotProved, match="mirrored") as failure:
        prove_sheets(pdf, by_sheet(places), level="Q")
    assert failure.value.code == grouped(CODES[0])


def test_a_symbol_of_another_error_level_is_not_proved():
    pdf, places = drawn(codes=CODES[:1])
    with pytest.raises(PlaqueNotProved, match="error level Q, not H"):
        prove_sheets(pdf, by_sheet(places), level="H")


def test_a_symbol_too_much_is_found():
    pdf, places = drawn()
    sheets = by_sheet(places)
    with pytest.raises(PlaqueNotProved) as failure:
        prove_sheets(pdf, [sheets[0][:-1], sheets[1]], level="Q")
    assert failure.value.code is None


def test_a_sheet_that_shows_nothing_is_not_proved():
    _pdf, places = drawn(codes=CODES[:1])
    buffer = BytesIO()
    canvas = new_canvas(buffer, width=320, height=450)
    canvas.showPage()
    canvas.save()
    with pytest.raises(PlaqueNotProved) as failure:
        prove_sheets(buffer.getvalue(), by_sheet(places), level="Q")
    assert failure.value.code == grouped(CODES[0])


def test_joining_gives_the_same_bytes_again_and_all_pages_in_order():
    parts = [drawn(codes=CODES[:6])[0], drawn(codes=CODES[6:])[0]]
    assert join(parts, title="x") == join(parts, title="x")
    places = [*drawn(codes=CODES[:6])[1], *(replace(place, sheet=1) for place in drawn(codes=CODES[6:])[1])]
    prove_sheets(join(parts, title="x"), by_sheet(places), level="Q")
