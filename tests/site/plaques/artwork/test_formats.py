import pytest

from wardmark.plaques.artwork import FORMATS

SIZES = {
    "counter-card": (105, 148, 50),
    "window-sticker": (100, 140, 80),
    "street-plate": (180, 120, 84),
    "relic-plate": (200, 300, 120),
    "poster": (210, 297, 130),
    "plain": (70, 80, 60),
}


def test_the_formats_are_offered_in_the_order_of_their_use():
    assert list(FORMATS) == list(SIZES)
    assert all(format.key == key for key, format in FORMATS.items())


@pytest.mark.parametrize("key", SIZES)
def test_a_format_has_the_size_print_shops_were_told(key):
    assert (FORMATS[key].width, FORMATS[key].height, FORMATS[key].symbol_mm) == SIZES[key]


def test_where_vandals_reach_a_third_of_the_symbol_may_be_lost():
    assert {format.key for format in FORMATS.values() if format.level == "H"} == {
        format.key for format in FORMATS.values() if format.outdoors
    }
    assert {format.level for format in FORMATS.values()} == {"Q", "H"}
