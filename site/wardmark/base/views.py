"""The site's own views beside the pages: search, link pictures, and the answers when something goes wrong."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet
from wagtail.views import serve

from wardmark.base.languages import anchor_of, content_languages
from wardmark.base.link_pictures import kept_picture, picture_address, version
from wardmark.base.listing import as_cards, closed_paths, listed, outside
from wardmark.base.models import BasePage
from wardmark.base.robots import noindex
from wardmark.base.routing import home_of, remember_route
from wardmark.base.search import LONGEST_QUERY, asked_for, find_pages

RESULTS = 30
SUGGESTIONS, FEWEST_LETTERS = 8, 2
# In seconds: typing the same letters again within that time asks nobody.
SUGGESTIONS_KEPT = 60


@noindex
def search(request: HttpRequest) -> HttpResponse:
    """List the site's live pages of the active language, open to everybody, that hold every word asked for."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = as_cards(find_pages(_searched(request), query, limit=RESULTS))
    context = {"query": query, "found": found, "sections": [] if found else _sections(request)}
    return render(request, "base/search.html", context)


@require_safe
@noindex
@cache_control(private=True, max_age=SUGGESTIONS_KEPT)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Name the pages that somebody may mean who has typed so far; none for fewer than two letters.

    As the search, but with titles and types alone, which are known without fetching each page.
    """
    query = request.GET.get("q", "")
    found = []
    if len(asked_for(query).replace(" ", "")) >= FEWEST_LETTERS:
        found = [page for page in find_pages(_searched(request), query, limit=SUGGESTIONS) if _is_ours(page)]
    said = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    options = [{"title": page.title, "kind": _kind(page), "url": page.get_url(request)} for page in found]
    return JsonResponse({"said": said if found else gettext("No suggestions"), "options": options})


def _searched(request: HttpRequest) -> PageQuerySet:
    """Return the open pages of this site in the active language, which is what a search looks through."""
    home = _home_of(request)
    if home is None:
        return Page.objects.none()
    return outside(Page.objects.live().descendant_of(home, inclusive=True), closed_paths())


def _sections(request: HttpRequest) -> list[Page]:
    """Return what stands right below the home page, for who found nothing."""
    home = _home_of(request)
    return list(listed(home.get_children()).order_by("path")) if home else []


def _home_of(request: HttpRequest) -> Page | None:
    site = Site.find_for_request(request)
    return home_of(site) if site else None


def _is_ours(page: Page) -> bool:
    return issubclass(page.specific_class or Page, BasePage)


def _kind(page: Page) -> str:
    return capfirst(str(page.specific_class._meta.verbose_name))


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page of the tree: Wagtail's own view, spared the walk down to it.

    Wagtail answers in Vietnamese under the address of a language that has no live home page. Such a visitor is led to
    where the page belongs, or to the home page that is next on the ladder.
    """
    try:
        remember_route(request, path)
        found = Page.route_for_request(request, path)
    except Http404:
        found = None
    if found is not None and found.page.locale.language_code == get_language():
        return serve(request, path)
    instead = found.page if found is not None and path else _home(request, path)
    address = instead.get_url(request) if instead else None
    if address is None:
        raise Http404
    return HttpResponseRedirect(f"{address}#{anchor_of(get_language())}")


def _home(request: HttpRequest, path: str) -> Page | None:
    site = None if path else Site.find_for_request(request)
    home = home_of(site) if site else None
    return home if home and home.locale.language_code != get_language() else None


@require_safe
@never_cache
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember the language that a visitor chose with the switch, and lead on to the address it stands for.

    A plain link, for the pages it stands on are kept and hold no token for a form. Nothing changes but a cookie of
    whoever asks, and not even that for a browser that only fetches ahead.
    """
    if language not in dict(content_languages()):
        raise Http404
    there = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure()):
        there = f"/{language}/"
    response = HttpResponseRedirect(iri_to_uri(there))
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def link_picture(request: HttpRequest, pk: int, mark: str) -> HttpResponse:
    """Send the picture of a page that is open to everybody; an older mark leads to the picture of today."""
    found = Page.objects.live().filter(pk=pk).select_related("locale").first()
    page = found and found.specific
    if not isinstance(page, BasePage) or not page.is_open():
        raise Http404
    with translation.override(page.locale.language_code):
        ward = page.own_ward()
        if ward is None:
            raise Http404
        if mark != version(page, ward):
            return HttpResponseRedirect(picture_address(page, ward))
        response = HttpResponse(kept_picture(page, ward), content_type="image/jpeg")
    response.headers["Cache-Control"] = settings.UPLOADS_CACHE_CONTROL
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without a database, a session or a template context: any of them may be what failed."""
    return render(None, "base/server_error.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "base/csrf_failure.html", status=403)


def no_page_action(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Close what Wagtail's admin API offers to do to a page: its admin uses none of it.

    It publishes, moves and deletes past the forms, hooks and locks that ask whether a page is ready, whom a plaque
    leads to and who has decided on a vendor's wish.
    """
    raise Http404
