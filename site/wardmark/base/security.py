"""Wagtail's own screens need a wider Content-Security-Policy than the public site."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class AdminContentSecurityPolicy:
    """Give the admin, and only the admin, `ADMIN_CONTENT_SECURITY_POLICY`.

    Stands inside CSPMiddleware, which writes the header from what is left on the response.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.admin_root = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.admin_root):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response
