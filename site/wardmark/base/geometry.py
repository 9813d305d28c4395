"""Lines and areas as people enter them: GeoJSON from a drawing tool, or one "latitude, longitude" per line."""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wardmark.base.lines import kept_points
from wardmark.base.places import Position
from wardmark.base.projection import Projection, span_m

Parts = list[list[Position]]
GeoJson = dict[str, Any]

LONGEST_TEXT, MOST_POINTS = 1_000_000, 5_000
# No ward and no street is so wide: a figure has been mistyped.
WIDEST_M = 100_000
# In metres: what is left out when a drawing is stored, far below the width of a street.
PRECISION_M = 1.0
# About 10 cm.
DECIMALS = 6

_PAIR = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;]?\s*$")


class Shape(StrEnum):
    """What is asked for: the one or more lines of a street, or the one or more areas of a ward."""

    LINES = "lines"
    AREAS = "areas"


_TYPES = {Shape.LINES: ("LineString", "MultiLineString"), Shape.AREAS: ("Polygon", "MultiPolygon")}


def read_geometry(text: str, shape: Shape) -> GeoJson:
    """Return the shape that the text describes as a GeoJSON MultiLineString or MultiPolygon, without needless points.

    Raises ValidationError, which says what to put right, for anything else.
    """
    if len(text) > LONGEST_TEXT:
        raise ValidationError(_("This is too much text for one drawing: at most 1 MB."), code="long")
    if text.lstrip().startswith(("{", "[")):
        groups = list(_groups_of(_parsed(text), shape))
    elif shape is Shape.LINES:
        groups = [list(_pasted_lines(text))]
    else:
        raise ValidationError(_("Please paste GeoJSON: it begins with “{”."), code="format")
    parts = [part for group in groups for part in group]
    if not parts:
        raise ValidationError(_("There is no line or area in this text."), code="empty")
    _refuse_implausible(parts)
    in_metres = Projection(parts[0][0], (0, 0), 1)
    coordinates = [[_stored(part, in_metres) for part in group] for group in groups]
    if shape is Shape.LINES:
        return {"type": "MultiLineString", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}


def parts_of(geometry: GeoJson | None) -> Parts:
    """Return the lines, or the rings, of what `read_geometry` returned; nothing for None."""
    if not geometry:
        return []
    runs = geometry["coordinates"]
    if geometry["type"] == "MultiPolygon":
        runs = [ring for polygon in runs for ring in polygon]
    return [[Position(latitude, longitude) for longitude, latitude in run] for run in runs]


def as_text(geometry: GeoJson | None) -> str:
    """Return text from which `read_geometry` makes the same again: lines as pairs, areas as GeoJSON."""
    if not geometry:
        return ""
    if geometry["type"] == "MultiLineString":
        return "\n\n".join(
            "\n".join(f"{latitude}, {longitude}" for longitude, latitude in run) for run in geometry["coordinates"]
        )
    return json.dumps(geometry)


def _pasted_lines(text: str) -> Iterator[list[Position]]:
    """Read one position per line, latitude first; an empty line begins another part of the street."""
    run: list[Position] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            if run:
                yield _line(run)
            run = []
            continue
        found = _PAIR.match(line)
        if found is None:
            raise ValidationError(
                _("Line %(number)s: “%(text)s” is not a position. Write latitude, longitude: 21.030915, 105.788062."),
                code="format",
                params={"number": number, "text": line.strip()[:40]},
            )
        run.append(_position(float(found[1]), float(found[2]), written=line.strip()))
    if run:
        yield _line(run)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as reason:
        raise ValidationError(
            _("This GeoJSON cannot be read: it is incomplete or damaged. Please copy all of it again."), code="json"
        ) from reason


def _no_number(name: str) -> None:
    raise ValueError(name)


