import re
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import resvg_py
import zxingcpp
from PIL import Image

from tests.site.plaques.artwork.inscriptions import EXTREMES, LINK, WORDS, inscription
from wardmark.plaques.artwork import FORMATS, as_png, as_svg, encode, lay_out

EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
CARD = FORMATS["counter-card"]
SVG = "{http://www.w3.org/2000/svg}"


def tree(words, format=CARD, **options) -> ET.Element:
    return ET.fromstring(as_svg(lay_out(format, words), **options))  # noqa: S314 - our own output


def picture_of(drawing, **options) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=as_svg(drawing, **options), dpi=150, skip_system_fonts=True)
    return Image.open(BytesIO(bytes(png))).convert("RGB")


@EVERY_FORMAT
@pytest.mark.parametrize("words", EXTREMES.values(), ids=EXTREMES)
def test_another_program_reads_the_link(format, words):
    [read] = zxingcpp.read_barcodes(picture_of(lay_out(format, words), bleed=True))
    assert (read.text, read.ec_level) == (LINK, format.level)


def test_the_drawing_has_its_true_trimmed_size_in_millimetres():
    root = tree(inscription())
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("105mm", "148mm", "0 0 105 148")


def test_for_the_print_shop_it_has_the_bleed_too():
    root = tree(inscription(), bleed=True)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("111mm", "154mm", "-3 -3 111 154")
    picture = picture_of(lay_out(CARD, inscription()), bleed=True)
    assert picture.getpixel((2, 2)) == (251, 247, 239), "paper up to the edge of the bleed"


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_the_drawing_needs_no_font_no_script_and_no_other_file(words):
    root = tree(words)
    assert {element.tag for element in root.iter()} == {SVG + name for name in ("svg", "title", "rect", "path")}
    assert not [value for element in root.iter() for value in element.attrib.values() if "url(" in value]
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or name == "style"]


def test_the_drawn_modules_are_those_of_the_symbol():
    symbol = encode(LINK, CARD.level)
    [path] = [element for element in tree(inscription()).iter(SVG + "path") if element.get("shape-rendering")]
    drawn = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.get("d"))]
    assert drawn == list(symbol.runs())


def test_letters_are_drawn_where_the_png_has_them():
    drawing = lay_out(CARD, inscription(name="Ngõ Ễ", other_name=""))
    [name] = [shape for shape in drawing.shapes if getattr(shape, "words", "") == "Ngõ Ễ"]
    pixels = 150 / 25.4
    room = (name.x - 2, name.y - 1.2 * name.size, name.x + name.width + 2, name.y + 0.4 * name.size)
    ink = [
        picture.convert("L").point(lambda value: 255 * (value < 120)).crop([round(edge * pixels) for edge in room])
        for picture in (picture_of(drawing), Image.open(BytesIO(as_png(drawing, dpi=150))))
    ]
    assert ink[0].getbbox() == pytest.approx(ink[1].getbbox(), abs=2)


def test_a_name_cannot_break_out_of_the_drawing():
    root = tree(inscription(name="<script>&\"'"))
    assert root.find(f"{SVG}title").text.startswith("<script>&\"'")
    assert root.find(f"{SVG}script") is None


def test_a_proof_draws_its_mark_and_a_print_does_not():
    paths = len(list(tree(inscription(version=3)).iter(SVG + "path")))
    assert len(list(tree(WORDS["proof"]).iter(SVG + "path"))) == paths + 2
