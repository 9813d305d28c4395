"""What the site does differently from Django's own middleware."""

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import activate, get_language, get_language_from_path

from wardmark.base.languages import wished_languages, wishes

TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


class GZipTextMiddleware(GZipMiddleware):
    """Django's own, but for text alone: photos, recordings and documents are packed already and only grow by it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        # A part is counted in the bytes of the file as it lies there.
        if response.status_code == 206 or not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)


class LanguagePrefixMiddleware(LocaleMiddleware):
    """Addresses without a language lead to the visitor's; but a view that was found and says 404 keeps its answer.

    Otherwise an unknown plaque code (`/q/…`) or a lost picture would be asked for again under `/vi/…`. Which language
    is the visitor's, `base.languages` says: Django would give Vietnamese to whoever wishes a language we lack.
    """

    def process_request(self, request: HttpRequest) -> None:
        activate(get_language_from_path(request.path_info) or wished_languages(request)[0])
        request.LANGUAGE_CODE = get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 404 and request.resolver_match is not None:
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response
        answer = super().process_response(request, response)
        if answer is not response:
            # Led on to an address with a language, perhaps not the one that was wished.
            answer.headers["Location"] += wishes(request).anchor(request.LANGUAGE_CODE)
        return answer
