import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.site.plaques.artwork.inscriptions import LINK
from wardmark.plaques.artwork import encode
from wardmark.plaques.artwork.symbol import PayloadTooLong
from wardmark.plaques.codes import ALPHABET


def picture_of(symbol, pixels: int = 4) -> Image.Image:
    modules = Image.new("L", (symbol.modules, symbol.modules), 255)
    for x, y, length in symbol.runs():
        modules.paste(0, (x, y, x + length, y + 1))
    return modules.resize((symbol.modules * pixels,) * 2, Image.Resampling.NEAREST)


@pytest.mark.parametrize("level", ["Q", "H"])
def test_another_program_reads_the_link_at_its_level(level):
    [read] = zxingcpp.read_barcodes(picture_of(encode(LINK, level)))
    assert (read.text, read.ec_level) == (LINK, level)


def test_more_than_a_symbol_holds_is_refused():
    with pytest.raises(PayloadTooLong):
        encode("a" * 3000, "H")


def test_the_quiet_zone_is_four_light_modules_on_every_side():
    rows = encode(LINK, "Q").rows
    columns = list(zip(*rows, strict=True))
    for edge in (rows[:4], rows[-4:], columns[:4], columns[-4:]):
        assert not any(module for line in edge for module in line)
    assert any(rows[4])
    assert any(columns[4])


@given(st.text(ALPHABET, min_size=7, max_size=7))
def test_every_code_makes_the_same_size_of_symbol(code):
    symbol = encode(f"https://cg.example/q/{code}", "Q")
    assert (symbol.version, symbol.modules) == (3, 29 + 8)


def test_runs_cover_exactly_the_dark_modules():
    symbol = encode(LINK, "Q")
    covered = {(x + n, y) for x, y, length in symbol.runs() for n in range(length)}
    dark = {(x, y) for y, row in enumerate(symbol.rows) for x, module in enumerate(row) if module}
    assert covered == dark
