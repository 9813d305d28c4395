import re
from xml.etree import ElementTree as ET

import pytest

from tests.site.plaques.artwork.inscriptions import LINK, NAMES, inscription
from wardmark.plaques.artwork import as_svg, encode, plate

SVG = "{http://www.w3.org/2000/svg}"


def tree(words) -> ET.Element:
    return ET.fromstring(as_svg(plate(words)))  # noqa: S314 - our own output


def test_the_drawing_has_its_true_size_in_millimetres():
    root = tree(inscription())
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100mm", "150mm", "0 0 100 150")


@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_the_drawing_needs_no_font_no_script_and_no_other_file(words):
    root = tree(words)
    assert {element.tag for element in root.iter()} == {SVG + name for name in ("svg", "title", "rect", "path")}
    assert not [value for element in root.iter() for value in element.attrib.values() if "url(" in value]
    assert not [name for element in root.iter() for name in element.attrib if "href" in name or name == "style"]


def test_the_drawn_modules_are_those_of_the_symbol():
    symbol = encode(LINK)
    [path] = [element for element in tree(inscription()).iter(SVG + "path") if element.get("shape-rendering")]
    drawn = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.get("d"))]
    assert drawn == list(symbol.runs())


def test_a_name_cannot_break_out_of_the_drawing():
    root = tree(inscription(name="<script>&\"'"))
    assert root.find(f"{SVG}title").text.startswith("<script>&\"'")
    assert root.find(f"{SVG}script") is None
