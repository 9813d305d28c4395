"""Which languages the site has, which of them a visitor wishes, and which wording to show."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


class HasLanguage(Protocol):
    language: str


Row = TypeVar("Row", bound=HasLanguage)


def content_languages() -> list[tuple[str, str]]:
    """Return (code, own name) of each language of the site, the source language first."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def source_language() -> str:
    """Return the code of the language everything is written in first."""
    return settings.LANGUAGE_CODE


def wished_languages(request: HttpRequest) -> list[str]:
    """Return the site's languages in the order this visitor wishes them; the source language is always last resort.

    `?language=`, the language switch of addresses that carry none, comes first. Then the quality values of
    Accept-Language decide (RFC 9110, 12.5.4); a language of weight 0 is not acceptable.
    """
    asked = request.GET.get("language", "")
    wished = [asked] if asked in dict(content_languages()) else []
    for accepted, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if accepted == "*" or not weight:
            continue
        try:
            language = get_supported_language_variant(accepted)
        except LookupError:
            continue
        if language not in wished:
            wished.append(language)
    if source_language() not in wished:
        wished.append(source_language())
    return wished


def in_language(rows: Iterable[Row], language: str | None = None) -> Row | None:
    """Return the row in that language (default: the active one), else in the source language, else any, else None."""
    by_language = {row.language: row for row in rows}
    for wished in (language or get_language() or "", source_language()):
        if wished in by_language:
            return by_language[wished]
    return next(iter(by_language.values()), None)
