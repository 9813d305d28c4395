"""Taking a form from this site's own pages from a browser that keeps no cookies.

The mark against forged forms travels in a cookie, and whoever blocks cookies could report nothing. A browser that says
which page a form came from (the header Origin, which no other site can write) shows as well that it was one of ours.
Whoever says nothing, or names another site, still needs the mark.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


def from_own_pages(view: View) -> View:
    """Let forms in that came from a page of this site, or that carry the mark against forged ones.

    Only for views to which nobody need sign in: they do nothing in the name of whoever sends the form.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (view if _is_of_this_site(request) else protected)(request, *args, **kwargs)

    return guarded


def keeps_cookies(request: HttpRequest) -> bool:
    """Say whether a form came back with the cookie that its page had set."""
    return settings.CSRF_COOKIE_NAME in request.COOKIES


def _is_of_this_site(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
