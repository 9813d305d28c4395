import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.lines import Line, distance, fewest_points, half_way, kept_points
from wardmark.base.places import Position

runs = st.lists(st.tuples(st.floats(0, 360), st.floats(0, 300)), min_size=2, max_size=60)


@given(runs, st.floats(0.1, 40))
def test_no_point_is_farther_than_the_tolerance_from_what_is_kept(run, tolerance):
    kept = kept_points(run, tolerance)
    assert (kept[0], kept[-1]) == (0, len(run) - 1)
    for first, last in pairwise(kept):
        for n in range(first, last + 1):
            assert distance(run[n], run[first], run[last]) <= tolerance


@given(st.lists(runs, max_size=8), st.integers(2, 50))
def test_never_more_points_than_asked_for_and_none_of_their_own(many, most):
    simple = fewest_points(many, tolerance=0.5, most=most)
    assert sum(map(len, simple)) <= most
    assert {point for run in simple for point in run} <= {point for run in many for point in run}


def test_what_lies_on_one_straight_line_keeps_its_ends_alone():
    assert fewest_points([[(float(n), 2.0 * n) for n in range(5000)]], tolerance=0.5, most=100) == [
        [(0.0, 0.0), (4999.0, 9998.0)]
    ]


def test_a_closed_ring_keeps_its_corners_and_an_islet_too_small_to_see_goes():
    square = [(0.0, 0.0), (50.0, 0.1), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)]
    islet = [(200.0, 200.0), (200.2, 200.0), (200.2, 200.2), (200.0, 200.0)]
    assert fewest_points([square, islet], tolerance=0.5, most=100, least=4) == [[square[0], *square[2:]]]


def test_the_middle_of_a_line_is_half_its_way_not_half_its_points():
    bend = [Position(21.0, 105.0), Position(21.0, 105.0001), Position(21.0, 105.0002), Position(21.0, 105.01)]
    assert half_way(bend).longitude == pytest.approx(105.005, abs=1e-6)
    short = [Position(22.0, 105.0), Position(22.0, 105.001)]
    assert Line([short, bend]).middle == half_way(bend)


def test_a_line_that_turns_back_to_its_beginning_has_a_middle():
    there, back = Position(21.0, 105.0), Position(21.001, 105.0)
    assert math.isclose(half_way([there, back, there]).latitude, 21.001)
    assert half_way([there, there]) == there
