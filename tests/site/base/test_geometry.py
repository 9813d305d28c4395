import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.geometry import MOST_POINTS, Shape, as_text, parts_of, read_geometry
from wardmark.base.places import Position

STREET = [[105.785, 21.03], [105.786, 21.031], [105.7875, 21.0312]]
WARD = [[105.78, 21.02], [105.80, 21.02], [105.80, 21.04], [105.78, 21.04], [105.78, 21.02]]
HOLE = [[105.785, 21.025], [105.786, 21.025], [105.786, 21.026], [105.785, 21.025]]


def geojson(kind: str, coordinates) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates})


def drawn(*geometries: dict) -> str:
    """What a drawing tool such as geojson.io exports."""
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features})


def fault(text: str, shape: Shape) -> str:
    with pytest.raises(ValidationError) as refused:
        read_geometry(text, shape)
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        geojson("LineString", STREET),
        geojson("MultiLineString", [STREET]),
        geojson("LineString", [[*pair, 12.5] for pair in STREET]),
        drawn({"type": "LineString", "coordinates": STREET}),
        json.dumps({"type": "Feature", "geometry": {"type": "LineString", "coordinates": STREET}}),
        "21.03, 105.785\n21.031, 105.786\n21.0312, 105.7875",
        "  21.03 105.785 \r\n21.031;105.786\n21.0312,\t105.7875,\n\n",
    ],
)
def test_a_street_may_be_pasted_in_any_of_these_ways(text):
    assert read_geometry(text, Shape.LINES) == {"type": "MultiLineString", "coordinates": [STREET]}


def test_an_empty_line_and_a_second_line_of_the_drawing_begin_another_part():
    other = [[105.79, 21.03], [105.791, 21.03]]
    both = {"type": "MultiLineString", "coordinates": [STREET, other]}
    pasted = as_text(both)
    assert pasted.count("\n\n") == 1
    assert read_geometry(pasted, Shape.LINES) == both
    lines = [{"type": "LineString", "coordinates": run} for run in (STREET, other)]
    assert read_geometry(drawn(*lines), Shape.LINES) == both
    assert [len(part) for part in parts_of(both)] == [3, 2]
    assert parts_of(both)[1][0] == Position(21.03, 105.79)


def test_a_ward_of_several_areas_keeps_its_holes():
    island = [[105.81, 21.02], [105.82, 21.02], [105.82, 21.03], [105.81, 21.02]]
    whole = {"type": "MultiPolygon", "coordinates": [[WARD, HOLE], [island]]}
    assert read_geometry(json.dumps(whole), Shape.AREAS) == whole
    polygons = [{"type": "Polygon", "coordinates": rings} for rings in whole["coordinates"]]
    assert read_geometry(drawn(*polygons), Shape.AREAS) == whole
    assert len(parts_of(whole)) == 3


@pytest.mark.parametrize(
    ("text", "shape", "code"),
    [
        ("phố Duy Tân", Shape.LINES, "format"),
        ("21.03, 105.785\n21,031, 105,786", Shape.LINES, "format"),
        ("105.785, 21.03\n105.786, 21.031", Shape.LINES, "order"),
        ("21.03, 195.785\n21.031, 195.786", Shape.LINES, "range"),
        ("21.03, 105.785", Shape.LINES, "short"),
        ("21.03, 105.785\n12.03, 105.785", Shape.LINES, "far"),
        ("\n \n", Shape.LINES, "empty"),
        (geojson("LineString", [[21.03, 105.785], [21.031, 105.786]]), Shape.LINES, "order"),
        (geojson("LineString", [[105.785, 21.03], [105.785, 21.03]]), Shape.LINES, "short"),
        (geojson("LineString", [[105.785, 21.03], ["105.7", 21.03]]), Shape.LINES, "position"),
        (geojson("LineString", [[105.785, 21.03], [True, 21.03]]), Shape.LINES, "position"),
        (geojson("LineString", [[105.785, 21.03], [105.785]]), Shape.LINES, "position"),
        (geojson("LineString", [[105.785, 21.03], 7]), Shape.LINES, "json"),
        (geojson("Polygon", [WARD]), Shape.LINES, "type"),
        (drawn({"type": "LineString", "coordinates": STREET}, {"type": "Point", "coordinates": [1, 2]}),
         Shape.LINES, "type"),
        (drawn(), Shape.LINES, "empty"),
        ('{"type": "LineString", "coordinates": [[NaN, 21.03], [105.7, 21.03]]}', Shape.LINES, "json"),
        ('{"type": "LineString", "coordinates": [[105.785, 21.03', Shape.LINES, "json"),
        ('{"type": "LineString"}', Shape.LINES, "json"),
        ("[" * 100_000, Shape.LINES, "json"),
        ("[]", Shape.LINES, "type"),
        ('{"type": "FeatureCollection", "features": [null]}', Shape.LINES, "type"),
        (geojson("Polygon", [WARD[:-1]]), Shape.AREAS, "open"),
        (geojson("Polygon", [[WARD[0], WARD[1], WARD[0]]]), Shape.AREAS, "short"),
        (geojson("LineString", STREET), Shape.AREAS, "type"),
        ("21.03, 105.785\n21.031, 105.786", Shape.AREAS, "format"),
        ("x" * 1_000_001, Shape.AREAS, "long"),
        (geojson("LineString", [[105.78 + n / 1e6, 21.03] for n in range(MOST_POINTS + 1)]), Shape.LINES, "many"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_its_reason(text, shape, code):
    assert fault(text, shape) == code


def test_a_refusal_names_the_line_it_is_about():
    with pytest.raises(ValidationError) as refused:
        read_geometry("21.03, 105.785\n21.031, 105.785\nngã tư\n", Shape.LINES)
    [message] = refused.value.messages
    assert "3" in message
    assert "ngã tư" in message


def test_points_that_change_nothing_are_left_out():
    straight = [[round(105.78 + n / 100_000, 5), 21.03] for n in range(2000)]
    stored = read_geometry(geojson("LineString", straight), Shape.LINES)
    assert stored["coordinates"] == [[straight[0], straight[-1]]]


coordinates = st.tuples(st.floats(105.77, 105.81), st.floats(21.01, 21.05)).map(list)
several = st.lists(st.lists(coordinates, min_size=2, max_size=30), min_size=1, max_size=4)


@given(several)
def test_what_is_shown_to_the_editor_is_read_back_as_the_same(lines):
    try:
        stored = read_geometry(geojson("MultiLineString", lines), Shape.LINES)
    except ValidationError as refused:
        assert refused.code == "short"  # noqa: PT017 - hypothesis may draw one point twice
        return
    assert read_geometry(as_text(stored), Shape.LINES) == stored


@given(st.text(alphabet='{}[]",:0123456789. -\n"typecordinas', max_size=200), st.sampled_from(Shape))
def test_no_text_breaks_it(text, shape):
    try:
        stored = read_geometry(text, shape)
    except ValidationError:
        return
    assert parts_of(stored)
