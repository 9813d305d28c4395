import math
import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.lines import Line, LineKind
from wardmark.base.map_labels import dots_along
from wardmark.base.places import Position
from wardmark.base.ward_map import MARKER_RADIUS, RIM, WardMap

ward_positions = st.builds(Position, st.floats(21.0, 21.08), st.floats(105.76, 105.83))
parts = st.lists(ward_positions, min_size=2, max_size=30)
names = st.text("Phốạ Đường", min_size=1, max_size=24)
ward_lines = st.lists(st.builds(Line, st.lists(parts, min_size=1, max_size=3), name=names), max_size=8)
rings = st.lists(ward_positions, min_size=3, max_size=200).map(lambda ring: [*ring, ring[0]])


def places(positions):
    return [SimpleNamespace(position=position, title=str(n)) for n, position in enumerate(positions)]


def points_of(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def square(half: float) -> list[Position]:
    corners = [(-half, -half), (-half, half), (half, half), (half, -half), (-half, -half)]
    return [Position(21.03 + north, 105.79 + east) for north, east in corners]


@pytest.mark.parametrize("mistyped", [10.5788, 0.0, -105.788])
def test_a_position_with_a_mistyped_digit_draws_no_grid_of_thousands_of_lines(mistyped):
    drawn = WardMap.of(places([Position(21.03, 105.788), Position(21.03, mistyped)]))
    assert drawn.grid.count("M") < 20
    assert drawn.scale_length <= drawn.width / 3


@given(st.lists(ward_positions, max_size=25))
def test_every_marker_lies_whole_inside_the_drawing(positions):
    ward_map = WardMap.of(places(positions))
    for marker in ward_map.markers:
        assert MARKER_RADIUS <= marker.x <= ward_map.width - MARKER_RADIUS
        assert MARKER_RADIUS <= marker.y <= ward_map.height - MARKER_RADIUS


@given(st.lists(ward_positions, max_size=6), ward_lines)
def test_every_line_lies_inside_the_rim_and_is_short_to_write(positions, lines):
    ward_map = WardMap.of(places(positions), lines=lines)
    for x, y in points_of("".join(drawn.path for drawn in ward_map.lines)):
        assert RIM <= x <= ward_map.width - RIM
        assert RIM <= y <= ward_map.height - RIM
    assert sum(len(drawn.path) for drawn in ward_map.lines) <= 2100


@given(st.lists(ward_positions, max_size=12), ward_lines)
def test_a_name_covers_no_marker_and_no_other_name_and_stays_inside_the_rim(positions, lines):
    ward_map = WardMap.of(places(positions), lines=lines)
    labels = [drawn.label.box for drawn in ward_map.lines if drawn.label]
    for n, box in enumerate(labels):
        assert not any(box.overlaps(other) for other in labels[n + 1 :])
        assert not any(box.overlaps(marker.box) for marker in ward_map.markers)
        assert box.left >= RIM
        assert box.right <= ward_map.width - RIM
        assert box.top >= RIM
        assert box.bottom <= ward_map.height - RIM


def test_a_name_crosses_no_line_where_it_need_not():
    steep = Line([[Position(21.02, 105.79), Position(21.04, 105.7905)]], name="Phố Dốc")
    level = Line([[Position(21.03, 105.78), Position(21.03, 105.80)]], name="Phố Ngang")
    ward_map = WardMap.of([], lines=[steep, level])
    on_lines = dots_along(run for drawn in ward_map.lines for run in drawn.runs)
    for drawn in ward_map.lines:
        assert not any(map(drawn.label.box.overlaps, on_lines))


@given(st.lists(rings, min_size=1, max_size=6))
def test_a_boundary_lies_inside_the_rim_and_takes_at_most_4_kb(boundary):
    ward_map = WardMap.of([], boundary=boundary)
    for x, y in points_of(ward_map.boundary):
        assert RIM <= x <= ward_map.width - RIM
        assert RIM <= y <= ward_map.height - RIM
    assert len(ward_map.boundary) <= 4000


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


def test_nothing_known_shows_nothing():
    assert not WardMap.of(places([None])).shows_something
    assert WardMap.of([], boundary=[square(0.01)]).shows_something
    assert WardMap.of([], lines=[Line([square(0.01)])]).shows_something


@given(ward_positions, st.lists(ward_positions, max_size=5))
def test_where_it_is_seen_from_lies_inside_and_has_no_number(here, positions):
    ward_map = WardMap.of(places(positions), here=here)
    assert [marker.number for marker in ward_map.markers] == list(range(1, len(positions) + 1))
    assert MARKER_RADIUS <= ward_map.here.x <= ward_map.width - MARKER_RADIUS
    assert MARKER_RADIUS <= ward_map.here.y <= ward_map.height - MARKER_RADIUS
    for marker in ward_map.markers:
        assert math.dist((marker.x, marker.y), (ward_map.here.x, ward_map.here.y)) >= 2 * MARKER_RADIUS


def test_the_boundary_widens_the_view_but_never_so_far_that_the_places_stand_in_a_heap():
    two = places([Position(21.028, 105.79), Position(21.032, 105.79)])
    alone = WardMap.of(two).scale_length / WardMap.of(two).scale_m
    ward, province = (WardMap.of(two, boundary=[square(half)]) for half in (0.004, 0.5))
    assert ward.scale_length / ward.scale_m < alone
    assert province.scale_length / province.scale_m == pytest.approx(alone)
    # Its corners lie beyond the rim, where the template cuts it off.
    assert min(points_of(province.boundary))[0] < 0


@pytest.mark.parametrize("kind", LineKind)
def test_the_drawing_tells_the_kinds_of_lines_apart(kind):
    line = Line([[Position(21.03, 105.78), Position(21.03, 105.80)]], kind=kind, name="Phố <Mới>")
    html = render_to_string(
        "design/components/ward_map.html", {"ward_map": WardMap.of([], lines=[line], boundary=[square(0.02)])}
    )
    assert f"ward-map__line--{kind}" in html
    assert html.count("Phố &lt;Mới&gt;") == 2
    assert 'class="ward-map__boundary"' in html
