"""What a page says to machines: JSON-LD in the words of schema.org.

A page type says what its page is about in `BasePage.structured_data`, built from the words here; this module puts the
page around it, with its language and the way that leads to it. Nothing here asks the database where the page came
through `base.routing`: all of it is known by then.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from media.models import Picture
from media.photos import CUTS, renditions
from wardmark.base.opening_hours import Span
from wardmark.base.places import Position

if TYPE_CHECKING:
    from wardmark.base.models import BasePage, WardSettings

Data = dict[str, Any]
CONTEXT = "https://schema.org"
COUNTRY = "VN"
# What would end the script element, begin a comment in it, or break a line where JavaScript's elder grammar forbids it.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def thing(kind: str, **known: Any) -> Data:
    """Return something of that type of schema.org; what is empty is not known, and left out."""
    return {"@type": kind} | {name: value for name, value in known.items() if value not in (None, "", [], {})}


def separated(names: str) -> list[str]:
    """Return the names of a field that has them with commas between."""
    return [name.strip() for name in names.split(",") if name.strip()]


def absolute(page: Page, address: str, request: HttpRequest | None = None) -> str:
    """Return an address of this site in full, under the host of Wagtail's site record, never that of a request."""
    parts = page.get_url_parts(request)
    return urljoin(parts[1], address) if parts and parts[1] else address


def postal_address(street: str, ward: "WardSettings") -> Data:
    """Return an address in the ward: the street as the page says it, then what the ward says of itself."""
    words = ward.wording
    return thing(
        "PostalAddress",
        streetAddress=street,
        addressLocality=words.name if words else "",
        addressRegion=words.city if words else "",
        addressCountry=COUNTRY,
    )


def coordinates(position: Position | None) -> Data | None:
    if position is None:
        return None
    return thing("GeoCoordinates", latitude=position.latitude, longitude=position.longitude)


def opening_hours(spans: Iterable[Span] | None) -> list[Data]:
    """Return the hours of a place; none where they are not known or their words were not understood."""
    return [
        thing(
            "OpeningHoursSpecification",
            dayOfWeek=[f"{CONTEXT}/{day}" for day in span.days],
            opens=f"{span.opens:%H:%M}",
            closes=f"{span.closes:%H:%M}",
        )
        for span in spans or ()
    ]


def image(page: Page, picture: Picture | None, request: HttpRequest) -> Data | None:
    """Return a photo as the page shows it."""
    made = renditions(picture, CUTS["page"].specs) if picture else None
    if not made:
        return None
    cut = CUTS["page"]
    rendition = made[cut.spec(cut.large, "webp")]
    return thing(
        "ImageObject",
        url=absolute(page, rendition.url, request),
        width=rendition.width,
        height=rendition.height,
        creditText=picture.credit,
    )


def item_list(pages: Iterable[Page], request: HttpRequest) -> Data:
    return thing("ItemList", itemListElement=_numbered(pages, request))


def search_action(page: Page, request: HttpRequest) -> Data:
    """Return how this site is searched."""
    template = f"{absolute(page, reverse('search'), request)}?q={{search_term_string}}"
    return thing("SearchAction", target=thing("EntryPoint", urlTemplate=template)) | {
        "query-input": "required name=search_term_string"
    }


def document(page: "BasePage", request: HttpRequest) -> SafeString:
    """Return the JSON-LD of a page, fit to stand in a script element; empty for a page that is closed to some.

    Of sample data machines are told that the page is there and is a draft: nobody vouches for what it says.
    """
    if not page.is_open():
        return mark_safe("")
    address = page.get_full_url(request)
    web_page = thing(
        page.web_page_type,
        url=address,
        name=page.title,
        inLanguage=page.locale.language_code,
        breadcrumb=_way_to(page, request),
    ) | {"@id": address}
    if page.is_illustrative:
        web_page["creativeWorkStatus"] = "Draft"
    else:
        web_page |= thing(
            page.web_page_type,
            description=page.search_description or page.summary,
            datePublished=page.first_published_at,
            dateModified=page.last_published_at,
            mainEntity=page.structured_data(request),
        )
    return as_script({"@context": CONTEXT} | web_page)


def as_script(data: Data) -> SafeString:
    """Return JSON that no browser reads as anything else, whatever stands in it."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - escaped right here


def _way_to(page: "BasePage", request: HttpRequest) -> Data | None:
    above = page.pages_above()
    return thing("BreadcrumbList", itemListElement=_numbered([*above, page], request)) if above else None


def _numbered(pages: Iterable[Page], request: HttpRequest) -> list[Data]:
    return [
        thing("ListItem", position=number, name=page.title, item=page.get_full_url(request))
        for number, page in enumerate(pages, start=1)
    ]
