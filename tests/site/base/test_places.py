from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.models import HeritageSitePage
from wardmark.base.places import Position

positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


def test_a_degree_of_latitude_is_111_km():
    assert Position(21, 105).distance_to(Position(22, 105)) == pytest.approx(111_195, abs=50)


@given(positions, positions)
def test_distance_is_the_same_both_ways_and_never_half_round_the_earth(here, there):
    assert here.distance_to(there) == pytest.approx(there.distance_to(here), abs=0.01)
    assert 0 <= here.distance_to(there) <= 20_016_000


@given(positions)
def test_next_door_is_one_minute(here):
    assert here.walking_minutes_to(here) == 1


def test_minutes_allow_for_corners():
    # 615 m in a straight line are 800 m in streets: ten minutes.
    assert Position(21.0, 105.8).walking_minutes_to(Position(21.00553, 105.8)) == 10


@pytest.mark.parametrize(
    ("here", "there", "metres"),
    [
        # WGS 84's own figures: the quarter meridian, and a degree of the equator. A sphere is within half a percent.
        (Position(0, 105), Position(90, 105), 10_001_966),
        (Position(0, 105), Position(0, 106), 111_320),
    ],
)
def test_distances_are_those_of_the_earth(here, there, metres):
    assert here.distance_to(there) == pytest.approx(metres, rel=0.005)


def test_directions_lead_on_foot_to_the_very_point():
    url = urlsplit(Position(21.03711, 105.79489).directions_url)
    assert url.scheme == "https"
    asked = parse_qs(url.query)
    assert asked["destination"] == ["21.03711,105.79489"]
    assert asked["travelmode"] == ["walking"]


@pytest.mark.django_db
@pytest.mark.parametrize(("latitude", "longitude"), [(None, None), ("21.03", None), (None, "105.79")])
def test_half_a_position_is_none(latitude, longitude):
    page = HeritageSitePage(latitude=latitude and Decimal(latitude), longitude=longitude and Decimal(longitude))
    assert page.position is None


@pytest.mark.django_db
def test_zero_is_a_position():
    assert HeritageSitePage(latitude=Decimal(0), longitude=Decimal(0)).position == Position(0, 0)
