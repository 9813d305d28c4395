"""Where somebody goes on to after signing in or showing who it is: back where they came from, never to another site."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def wished(request: HttpRequest) -> str:
    """Return the address of this site that the form or the address names as `next`; empty for any other."""
    address = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


def onward(request: HttpRequest) -> str:
    """Return it, else where everybody goes who has signed in."""
    return wished(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
