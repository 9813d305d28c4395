"""Where each code leads, kept until anything changes: a scan asks the database only to be counted."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Page, Site

from wardmark.base.models import PlacePage
from wardmark.base.page_cache import pages_mark
from wardmark.base.standing import standing_query
from wardmark.plaques.models import Plaque
from wardmark.plaques.resolving import Destination, destination
from wardmark.plaques.whereabouts import page_positions

# In metres. A plaque nearer to its place than this changes no minute of a walk: its visitors share one kept page.
FAR_FROM_ITS_PLACE = 100


@dataclass(frozen=True, slots=True)
class Route:
    """A plaque, by its id, and the addresses it leads to by language, those of a live page."""

    plaque_id: int
    addresses: dict[str, str]

    def towards(self, languages: list[str]) -> tuple[str, str]:
        """Return (language, address) for the first of these languages that it has, else for any."""
        for language in languages:
            if language in self.addresses:
                return language, self.addresses[language]
        return next(iter(self.addresses.items()))


def kept_route(code: str, request: HttpRequest) -> Route | None:
    """Return the route of a code, already normalised, where it is kept since nothing changed."""
    key = _key(code, request)
    return cache.get(key) if key else None


def find_route(code: str, request: HttpRequest) -> Route | Destination | None:
    """Return the route of a code and keep it; the destination where it leads to no page; None for no code of ours."""
    # The key first: what changes while the route is looked up must not be kept under the new mark.
    key = _key(code, request)
    plaque = Plaque.objects.filter(code=code).select_related("replaced_by").first()
    if plaque is None:
        return None
    found = destination(plaque)
    addresses = _addresses(found, request)
    if not addresses:
        return found.without_pages()
    more = _where_it_stands(plaque, next(iter(found.pages.values())))
    route = Route(plaque.pk, {language: address + more for language, address in addresses.items()})
    if key:
        cache.set(key, route, settings.PAGE_CACHE_SECONDS)
    return route


def _key(code: str, request: HttpRequest) -> str | None:
    mark = pages_mark() if settings.PAGE_CACHE_SECONDS > 0 else None
    return mark and f"route-{mark}-{request.get_host()}-{code}"


def _addresses(found: Destination, request: HttpRequest) -> dict[str, str]:
    addresses = {language: _address(page, request) for language, page in found.pages.items()}
    return {language: address for language, address in addresses.items() if address}


def _where_it_stands(plaque: Plaque, page: Page) -> str:
    """Return what the page's address must say of the plaque's own position, which is nothing for nearly all."""
    if plaque.position is None or not issubclass(page.specific_class or Page, PlacePage):
        return ""
    place = page_positions({page.translation_key}).get(page.translation_key)
    if place is not None and plaque.position.distance_to(place) < FAR_FROM_ITS_PLACE:
        return ""
    return f"?{standing_query(plaque.position)}"


def _address(page: Page, request: HttpRequest) -> str | None:
    """Return the page's address; this process may still remember a home page's old place, so ask twice."""
    address = page.get_url(request)
    if address is None:
        Site.clear_site_root_paths_cache()
        address = page.get_url()
    return address
