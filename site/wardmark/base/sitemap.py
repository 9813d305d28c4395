"""All open pages of the site with their translations, for search engines."""

from collections import defaultdict

from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from wardmark.base.languages import content_languages
from wardmark.base.link_cards import with_default
from wardmark.base.listing import closed_paths, outside
from wardmark.base.routing import home_pages


class WardSitemap(Sitemap):
    """Wagtail's own for the pages of every language; copies that wait for their translation are left out."""

    def items(self) -> list[Page]:
        homes = home_pages(self.get_wagtail_site())
        below = Page.objects.none()
        for home in homes:
            below |= Page.objects.descendant_of(home, inclusive=True)
        open_pages = outside(below.live().filter(alias_of__isnull=True), closed_paths())
        pages = list(open_pages.order_by("path").specific(defer=True))
        # Made specific, a page forgets its locale, and would ask for it one by one.
        locales = {home.locale_id: home.locale for home in homes}
        for page in pages:
            page.locale = locales[page.locale_id]
        return pages

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict]:
        pages = self.paginator
        addresses = self._addresses(pages.object_list)
        urls = []
        for item in pages.page(page).object_list:
            own = addresses[item.translation_key]
            alternates = [{"lang_code": code, "location": address} for code, address in with_default(own)]
            for url in item.get_sitemap_urls(self.request):
                urls.append(url | {"alternates": alternates if len(own) > 1 else []})
        if changed := [url["lastmod"] for url in urls if url.get("lastmod")]:
            self.latest_lastmod = max(changed)
        return urls

    def _addresses(self, items: list[Page]) -> dict[str, dict[str, str]]:
        """Return for each page, by the key of its translations, where it is in which language."""
        order = [code for code, _name in content_languages()]
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for item in sorted(items, key=lambda item: order.index(item.locale.language_code)):
            found[item.translation_key][item.locale.language_code] = self.location(item)
        return found


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    return sitemap(request, {"pages": WardSitemap(request)})
