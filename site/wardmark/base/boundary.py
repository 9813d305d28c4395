"""How far a position lies outside the ward, and a word about it to whoever entered it."""

import math

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from wardmark.base.geometry import Parts
from wardmark.base.models import PlacePage, WardSettings
from wardmark.base.places import Position
from wardmark.base.projection import Point, Projection


def metres_outside(position: Position, rings: Parts) -> float:
    """Return the metres from a position to the nearest edge of an area, 0 for one inside it.

    `rings` are the outer edges and the holes of all parts of the area; who stands in a hole stands outside.
    """
    around = Projection(position, (0, 0), 1)
    edges = [
        (start, end)
        for ring in rings
        for points in [around.points(ring)]
        for start, end in zip(points, [*points[1:], points[0]], strict=True)
    ]
    # The position itself is (0, 0): a ray to the east meets the edges of an area an odd number of times from within.
    is_inside = sum(_meets_ray(start, end) for start, end in edges) % 2 == 1
    return 0 if is_inside else min((_distance(start, end) for start, end in edges), default=0)


def _meets_ray(start: Point, end: Point) -> bool:
    (x1, y1), (x2, y2) = start, end
    return (y1 > 0) != (y2 > 0) and x1 + (x2 - x1) * -y1 / (y2 - y1) > 0


def _distance(start: Point, end: Point) -> float:
    """Return how far (0, 0) is from a stretch of an edge."""
    (x1, y1), (x2, y2) = start, end
    along, up = x2 - x1, y2 - y1
    length = along * along + up * up
    share = max(0.0, min(1.0, -(x1 * along + y1 * up) / length)) if length else 0.0
    return math.hypot(x1 + share * along, y1 + share * up)


def warn_of_position(request: HttpRequest, page: Page) -> None:
    """Tell the editor of a place outside the ward's boundary how far out it lies; it is saved all the same."""
    if not isinstance(page, PlacePage) or page.position is None:
        return
    site = page.get_site() or Site.find_for_request(request)
    rings = WardSettings.for_site(site).boundary_rings if site else []
    metres = round(metres_outside(page.position, rings)) if rings else 0
    if metres:
        messages.warning(
            request,
            _("“%(title)s” lies %(metres)d m outside the ward’s boundary. Please check its position.")
            % {"title": page.title, "metres": metres},
        )
