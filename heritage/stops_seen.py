"""Which stops of a trail a visitor sees: of each place the open page in the visitor's language or the next best."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Expression,
    F,
    Field,
    FloatField,
    IntegerField,
    OuterRef,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject
from wagtail.models import Locale, Page

from heritage.models.trails import TrailPage, TrailStop
from heritage.walking import OnTrail, Seen, Walk, walked
from media.models import Picture
from wardmark.base.geometry import parts_of
from wardmark.base.languages import ladder
from wardmark.base.lines import Line
from wardmark.base.listing import outside
from wardmark.base.models import BasePage, PlacePage
from wardmark.base.places import Position


def walk_on(trail: TrailPage) -> Walk:
    """Return a trail, live or in draft, with its stops in the trail's language or the nearest there is, and photos.

    Four queries, however many stops and kinds of places there are.
    """
    rows = [row for _place, row in _stops_seen(trail)]
    walk = Walk(trail, walked(rows))
    pictures = _pictures({stop.seen.photo_id for stop in walk.stops if stop.seen.photo_id})
    for stop in walk.stops:
        stop.photo = pictures.get(stop.seen.photo_id)
    return walk


def left_out(trail: TrailPage) -> list[Page]:
    """Return the places of a trail, live or in draft, that visitors do not see."""
    return [place for place, row in _stops_seen(trail) if row.page is None]


def _stops_seen(trail: TrailPage) -> list[tuple[Page, Seen]]:
    """Return the chosen place of each stop, and what a visitor sees of it. Two queries."""
    stops = list(trail.stops.all())
    found = _as_seen(Page.objects.filter(pk__in={stop.place_id for stop in stops}), "", trail)
    places = {page.pk: page for page in found}
    chosen = [(stop, places[stop.place_id]) for stop in stops if stop.place_id in places]
    return [(place, _seen(stop, place, "translation_key")) for stop, place in chosen]


def trails_through(place: PlacePage) -> list[OnTrail]:
    """Return where this place stands on each open trail that it is a stop of, in one query for all of them.

    A trail is given in the place's language, or the nearest there is.
    """
    through = outside(TrailPage.objects.live(), place.closed_to_some()).filter(
        stops__place__translation_key=place.translation_key
    )
    rows = (
        TrailStop.objects.filter(trail__in=through.values("pk")).select_related("trail__locale").defer("trail__story")
    )
    rows = _as_seen(rows.annotate(place_key=F("place__translation_key")), "place__", place)
    by_trail: dict[TrailPage, list[Seen]] = {}
    for row in rows.order_by("trail__path", "sort_order"):
        by_trail.setdefault(row.trail, []).append(_seen(row, row, "place_key"))
    walks = [Walk(trail, walked(by_trail[trail])) for trail in _in_best_language(by_trail, place)]
    here = [(walk, stop) for walk in walks for stop in walk.stops if stop.seen.key == place.translation_key]
    return [OnTrail(walk, stop) for walk, stop in here if len(walk.stops) > 1]


def _in_best_language(trails: Iterable[TrailPage], place: PlacePage) -> list[TrailPage]:
    rungs = ladder(place.locale.language_code)
    # A language that the site no longer has is on no rung.
    shown = [trail for trail in trails if trail.locale.language_code in rungs]
    best: dict[UUID, TrailPage] = {}
    for trail in sorted(shown, key=lambda trail: rungs.index(trail.locale.language_code)):
        best.setdefault(trail.translation_key, trail)
    return sorted(best.values(), key=lambda trail: trail.path)


def _pictures(keys: set[int]) -> dict[int, Picture]:
    return Picture.objects.prefetch_related("renditions").in_bulk(keys) if keys else {}


def _as_seen(rows: Any, to_place: str, page: BasePage) -> Any:
    """Annotate each row with `seen`: what a visitor of this page may see of the row's place, None for nothing.

    `to_place` leads from a row to its place. The page of the place that is seen is that in the visitor's language, else
    the nearest there is; what is not live, or closed to some, is not seen.
    """
    rungs = ladder(page.locale.language_code)
    translations = outside(Page.objects.live(), page.closed_to_some()).filter(
        translation_key=OuterRef(f"{to_place}translation_key"), locale__language_code__in=rungs
    )
    nearest = Case(
        *(When(locale__language_code=code, then=rung) for rung, code in enumerate(rungs)), output_field=IntegerField()
    )
    seen = JSONObject(
        pk=F("pk"),
        title=F("title"),
        url_path=F("url_path"),
        locale=F("locale_id"),
        code=F("locale__language_code"),
        # A copy that nobody has translated shows the words of its source.
        language=Coalesce(F("alias_of__locale__language_code"), F("locale__language_code")),
        latitude=_of_any_kind("latitude", FloatField()),
        longitude=_of_any_kind("longitude", FloatField()),
        summary=_of_any_kind("summary", TextField()),
        photo=_of_any_kind("photo_id", IntegerField()),
        line=_of_kinds({kind: kind.line_field for kind in PlacePage.kinds() if kind.line_field}, TextField()),
    )
    return rows.annotate(seen=Subquery(translations.order_by(nearest).values(json=seen)[:1]))


def _of_any_kind(field: str, output: Field) -> Expression:
    """Return a field that all kinds of places have, of whichever kind the row is."""
    return _of_kinds(dict.fromkeys(PlacePage.kinds(), field), output)


def _of_kinds(fields: dict[type[PlacePage], str], output: Field) -> Expression:
    own = [Cast(F(f"{kind._meta.model_name}__{field}"), output) for kind, field in fields.items()]
    nothing = Value(None, output_field=output)
    return Coalesce(*own, nothing, nothing, output_field=output)


def _seen(stop: TrailStop, row: Any, key: str) -> Seen:
    key, seen = getattr(row, key), row.seen
    if seen is None:
        return Seen(key, order=stop.sort_order)
    page = Page(
        pk=seen["pk"],
        title=seen["title"],
        url_path=seen["url_path"],
        locale=Locale(pk=seen["locale"], language_code=seen["code"]),
    )
    return Seen(
        key,
        page,
        _position(seen),
        seen["summary"] or "",
        seen["photo"],
        stop.way_on,
        stop.metres_on,
        stop.sort_order,
        seen["language"],
    )


def _position(seen: dict[str, Any]) -> Position | None:
    """As the page itself says it: the position somebody entered, else half way along its line."""
    if seen["latitude"] is not None and seen["longitude"] is not None:
        return Position(seen["latitude"], seen["longitude"])
    parts = parts_of(json.loads(seen["line"])) if seen["line"] else []
    return Line(parts).middle if parts else None
