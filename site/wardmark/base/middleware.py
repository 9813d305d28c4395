"""What the site does differently from Django's own middleware."""

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware

TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


class GZipTextMiddleware(GZipMiddleware):
    """Django's own, but for text alone: photos, recordings and documents are packed already and only grow by it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)


class LanguagePrefixMiddleware(LocaleMiddleware):
    """Addresses without a language lead to the visitor's; but a view that was found and says 404 keeps its answer.

    Otherwise an unknown plaque code (`/q/…`) or a lost picture would be asked for again under `/vi/…`.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 404 and request.resolver_match is not None:
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)
