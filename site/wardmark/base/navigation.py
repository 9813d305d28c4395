"""The language switch: where this page is in each language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page

from wardmark.base.languages import content_languages


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the switch. `title` is the page's name in that language, empty for pages without a name."""

    language: str
    name: str
    url: str
    is_current: bool
    title: str = ""


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """Return the links for a page that is no Wagtail page: the same view under each language's address."""
    active = get_language()
    return [LanguageLink(code, name, _in_language(request, code), code == active) for code, name in content_languages()]


def _in_language(request: HttpRequest, code: str) -> str:
    """Return this view's address in a language; one that carries none (`/q/…`) is asked with `?language=`."""
    here = request.get_full_path()
    there = translate_url(here, code)
    if there != here or get_language_from_path(request.path_info):
        return there
    query = request.GET.copy()
    query["language"] = code
    return f"{request.path}?{query.urlencode()}"


def page_language_links(page: Page, translations: Iterable[Page], request: HttpRequest | None) -> list[LanguageLink]:
    """Return the links to a page and to those of its translations that may be named, in the site's order."""
    by_language = {other.locale.language_code: other for other in (*translations, page)}
    return [
        LanguageLink(
            code,
            name,
            by_language[code].get_url(request) or "",
            code == page.locale.language_code,
            by_language[code].title,
        )
        for code, name in content_languages()
        if code in by_language
    ]
