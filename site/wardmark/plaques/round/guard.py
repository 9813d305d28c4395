"""Who gets the screens of the maintenance round: a signed-in person who may keep this very plaque."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from wardmark.base.languages import wished_languages
from wardmark.plaques.codes import InvalidCode
from wardmark.plaques.models import Plaque
from wardmark.plaques.rights import may

KeeperView = Callable[..., HttpResponse]


def carries_a_session(request: HttpRequest) -> bool:
    """Say whether somebody may be signed in; a visitor's request is told from it without asking the database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def for_keepers(view: KeeperView) -> KeeperView:
    """Hand the view its plaque where this person may keep it, in their language; lead others to the resolver.

    A form sent by somebody else, or after the sign-in has ended, is answered with 403 and says that nothing was saved.
    """

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @vary_on_headers("Accept-Language", "Cookie")
    def guarded(request: HttpRequest, text: str, **kwargs: Any) -> HttpResponse:
        language, back = wished_languages(request)[0], reverse("plaques:resolve", args=[text])
        with translation.override(language):
            plaque = _kept_plaque(request, text)
            if plaque is not None:
                response = view(request, plaque, **kwargs)
            elif request.method == "POST":
                response = refused(request, back)
            else:
                response = HttpResponseRedirect(back)
        response.headers["Content-Language"] = language
        return response

    return guarded


def refused(request: HttpRequest, back: str) -> HttpResponse:
    return render(request, "plaques/round/refused.html", {"back": back}, status=403)


def _kept_plaque(request: HttpRequest, text: str) -> Plaque | None:
    if not carries_a_session(request):
        return None
    try:
        plaque = Plaque.objects.select_related("photo").with_code(text)
    except InvalidCode:
        return None
    return plaque if plaque is not None and may(request.user, plaque) else None
