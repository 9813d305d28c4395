import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from heritage.walking import Leg, Seen, Walk, distance_words, walked
from wardmark.base.places import Position

HERE, NORTH, EAST = Position(21.0358, 105.8022), Position(21.0384, 105.8022), Position(21.0358, 105.8054)


# A page without a key would ask the database for its type.
A_PAGE = {"pk": 1, "title": "Đình"}


def stop(position: Position | None = HERE, *, seen: bool = True, **fields) -> Seen:
    return Seen(uuid.uuid4(), Page(**A_PAGE) if seen else None, position, **fields)


positions = st.none() | st.builds(
    Position, st.floats(20.9, 21.1, allow_nan=False), st.floats(105.7, 105.9, allow_nan=False)
)
rows = st.lists(
    st.builds(
        stop,
        positions,
        seen=st.booleans(),
        way_on=st.sampled_from(["", "theo phố"]),
        metres_on=st.none() | st.integers(1, 10_000),
    ),
    max_size=20,
)


@given(rows)
def test_stops_that_are_shown_keep_their_order_and_are_numbered_without_a_gap(rows):
    stops = walked(rows)
    assert [one.seen for one in stops] == [row for row in rows if row.page is not None]
    assert [one.number for one in stops] == list(range(1, len(stops) + 1))
    assert [one.leg is None for one in stops] == [one is stops[-1] for one in stops]


@given(rows)
def test_every_leg_is_as_somebody_walked_it_or_straight_or_unknown(rows):
    for one, other in pairwise(walked(rows)):
        follows = rows.index(other.seen) == rows.index(one.seen) + 1
        both_placed = one.seen.position is not None and other.seen.position is not None
        if follows and one.seen.metres_on is not None:
            assert (one.leg.metres, one.leg.is_straight) == (one.seen.metres_on, False)
        elif both_placed:
            assert one.leg.is_straight
            assert abs(one.leg.metres - one.seen.position.distance_to(other.seen.position)) <= 5
        else:
            assert (one.leg.metres, one.leg.minutes) == (None, None)
        assert one.leg.minutes is None or one.leg.minutes >= 1
        assert one.leg.way_on == (one.seen.way_on if follows else "")


@given(rows)
def test_the_whole_is_the_sum_of_what_is_known(rows):
    walk = Walk(None, walked(rows))
    known = [leg for leg in walk.legs if leg.metres is not None]
    assert walk.unknown_legs == len(walk.legs) - len(known)
    assert walk.minutes == sum(leg.minutes for leg in known)
    assert bool(walk.distance) == bool(known)


@given(rows)
def test_the_map_has_the_numbers_of_the_list_and_joins_only_neighbours_with_a_position(rows):
    walk = Walk(None, walked(rows))
    drawn = walk.drawn()
    placed = {one.number for one in walk.stops if one.seen.position}
    assert {marker.number for marker in drawn.markers} == placed
    assert {page.title for page in drawn.unplaced} == ({"Đình"} if len(placed) < len(walk.stops) else set())
    assert bool(drawn.lines) <= any(n in placed and n + 1 in placed for n in placed)


def test_an_unplaced_stop_leaves_a_gap_in_the_line():
    [line] = Walk(None, walked([stop(HERE), stop(NORTH), stop(None), stop(EAST), stop(HERE)])).drawn().lines
    assert [len(part) for part in line.line.parts] == [2, 2]


def test_a_place_met_twice_is_shown_where_it_is_met_first():
    one, other = stop(), stop()
    assert [row.seen for row in walked([one, other, one])] == [one, other]


def test_where_the_next_stop_is_left_out_the_way_to_it_is_not_told():
    [leg, _last] = [
        one.leg for one in walked([stop(HERE, way_on="theo phố", metres_on=90), stop(seen=False), stop(NORTH)])
    ]
    assert leg == Leg(290, 5, is_straight=True)


def test_the_way_to_a_place_met_before_is_not_told_of_another():
    one, other, third = stop(), stop(NORTH, way_on="theo phố", metres_on=90), stop(EAST)
    [_way_to_the_other, leg, _last] = [row.leg for row in walked([one, other, one, third])]
    assert leg.is_straight
    assert leg.way_on == ""


def test_the_way_to_a_deleted_stop_is_not_told_of_the_one_behind_it():
    [leg, _last] = [
        one.leg for one in walked([stop(HERE, way_on="theo phố", metres_on=90, order=1), stop(NORTH, order=3)])
    ]
    assert leg == Leg(290, 5, is_straight=True)


def test_minutes_of_a_walked_leg_need_no_detour():
    assert walked([stop(metres_on=220), stop()])[0].leg.minutes == 3


@pytest.mark.parametrize(
    ("metres", "is_straight", "said"),
    [
        (None, True, ""),
        (220, False, "220 m"),
        (999, False, "999 m"),
        (1240, False, "1,2 km"),
        (450, True, "450 m"),
    ],
)
def test_distances_are_said_in_metres_and_kilometres_and_straight_ones_as_such(metres, is_straight, said):
    words = distance_words(metres, is_straight=is_straight)
    assert words.startswith(said)
    assert (words != said) == is_straight * bool(said)
