"""What stands near a page, whatever kind it is."""

import math
from collections.abc import Iterable

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page

from wardmark.base.listing import listed, outside
from wardmark.base.places import Position
from wardmark.base.ward_map import WardMap


class Neighbour:
    """A page seen from somewhere: metres in a straight line and minutes on foot; None where a position is unknown."""

    def __init__(self, page: Page, position: Position | None, seen_from: Position | None):
        self.page = page
        self.position = position
        # Its number on the map beside the list; none while there is no map.
        self.map_number: int | None = None
        known = seen_from is not None and position is not None
        self.metres = round(seen_from.distance_to(position)) if known else None
        self.minutes = seen_from.walking_minutes_to(position) if known else None


def nearest(
    kinds: Iterable[type[Page]], page: Page, seen_from: Position, *, closed: Iterable[str], limit: int
) -> list[Neighbour]:
    """Return the pages of these kinds in the language of `page`, nearest to `seen_from` first, without `page` itself.

    Only what is live, has a position and stands outside the `closed` tree paths. One query, however many kinds and
    places there are: the pages know their title and address, which is all that is shown of them. The kinds' tables
    must not overlap, as `PlacePage.kind` gives them.
    """
    rows = [_placed(outside(listed(kind.objects.all()), closed), page, seen_from) for kind in kinds]
    neighbours = []
    for pk, title, url_path, latitude, longitude, _away in _nearest_of(rows)[:limit]:
        found = Page(pk=pk, title=title, url_path=url_path, locale=page.locale)
        neighbours.append(Neighbour(found, Position(float(latitude), float(longitude)), seen_from))
    return neighbours


def near_map(neighbours: list[Neighbour], seen_from: Position | None) -> WardMap | None:
    """Draw the neighbours, each told its number, around a position; None where there is nothing to draw."""
    if seen_from is None or not neighbours:
        return None
    return WardMap.of(neighbours, here=seen_from, height=220)


def _nearest_of(rows: list[QuerySet]) -> QuerySet:
    found = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return found.order_by("away", "pk")


def _placed(pages: QuerySet, page: Page, seen_from: Position) -> QuerySet:
    # On a plane that is stretched to this latitude: over a ward the order is that of the true distances.
    north = Cast("latitude", FloatField()) - seen_from.latitude
    east = (Cast("longitude", FloatField()) - seen_from.longitude) * math.cos(math.radians(seen_from.latitude))
    return (
        pages.filter(locale_id=page.locale_id, latitude__isnull=False, longitude__isnull=False)
        .exclude(pk=page.pk)
        .annotate(north=north, east=east)
        .annotate(away=F("north") * F("north") + F("east") * F("east"))
        # SQLite allows no order inside a union.
        .order_by()
        .values_list("pk", "title", "url_path", "latitude", "longitude", "away")
    )
