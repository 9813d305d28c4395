"""What a scan opens."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from wagtail.models import Page, Site

from wardmark.base.languages import wished_languages
from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.models import Plaque
from wardmark.plaques.resolving import elsewhere, live_page
from wardmark.plaques.scans import is_by_a_person, record_scan


@require_safe
@never_cache
@vary_on_headers("Accept-Language")
def resolve(request: HttpRequest, text: str) -> HttpResponse:
    """Answer a scan: 302 to the page in the visitor's language, or a page that helps without one."""
    languages = wished_languages(request)
    try:
        plaque = Plaque.objects.with_code(text.rstrip("/"))
    except InvalidCode:
        plaque = None
    if plaque is None:
        return _in_language(request, languages[0], "plaques/unknown_code.html", {"typed": text[:40]}, status=404)

    page = live_page(plaque, languages)
    # Looked up by id, never taken from the request: a short link cannot be made to lead elsewhere.
    address = page and _address(page, request)
    response = HttpResponseRedirect(address) if address else _page_away(request, plaque, languages[0])
    if is_by_a_person(request):
        record_scan(plaque=plaque, language=page.locale.language_code if page else languages[0])
    return response


@require_safe
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take a code typed by hand (`/q/?code=…`) to its resolver, or ask for one."""
    # The whole printed link may be pasted: the code is what stands last.
    typed = "".join(request.GET.get("code", "").split()).rstrip("/").rpartition("/")[2].strip(".")
    if typed:
        return HttpResponseRedirect(reverse("plaques:resolve", args=[typed[:40]]))
    return _in_language(request, wished_languages(request)[0], "plaques/enter_code.html", {})


def _address(page: Page, request: HttpRequest) -> str | None:
    """Return the page's address; this process may still remember a home page's old place, so ask twice."""
    address = page.get_url(request)
    if address is None:
        Site.clear_site_root_paths_cache()
        address = page.get_url()
    return address


def _page_away(request: HttpRequest, plaque: Plaque, language: str) -> HttpResponse:
    context = {
        "plaque": plaque,
        "name": plaque.remembered_name(language) or plaque.printed_code,
        "elsewhere": elsewhere(plaque, language),
    }
    return _in_language(request, language, "plaques/page_away.html", context)


def _in_language(
    request: HttpRequest, language: str, template: str, context: dict, *, status: int = 200
) -> HttpResponse:
    """Render in the visitor's language: these addresses carry none."""
    with translation.override(language):
        response = render(request, template, context, status=status)
    response.headers["Content-Language"] = language
    return response
