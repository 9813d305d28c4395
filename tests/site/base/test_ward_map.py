import math
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.places import Position
from wardmark.base.ward_map import MARKER_RADIUS, WardMap

ward_positions = st.builds(Position, st.floats(21.0, 21.08), st.floats(105.76, 105.83))


def places(positions):
    return [SimpleNamespace(position=position, title=str(n)) for n, position in enumerate(positions)]


@given(st.lists(ward_positions, max_size=25))
def test_every_marker_lies_whole_inside_the_drawing(positions):
    ward_map = WardMap.of(places(positions))
    for marker in ward_map.markers:
        assert MARKER_RADIUS <= marker.x <= ward_map.width - MARKER_RADIUS
        assert MARKER_RADIUS <= marker.y <= ward_map.height - MARKER_RADIUS


@given(ward_positions, st.integers(2, 6))
def test_places_at_one_spot_are_moved_apart(position, many):
    markers = WardMap.of(places([position] * many)).markers
    gaps = [math.dist((a.x, a.y), (b.x, b.y)) for a in markers for b in markers if a is not b]
    assert min(gaps) >= 2 * MARKER_RADIUS


def test_north_is_up_and_east_is_right():
    south_west, north_east = WardMap.of(places([Position(21.02, 105.78), Position(21.04, 105.80)])).markers
    assert north_east.x > south_west.x
    assert north_east.y < south_west.y


def test_places_without_a_position_are_counted_not_drawn():
    ward_map = WardMap.of(places([None, Position(21.03, 105.79), None]))
    assert (len(ward_map.markers), len(ward_map.unplaced)) == (1, 2)
    assert WardMap.of(places([None])).markers == []
