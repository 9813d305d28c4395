from types import SimpleNamespace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.places import Position
from wardmark.plaques import plaque_map
from wardmark.plaques.models import PlaqueState
from wardmark.plaques.plaque_map import MOST_MARKERS, SIGNS, Box, PlaqueMap
from wardmark.plaques.whereabouts import Whereabouts

positions = st.builds(Position, st.floats(21.0, 21.08), st.floats(105.76, 105.83))


def mapped(places: list[Position], within: Box | None = None) -> PlaqueMap:
    plaques = [SimpleNamespace(pk=pk, state="installed", label="", printed_code=str(pk)) for pk in range(len(places))]
    at = {pk: Whereabouts(str(pk), None, None, position) for pk, position in enumerate(places)}
    with patch.object(plaque_map, "whereabouts", return_value=at):
        return PlaqueMap.of(plaques, within=within)


def drawn(shown: PlaqueMap) -> list[int]:
    return sorted(plaque.pk for marker in shown.markers for plaque in marker.page.plaques)


@given(st.lists(positions, min_size=1, max_size=200))
def test_every_plaque_is_in_exactly_one_marker_and_markers_stay_few(places):
    shown = mapped(places)
    assert drawn(shown) == list(range(len(places)))
    assert len(shown.markers) <= MOST_MARKERS


@given(st.lists(positions, min_size=MOST_MARKERS + 1, max_size=120))
def test_a_nearer_look_at_a_marker_shows_all_of_its_plaques(places):
    for marker in mapped(places).markers:
        nearer = mapped(places, within=Box.read(marker.page.box.as_text))
        assert {plaque.pk for plaque in marker.page.plaques} <= set(drawn(nearer))


def test_many_plaques_at_one_gate_share_a_marker_that_says_how_many():
    [marker] = mapped([Position(21.03, 105.79)] * 70).markers
    assert (marker.page.sign, marker.page.box.is_tiny) == ("70", True)


def test_no_two_states_share_both_shape_and_sign():
    assert len(set(SIGNS.values())) == len(PlaqueState)
