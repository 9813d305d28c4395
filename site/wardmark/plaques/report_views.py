"""A visitor's one tap: pasted over, damaged, missing. No sign-in, no token, nothing kept of whoever tapped.

Why this POST asks for no CSRF token: docs/decisions/0013-one-tap-reports.md.
"""

from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from wardmark.base.languages import content_languages, wished_languages
from wardmark.base.unseen_field import was_filled_in
from wardmark.plaques.answering import in_language
from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.genuine import genuine
from wardmark.plaques.models import FROM_VISITORS, AlertKind, Plaque
from wardmark.plaques.resolving import destination
from wardmark.plaques.tapping import is_from_our_own_page, tap

PlaqueView = Callable[[HttpRequest, Plaque], HttpResponse]


def _of_a_plaque(view: PlaqueView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Hand the view the plaque of the code in the address; the resolver answers for what is no code of ours."""

    @wraps(view)
    def found(request: HttpRequest, text: str) -> HttpResponse:
        try:
            plaque = Plaque.objects.with_code(text)
        except InvalidCode:
            plaque = None
        return view(request, plaque) if plaque else HttpResponseRedirect(reverse("plaques:resolve", args=[text]))

    return found


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("Accept-Language", "Cookie")
@_of_a_plaque
def report(request: HttpRequest, plaque: Plaque) -> HttpResponse:
    """Take one tap and thank for it; else offer the buttons, on a page of their own."""
    if request.method != "POST":
        return _say(request, plaque, "plaques/report.html")
    kind = request.POST.get("kind", "")
    if not is_from_our_own_page(request):
        return _say(request, plaque, "plaques/report.html", status=403)
    if kind not in FROM_VISITORS:
        return _say(request, plaque, "plaques/report.html", status=400)
    if was_filled_in(request):
        return _say(request, plaque, "plaques/report.html", status=422, is_to_be_sent_again=True)
    try:
        tap(plaque=plaque, kind=AlertKind(kind))
    except DatabaseError:
        return _say(request, plaque, "plaques/report.html", status=503, is_to_be_sent_again=True)
    thanks = reverse("plaques:thanks", args=[plaque.code])
    language = request.POST.get("language", "")
    return HttpResponseRedirect(f"{thanks}?language={language}" if language in dict(content_languages()) else thanks)


@require_safe
@never_cache
@vary_on_headers("Accept-Language", "Cookie")
@_of_a_plaque
def thanks(request: HttpRequest, plaque: Plaque) -> HttpResponse:
    return _say(request, plaque, "plaques/thanks.html")


def _say(
    request: HttpRequest, plaque: Plaque, template: str, *, status: int = 200, is_to_be_sent_again: bool = False
) -> HttpResponse:
    languages = wished_languages(request)
    with translation.override(languages[0]):
        context = {
            "plaque": plaque,
            "name": plaque.remembered_name() or plaque.printed_code,
            "page": destination(plaque).page_in(languages),
            "genuine": genuine(plaque),
            "is_to_be_sent_again": is_to_be_sent_again,
        }
    return in_language(request, languages[0], template, context, status=status)