def _groups_of(data: Any, shape: Shape) -> Iterator[list[list[Position]]]:
    """Yield the areas, each with its outer ring and its holes; of lines, one group with all of them."""
    geometries = list(_geometries(data))
    if shape is Shape.LINES:
        yield [_line(_run(run)) for geometry in geometries for run in _runs(geometry, shape)]
        return
    for geometry in geometries:
        for polygon in _runs(geometry, shape):
            yield [_ring(_run(ring)) for ring in _listed(polygon)]


def _geometries(data: Any) -> Iterator[Any]:
    """Unwrap what drawing tools put around a geometry."""
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "FeatureCollection":
        for feature in _listed(data.get("features")):
            yield from _geometries(feature)
    elif kind == "Feature":
        yield data.get("geometry")
    else:
        yield data


def _runs(geometry: Any, shape: Shape) -> list[Any]:
    """Return the lines, or the polygons, of one geometry."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    single, several = _TYPES[shape]
    if kind not in (single, several):
        wanted = _("a line (LineString)") if shape is Shape.LINES else _("an area (Polygon)")
        raise ValidationError(
            _("Here belongs %(wanted)s; this is “%(kind)s”. Please delete everything else from the drawing."),
            code="type",
            params={"wanted": wanted, "kind": kind},
        )
    coordinates = _listed(geometry.get("coordinates"))
    return [coordinates] if kind == single else coordinates


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValidationError(_("This GeoJSON lacks a list of coordinates."), code="json")
    return value


def _run(value: Any) -> list[Position]:
    return [_pair(pair) for pair in _listed(value)]


def _pair(pair: Any) -> Position:
    numbers = [n for n in _listed(pair) if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) != len(pair) or not 2 <= len(pair) <= 3:
        raise ValidationError(
            _("“%(text)s” is not a position: it needs a longitude and a latitude."),
            code="position",
            params={"text": json.dumps(pair)[:40]},
        )
    return _position(numbers[1], numbers[0], written=json.dumps(pair)[:40])


def _position(latitude: float, longitude: float, *, written: str) -> Position:
    if -90 <= latitude <= 90 and -180 <= longitude <= 180:
        return Position(round(float(latitude), DECIMALS), round(float(longitude), DECIMALS))
    if -90 <= longitude <= 90 and -180 <= latitude <= 180:
        raise ValidationError(
            _(
                "%(text)s: latitude and longitude seem to have changed places. GeoJSON has the longitude first, "
                "a list of positions the latitude."
            ),
            code="order",
            params={"text": written},
        )
    raise ValidationError(
        _("%(text)s: a latitude lies between -90 and 90, a longitude between -180 and 180."),
        code="range",
        params={"text": written},
    )


def _line(run: list[Position]) -> list[Position]:
    if len(set(run)) < 2:
        raise ValidationError(_("A line needs at least two different positions."), code="short")
    return run


def _ring(run: list[Position]) -> list[Position]:
    if len(set(run)) < 3:
        raise ValidationError(_("An area needs at least three different corners."), code="short")
    if run[0] != run[-1]:
        raise ValidationError(_("An area must end where it began: its last position repeats the first."), code="open")
    return run


def _refuse_implausible(parts: Parts) -> None:
    positions = [position for part in parts for position in part]
    if len(positions) > MOST_POINTS:
        raise ValidationError(
            _("%(number)s positions are too many: at most %(most)s. A coarser drawing is enough."),
            code="many",
            params={"number": len(positions), "most": MOST_POINTS},
        )
    if span_m(positions) > WIDEST_M:
        raise ValidationError(
            _("These positions lie %(km)s km apart: one of them must be wrong."),
            code="far",
            params={"km": round(span_m(positions) / 1000)},
        )


def _stored(run: list[Position], in_metres: Projection) -> list[list[float]]:
    kept = kept_points(in_metres.points(run), PRECISION_M)
    if run[0] == run[-1] and len(kept) < 4:
        # A loop smaller than the precision would be left without an inside.
        kept = list(range(len(run)))
    return [[run[n].longitude, run[n].latitude] for n in kept]
