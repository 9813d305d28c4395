"""From an address to its page in two queries, whatever the depth; Wagtail's own way asks two for each level."""

from itertools import accumulate
from operator import attrgetter

from django.db.models import CharField, Exists, Value
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from wardmark.base.languages import content_languages, ladder
from wardmark.base.listing import closed_pages, with_copies
from wardmark.base.models import BasePage


def remember_route(request: HttpRequest, path: str) -> None:
    """Find the page for Wagtail's `Page.route_for_request`, which looks here first. Raises Http404 for a draft.

    What is not found at once (no page, or one below a type with routes of its own) is left to Wagtail.
    """
    page = _page_at(path, site=Site.find_for_request(request))
    if page is None:
        return
    if not page.live:
        raise Http404
    request._wagtail_route_for_request = page.route(request, [])


def home_of(site: Site) -> Page | None:
    """Return the site's live home page that is next on the ladder from the active language; None before it has one.

    It costs no query in the language of the site's own home page.
    """
    if root_address(site) == site.root_page.url_path and site.root_page.live:
        return site.root_page
    homes = site.root_page.get_translations(inclusive=True).live().select_related("locale")
    by_language = {home.locale.language_code: home for home in homes}
    return next((by_language[code] for code in ladder(get_language()) if code in by_language), None)


def _page_at(path: str, *, site: Site | None) -> BasePage | None:
    root = root_address(site)
    if root is None:
        return None
    address = root + "".join(f"{part}/" for part in path.split("/") if part)
    around = _found_around(address, root=root)
    family, closed = around["family"], with_copies(around["closed"])
    found = next((page for page in family if page.url_path == address), None)
    model = found and found.cached_content_type.model_class()
    if not model or not issubclass(model, BasePage):
        return None
    shown = model.objects.select_related("locale", *model.shown_together).prefetch_related(*model.shown_in_parts)
    page = shown.filter(pk=found.pk).first()
    if page is not None:
        page.is_open_to_all = not page.path.startswith(closed)
        page.closed_found_with_it = closed
        page.state_found_with_it = getattr(found, "translation_state", None)
        page.translations_found_with_it = [
            other for other in family if other.pk != page.pk and other.live and not other.path.startswith(closed)
        ]
        page.above_found_with_it = sorted((upper for upper in around["above"] if upper.live), key=attrgetter("path"))
    return page


def root_address(site: Site | None) -> str | None:
    """Return the address, within the tree of pages, of the site's home page in the active language."""
    roots = _roots_of(site) if site else {}
    if site and site.root_page.url_path not in roots.values():
        # Kept by this process since before another one gave the site a new home page.
        Site.clear_site_root_paths_cache()
        roots = _roots_of(site)
    return roots.get(get_language())


def _roots_of(site: Site) -> dict[str, str]:
    return {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk}


def home_pages(site: Site) -> list[Page]:
    """Return the live home pages of a site, one for each language it is served in."""
    # The pages of a language that the site no longer has stay in the database, but have no address.
    served = dict(content_languages())
    roots = [address for language, address in _roots_of(site).items() if language in served]
    return list(Page.objects.live().filter(url_path__in=roots).select_related("locale"))


def _found_around(address: str, *, root: str) -> dict[str, list[Page]]:
    """Return the page of an address with its translations, the pages above it, and all that is closed to some.

    Nothing but what is closed is found under a home in draft.
    """
    home_is_live = Exists(_at(root).filter(live=True))
    keys = _at(address).filter(home_is_live).values("translation_key")
    steps = address.removeprefix(root).split("/")[:-2]
    above = accumulate(steps, lambda upper, step: f"{upper}{step}/", initial=root) if address != root else ()
    asked = {
        "family": Page.objects.filter(translation_key__in=keys),
        "above": _at(*above),
        "closed": closed_pages(),
    }
    # One query of three parts rather than of conditions with “or”, so that each finds its index; a union has no order.
    parts = [
        pages.order_by()
        .select_related("locale", "translation_state")
        .annotate(found_as=Value(name, output_field=CharField()))
        for name, pages in asked.items()
    ]
    found: dict[str, list[Page]] = {name: [] for name in asked}
    for page in parts[0].union(*parts[1:], all=True):
        found[page.found_as].append(page)
    return found


def _at(*addresses: str) -> PageQuerySet[Page]:
    # The slug has an index, the whole address has none.
    slugs = {address.rstrip("/").rpartition("/")[2] for address in addresses}
    return Page.objects.filter(slug__in=slugs, url_path__in=addresses)
