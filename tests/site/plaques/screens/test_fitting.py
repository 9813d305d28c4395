import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.plaques.artwork.symbol import QUIET_ZONE
from wardmark.plaques.screens.fitting import Measures, symbol_of

sizes, distances = st.floats(20, 3000), st.floats(0.5, 100)


def dark_cm(side_cm: float) -> float:
    """The width of the symbol itself, of a code that takes so much with its margin."""
    modules = symbol_of("https://ward.example/q/0000000").modules
    return side_cm * (modules - 2 * QUIET_ZONE) / modules


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PLAQUE_BASE_URL = "https://ward.example"


def test_the_symbol_itself_is_a_tenth_of_the_distance_wide():
    assert dark_cm(Measures(121, 68, 3).side_cm) == pytest.approx(30)


def test_a_television_is_read_from_across_a_room_and_not_from_across_a_square():
    assert Measures(121, 68, 3).fits
    assert not Measures(121, 68, 8).fits
    assert Measures(121, 68, 8).farthest_m == 4.0


def test_it_does_not_matter_which_way_the_screen_hangs():
    lying, standing = Measures(121, 68, 3), Measures(68, 121, 3)
    assert lying.room_cm == standing.room_cm
    assert lying.share_of_width * 121 == pytest.approx(standing.share_of_width * 68)


@given(sizes, sizes, distances)
def test_what_is_shown_is_never_larger_than_the_room_and_large_enough_where_it_fits(width, height, distance):
    measures = Measures(width, height, distance)
    shown_cm = measures.share_of_width * width / 100
    assert shown_cm <= measures.room_cm * 1.000001
    assert measures.room_cm < min(width, height)
    if measures.fits:
        assert dark_cm(shown_cm) >= distance * 10 * 0.999999
        assert measures.farthest_m >= distance - 0.1
