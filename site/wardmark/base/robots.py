"""What robots are told: where the list of pages is, and what not to keep."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from wardmark.base.languages import content_languages

View = Callable[..., HttpResponse]


def noindex(view: View) -> View:
    """Let search engines follow what the view answers, but keep nothing of it."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Answer /robots.txt. Short links stay open to robots: a chat that shows one has to follow it to its page."""
    closed = [reverse("wagtailadmin_home")]
    for code, _name in content_languages():
        with translation.override(code):
            closed += [reverse("search"), reverse("portal:home")]
    site = Site.find_for_request(request)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in dict.fromkeys(closed))]
    if site is not None:
        lines += ["", f"Sitemap: {site.root_url}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
