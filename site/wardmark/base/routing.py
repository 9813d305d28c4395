"""From an address to its page in two queries, whatever the depth; Wagtail's own way asks two for each level."""

from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from wardmark.base.listing import closed_paths
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


def _page_at(path: str, *, site: Site | None) -> BasePage | None:
    root = _root_address(site)
    if root is None:
        return None
    address = root + "".join(f"{part}/" for part in path.split("/") if part)
    family, closed = _translations_at(address, root=root), closed_paths()
    found = next((page for page in family if page.url_path == address), None)
    model = found and found.cached_content_type.model_class()
    if not model or not issubclass(model, BasePage):
        return None
    page = model.objects.select_related("locale", *model.shown_together).filter(pk=found.pk).first()
    if page is not None:
        page.is_open_to_all = not page.path.startswith(closed)
        page.translations_found_with_it = [
            other for other in family if other.pk != page.pk and other.live and not other.path.startswith(closed)
        ]
    return page


def _root_address(site: Site | None) -> str | None:
    """Return the address, within the tree of pages, of the site's home page in the active language."""
    roots = _roots_of(site) if site else {}
    if site and site.root_page.url_path not in roots.values():
        # Kept by this process since before another one gave the site a new home page.
        Site.clear_site_root_paths_cache()
        roots = _roots_of(site)
    return roots.get(get_language())


def _roots_of(site: Site) -> dict[str, str]:
    return {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk}


def _translations_at(address: str, *, root: str) -> list[Page]:
    """Return the page of an address and its translations; none under a home in draft."""
    home_is_live = Exists(_at(root).filter(live=True))
    keys = _at(address).filter(home_is_live).values("translation_key")
    return list(Page.objects.filter(translation_key__in=keys).select_related("locale"))


def _at(address: str) -> PageQuerySet[Page]:
    # The slug has an index, the whole address has none.
    return Page.objects.filter(slug=address.rstrip("/").rpartition("/")[2], url_path=address)
