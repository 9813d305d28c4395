"""Letters before they are set: what is drawn of a text, and how one letter is named."""

import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.site.plaques.artwork.inscriptions import inscription
from wardmark.design.typesetting import composed, shown
from wardmark.plaques.artwork import FORMATS, ArtworkRefused, Drawing, as_svg, lay_out


def test_what_nobody_sees_is_left_out_and_words_stay_apart():
    assert composed("Chu\u200b\u0300a\x08 Tha\u0301nh\tChu\u0301a\ufeff\ufffe\n") == "Chùa Thánh Chúa"
    assert composed("\u200b\x08") == ""


@given(st.text())
def test_of_every_text_only_what_can_be_drawn_is_left(words):
    left = composed(words)
    assert composed(left) == left
    assert not {unicodedata.category(letter) for letter in left} & {"Cc", "Cf", "Cs"}


@given(st.text())
def test_whatever_a_drawing_is_called_its_svg_is_xml(title):
    assert ET.fromstring(as_svg(Drawing(10, 10, title=composed(title)))) is not None  # noqa: S314 - our own output


@pytest.mark.parametrize(
    ("letter", "name"), [("漢", "漢"), ("\ue000", "U+E000"), ("\u0489", "U+0489"), ("\u3000", "U+3000")]
)
def test_a_letter_is_named_by_its_number_where_it_would_not_be_seen(letter, name):
    assert shown(letter) == name


def test_a_refusal_names_the_letter_that_nobody_sees():
    with pytest.raises(ArtworkRefused, match=r"U\+E000"):
        lay_out(FORMATS["counter-card"], inscription(name="Đình\ue000"))


def test_a_name_of_nothing_that_is_seen_is_a_blank_plate():
    blank = lay_out(FORMATS["counter-card"], inscription(name="\u200b", other_name=""))
    assert blank.title == "Phường Thử – 7K3-M9XP"
