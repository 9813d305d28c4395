import unicodedata

import pytest

from tests.site.plaques.artwork.inscriptions import NAMES, inscription
from wardmark.plaques.artwork import ArtworkRefused, plate
from wardmark.plaques.artwork.drawing import Box, PlacedSymbol, Text

LEAST_MARGIN = 8.0


def texts(drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize("words", NAMES, ids=lambda words: words.name)
def test_no_text_leaves_the_margins_or_touches_the_symbol(words):
    drawing = plate(words)
    [symbol] = [shape for shape in drawing.shapes if isinstance(shape, PlacedSymbol)]
    for text in texts(drawing):
        assert text.left >= LEAST_MARGIN - 0.01
        assert text.left + text.width <= drawing.width - LEAST_MARGIN + 0.01
        below, above = text.y + 0.3 * text.size, text.y - text.size
        assert below <= symbol.y or above >= symbol.y + symbol.size, text.words


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
