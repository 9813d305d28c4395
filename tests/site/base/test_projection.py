import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.places import Position
from wardmark.base.projection import Projection

ward_positions = st.builds(Position, st.floats(21.0, 21.08), st.floats(105.76, 105.83))


def around(positions):
    return Projection.around(positions, width=360, height=300, margin=34)


@given(st.lists(ward_positions, min_size=1, max_size=40))
def test_everything_lies_within_the_margin(positions):
    for x, y in around(positions).points(positions):
        assert 33.9 <= x <= 326.1
        assert 33.9 <= y <= 266.1


@given(ward_positions, ward_positions)
def test_north_is_up_and_east_is_right(one, other):
    (x1, y1), (x2, y2) = around([one, other]).points([one, other])
    assert (x1 < x2) or not one.longitude < other.longitude
    assert (y1 > y2) or not one.latitude < other.latitude


@given(st.lists(ward_positions, min_size=3, max_size=3))
def test_a_metre_is_as_long_in_every_direction(positions):
    projection = around(positions)
    one, other, third = projection.points(positions)
    for a, b, ground in (
        (one, other, positions[0].distance_to(positions[1])),
        (other, third, positions[1].distance_to(positions[2])),
    ):
        # At a ward's size the plane differs from the globe by less than a thousandth.
        assert math.dist(a, b) == pytest.approx(ground * projection.units_per_m, rel=1e-3, abs=0.01)
