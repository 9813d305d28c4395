"""Addresses without a language lead to the visitor's language; addresses that have none on purpose do not."""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware


class LanguagePrefixMiddleware(LocaleMiddleware):
    """Django's own, but a view that was found and itself says 404 keeps its answer.

    Otherwise an unknown plaque code (`/q/…`) or a lost picture would be asked for again under `/vi/…`.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 404 and request.resolver_match is not None:
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)
