"""The site's own views beside the pages: search, and the answers when something goes wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, Site
from wagtail.views import serve

from wardmark.base.listing import as_cards, closed_paths, outside
from wardmark.base.routing import remember_route
from wardmark.base.search import LONGEST_QUERY, find_pages

RESULTS = 30


def search(request: HttpRequest) -> HttpResponse:
    """List the site's live pages of the active language, open to everybody, that hold every word asked for."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    site = Site.find_for_request(request)
    pages = Page.objects.live().descendant_of(site.root_page.localized, inclusive=True) if site else Page.objects.none()
    found = as_cards(find_pages(outside(pages, closed_paths()), query, limit=RESULTS))
    return render(request, "base/search.html", {"query": query, "found": found})


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page of the tree: Wagtail's own view, spared the walk down to it."""
    remember_route(request, path)
    return serve(request, path)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "base/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without a database, a session or a template context: any of them may be what failed."""
    return render(None, "base/server_error.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "base/csrf_failure.html", status=403)
