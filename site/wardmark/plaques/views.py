"""What a scan opens."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from wardmark.base.languages import wished_languages, wishes
from wardmark.base.robots import noindex
from wardmark.plaques.answering import in_language
from wardmark.plaques.codes import InvalidCode, normalise
from wardmark.plaques.genuine import genuine
from wardmark.plaques.models import Plaque
from wardmark.plaques.own_scans import for_own_people
from wardmark.plaques.resolving import Answer, Destination, destination, elsewhere, open_pages
from wardmark.plaques.round.views import for_staff
from wardmark.plaques.routes import Route, find_route, kept_route
from wardmark.plaques.scans import is_by_a_person, record_scan

_TEMPLATES = {
    Answer.AWAY: "plaques/page_away.html",
    Answer.RETIRED: "plaques/retired.html",
    Answer.BLANK: "plaques/blank.html",
}


@require_safe
@noindex
@never_cache
@vary_on_headers("Accept-Language", "Cookie")
def resolve(request: HttpRequest, text: str) -> HttpResponse:
    """Answer a scan: 302 to the page in the visitor's language, or a page that helps without one.

    A code that was ever issued never answers with an error, whatever became of its plaque and its page.
    """
    wished = wishes(request)
    languages = wished.languages
    try:
        code = normalise(text.rstrip("/"))
    except InvalidCode:
        return _unknown(request, text, languages[0])
    answer = for_staff(request, code) or for_own_people(request, code)
    if answer is not None:
        return answer
    route = kept_route(code, request) or find_route(code, request)
    if route is None:
        return _unknown(request, text, languages[0])
    if isinstance(route, Route):
        # Looked up by id, never taken from the request: a short link cannot be made to lead elsewhere.
        language, address = route.towards(languages)
        response, plaque_id = HttpResponseRedirect(address + wished.anchor(language)), route.plaque_id
    else:
        language, plaque_id = languages[0], route.plaque.pk
        response = _without_page(request, route, language)
    if is_by_a_person(request):
        record_scan(plaque_id=plaque_id, language=language)
    return response


@require_safe
@noindex
@never_cache
@vary_on_headers("Accept-Language", "Cookie")
def enter_code(request: HttpRequest) -> HttpResponse:
    """Say whether a code typed by hand (`/q/?code=…`) is ours and whose, or ask for one."""
    languages = wished_languages(request)
    # The whole printed link may be pasted: the code is what stands last.
    typed = "".join(request.GET.get("code", "").split()).rstrip("/").rpartition("/")[2].strip(".")
    if not typed:
        return in_language(request, languages[0], "plaques/enter_code.html", {})
    try:
        plaque = Plaque.objects.select_related("photo", "replaced_by").with_code(typed)
    except InvalidCode:
        plaque = None
    found = plaque and destination(plaque)
    if not found or found.answer is not Answer.PAGE:
        # The resolver says all there is to say.
        return HttpResponseRedirect(reverse("plaques:resolve", args=[typed[:40]]))
    with translation.override(languages[0]):
        context = {"plaque": plaque, "page": found.page_in(languages), "genuine": genuine(plaque)}
    return in_language(request, languages[0], "plaques/genuine_answer.html", context)


def _unknown(request: HttpRequest, text: str, language: str) -> HttpResponse:
    return in_language(request, language, "plaques/unknown_code.html", {"typed": text[:40]}, status=404)


def _without_page(request: HttpRequest, found: Destination, language: str) -> HttpResponse:
    """Say what a code without a page has to say: retired and why, not given to a place yet, or closed at present."""
    plaque = found.plaque
    context = {
        "plaque": plaque,
        "name": plaque.remembered_name(language) or plaque.printed_code,
        "elsewhere": elsewhere(plaque, language),
    }
    if found.answer is Answer.RETIRED:
        # Its own place may well be open still.
        page = Destination(found.answer, plaque, open_pages(plaque)).page_in([language])
        context["page"] = page if page and page.get_url(request) else None
    return in_language(request, language, _TEMPLATES[found.answer], context)
