"""The site as `make demo` serves it, with one more address: a bare view that answers a constant 302.

Settings and addresses of the resolver's bench, and of nothing else.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from wardmark.settings.base import *

ROOT_URLCONF = "tests.bench.resolver_site"


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/vi/")


def __getattr__(name: str):
    # The site's addresses can be read only once these settings are.
    if name != "urlpatterns":
        raise AttributeError(name)
    from wardmark.urls import urlpatterns

    return [path("bare/", bare), *urlpatterns]
