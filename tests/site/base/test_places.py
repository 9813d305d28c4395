import pytest
from hypothesis import given
from hypothesis import strategies as st

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
