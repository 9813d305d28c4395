"""Links that open a place in a map app; nothing is asked of anybody before one is tapped."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from wardmark.base.places import Position


@dataclass(frozen=True, slots=True)
class MapLink:
    """An app, or the kind of phone whose own app it opens."""

    name: str
    url: str


def map_links(position: Position, label: str) -> list[MapLink]:
    """Return the links to a position that the app, where it can, calls by this label."""
    return [
        MapLink("Google Maps", position.directions_url),
        MapLink("Apple Maps", apple_maps_url(position)),
        MapLink(_("Another map app (Android)"), geo_uri(position, label)),
    ]


def apple_maps_url(position: Position) -> str:
    """Return a link to the way there on foot: an iPhone opens its own app, any other device a page."""
    query = urlencode({"daddr": _pair(position), "dirflg": "w"}, safe=",")
    return f"https://maps.apple.com/?{query}"


def geo_uri(position: Position, label: str) -> str:
    """Return a geo: URI (RFC 5870) with Android's own query, which carries the label; iPhones know neither."""
    return f"geo:{_pair(position)}?q={_pair(position)}({quote(label, safe='')})"


def _pair(position: Position) -> str:
    # Never in the notation of powers of ten, which apps do not read.
    return f"{position.latitude:.6f},{position.longitude:.6f}"
