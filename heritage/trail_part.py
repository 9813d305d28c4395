"""What the page of a place says of the trails it is on: the plaque knows where it is."""

from django.http import HttpRequest

from heritage.stops_seen import trails_through
from wardmark.base.models import PlacePage
from wardmark.base.page_parts import PagePart


def trail_part(page: PlacePage, request: HttpRequest) -> PagePart | None:
    """Return the part of a place's page that leads along its trails; None where it is on none."""
    trails = trails_through(page)
    if not trails:
        return None
    return PagePart("heritage/_on_trails.html", trails, line="heritage/_on_trails_line.html", below_story=True)
