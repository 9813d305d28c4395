import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site.plaques.artwork.inscriptions import NAMES, inscription
from wardmark.plaques.artwork import ArtworkRefused, plate
from wardmark.plaques.artwork.drawing import Box, PlacedSymbol, Text

LEAST_MARGIN = 8.0


def texts(drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def ink_of(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is really inked, accents and descenders included, in mm."""
    pixels = 200
    _left, top, _right, bottom = text.font.pixels(pixels).getbbox(text.words, anchor="ls")
    to_mm = text.size / pixels
    return text.left, text.y + top * to_mm, text.left + text.width, text.y + bottom * to_mm


def is_apart(one, other, gap: float) -> bool:
    return one[2] + gap <= other[0] or other[2] + gap <= one[0] or one[3] + gap <= other[1] or other[3] + gap <= one[1]


def assert_nothing_is_crowded(drawing) -> None:
    [symbol] = [shape for shape in drawing.shapes if isinstance(shape, PlacedSymbol)]
    frame = (symbol.x, symbol.y, symbol.x + symbol.size, symbol.y + symbol.size)
    rules = [
        (box.x, box.y, box.x + box.width, box.y + box.height)
        for box in drawing.shapes
        if isinstance(box, Box) and box.height < 1
    ]
    inked = [(text.words, ink_of(text)) for text in texts(drawing)]
    for number, (words, ink) in enumerate(inked):
        assert ink[0] >= LEAST_MARGIN - 0.01, words
        assert ink[2] <= drawing.width - LEAST_MARGIN + 0.01, words
        for other in (frame, *rules):
            assert is_apart(ink, other, gap=0.8), words
        for other_words, other_ink in inked[number + 1 :]:
            assert is_apart(ink, other_ink, gap=0), (words, other_words)


@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_no_text_leaves_the_margins_or_touches_the_symbol_a_rule_or_another_text(words):
    assert_nothing_is_crowded(plate(words))


# The tallest and the deepest letters of Vietnamese among them.
SYLLABLES = st.sampled_from(["Ổ", "Ễ", "Đình", "Chùa", "lưu", "niệm", "Nguyễn", "Dịch", "Vọng", "Phường", "ngõ", "và"])


@settings(deadline=None)  # the first plate opens the fonts
@given(
    name=st.lists(SYLLABLES, min_size=1, max_size=20).map(" ".join),
    other_name=st.lists(SYLLABLES, max_size=20).map(" ".join),
)
def test_names_of_any_length_are_set_clear_of_everything_or_refused(name, other_name):
    try:
        drawing = plate(inscription(name=name, other_name=other_name))
    except ArtworkRefused:
        assert max(len(name), len(other_name)) > 40, "an ordinary name must be printed"
        return
    assert_nothing_is_crowded(drawing)


def test_a_long_name_leaves_no_word_alone_on_its_last_line():
    drawing = plate(inscription(name="Đình Dịch Vọng Hậu và nhà thờ họ Lê"))
    lines = [text for text in texts(drawing) if text.words in "Đình Dịch Vọng Hậu và nhà thờ họ Lê"]
    assert len(lines) == 2
    assert min(line.width for line in lines) > 0.7 * max(line.width for line in lines)


@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_the_plate_carries_both_names_the_ward_the_promise_and_the_code_to_type(words):
    said = " ".join(text.words for text in texts(plate(words)))
    for expected in (words.name, words.other_name, words.ward, *words.promise, "cg.example/q/", "7K3-M9XP"):
        assert expected in said


def test_modules_are_at_least_one_millimetre_for_a_plate_outdoors():
    [symbol] = [shape for shape in plate(inscription()).shapes if isinstance(shape, PlacedSymbol)]
    assert symbol.module_mm >= 1


def test_nothing_lies_on_the_symbol():
    drawing = plate(inscription())
    at = next(n for n, shape in enumerate(drawing.shapes) if isinstance(shape, PlacedSymbol))
    symbol = drawing.shapes[at]
    for shape in drawing.shapes[at + 1 :]:
        if isinstance(shape, Box):
            assert shape.y >= symbol.y + symbol.size


def test_letters_sent_in_parts_are_set_as_whole_letters():
    apart = unicodedata.normalize("NFD", "Đền Dịch Vọng")
    assert "Đền Dịch Vọng" in [text.words for text in texts(plate(inscription(name=apart)))]


@pytest.mark.parametrize("field", ["name", "other_name", "ward"])
def test_words_too_long_to_be_read_are_refused_by_name(field):
    with pytest.raises(ArtworkRefused, match="Nhà lưu niệm"):
        plate(inscription(**{field: "Nhà lưu niệm " * 12}))


def test_a_letter_the_type_does_not_have_is_refused_by_name():
    with pytest.raises(ArtworkRefused, match="亭"):
        plate(inscription(name="Đình 亭"))


def test_a_page_without_a_seal_or_a_second_name_is_printed():
    assert plate(inscription(seal_letters="", other_name=""))
