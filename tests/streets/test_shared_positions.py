"""The position in what people paste from a map app."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streets.portal.forms.amounts import read_amount
from streets.shared_positions import NoPosition, read_position
from wardmark.base.places import Position

HERE = Position(21.03711, 105.79489)


@pytest.mark.parametrize(
    "text",
    [
        "21.03711, 105.79489",
        " 21.03711,105.79489 ",
        "21.03711 105.79489",
        "geo:21.03711,105.79489",
        "geo:21.03711,105.79489;u=20?z=17",
        "https://www.google.com/maps/place/X/@21.1,105.9,17z/data=!3m1!4b1!4m6!8m2!3d21.03711!4d105.79489",
        "https://www.google.com/maps/@21.03711,105.79489,17z",
        "https://maps.google.com/?q=21.03711,105.79489",
        "https://maps.google.com/?q=loc:21.03711,105.79489",
        "https://www.google.com/maps/search/?api=1&query=21.03711%2C105.79489",
        "https://maps.apple.com/?ll=21.03711,105.79489&q=Quan",
        "https://maps.apple.com/place?coordinate=21.03711,105.79489",
        "geo:0,0?q=21.03711,105.79489(Quan)",
    ],
)
def test_the_usual_forms_are_read(text):
    assert read_position(text) == HERE


NOTHING = ["", "phố Thử", "21.03711", "91, 105", "21, 181", "https://example.org/", "http://[", "1,2,3", "٢١, ١٠٥"]


@pytest.mark.parametrize("text", NOTHING)
def test_what_holds_no_position_is_refused(text):
    with pytest.raises(NoPosition) as refused:
        read_position(text)
    assert not refused.value.is_shortened


@pytest.mark.parametrize("text", ["https://maps.app.goo.gl/AbCdEf", "maps.app.goo.gl/AbCdEf", "https://goo.gl/maps/x"])
def test_a_short_link_is_told_from_what_is_none(text):
    with pytest.raises(NoPosition) as refused:
        read_position(text)
    assert refused.value.is_shortened


@given(st.text())
def test_nothing_but_its_own_error_comes_out_whatever_goes_in(text):
    try:
        found = read_position(text)
    except NoPosition:
        return
    assert abs(found.latitude) <= 90
    assert abs(found.longitude) <= 180


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_pair_of_numbers_is_read_to_a_hand_s_breadth(latitude, longitude):
    found = read_position(f"{latitude:.6f}, {longitude:.6f}")
    assert found.latitude == pytest.approx(latitude, abs=1e-6)
    assert found.longitude == pytest.approx(longitude, abs=1e-6)


SUMS = {
    "45000": 45_000,
    "45.000": 45_000,
    "45,000 đ": 45_000,
    "45k": 45_000,
    "45 nghìn": 45_000,
    "1.250.000đ": 1_250_000,
    # Written into a sum that was shown with its points, by keys that have none.
    "5.0000": 50_000,
    "1500.000": 1_500_000,
    "": None,
    "  ": None,
}


@pytest.mark.parametrize("text", SUMS)
def test_a_sum_is_read_as_people_write_it(text):
    assert read_amount(text) == SUMS[text]


@pytest.mark.parametrize("text", ["4.50", "năm mươi", "-5000", "1e9", "45k000", "4,5,6", "٣٠٠٠٠"])
def test_what_is_no_sum_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_amount(text)


@given(st.integers(0, 10**9))
def test_a_sum_means_the_same_with_points_and_without(amount):
    assert read_amount(f"{amount:,}".replace(",", ".")) == read_amount(str(amount)) == amount


@given(st.text())
def test_no_text_brings_down_the_reading_of_a_sum(text):
    try:
        amount = read_amount(text)
    except ValueError:
        return
    assert amount is None or amount >= 0
