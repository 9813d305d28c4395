"""The language switch: where this page is in each language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import get_script_prefix, translate_url
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page

from wardmark.base.languages import content_languages
from wardmark.base.places import Position
from wardmark.base.standing import standing_query

# The id of the sentence on a home page for who came from a page that this language does not have.
ELSEWHERE = "from-elsewhere"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the switch. `title` is the page's name in that language, empty for pages without a name.

    Where a page does not exist in that language, the link leads to its home page and is not `is_same_page`; where it
    exists but shows the words of another, as copies do that nobody has translated, it `is_copy`.
    `full_url` is its address with the host, for pages alone.
    """

    language: str
    name: str
    url: str
    is_current: bool
    title: str = ""
    is_same_page: bool = True
    full_url: str = ""
    is_copy: bool = False


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


def standing_links(links: Iterable[LanguageLink], standing: Position) -> list[LanguageLink]:
    """Return the links to a place's page for somebody who stands at a plaque, and still does in another language."""
    query = standing_query(standing)
    return [replace(link, url=f"{link.url}?{query}") if link.is_same_page else link for link in links]


def page_language_links(page: Page, translations: Iterable[Page], request: HttpRequest | None) -> list[LanguageLink]:
    """Return the links to a page and to those of its translations that may be named, in the site's order.

    Every language is there: where the page does not exist, its home page.
    """
    by_language = {other.locale.language_code: other for other in (*translations, page)}
    keys = {other.pk for other in by_language.values()}
    return [
        LanguageLink(
            code,
            name,
            by_language[code].get_url(request) or "",
            code == page.locale.language_code,
            by_language[code].title,
            full_url=by_language[code].get_full_url(request) or "",
            is_copy=by_language[code].alias_of_id in keys,
        )
        if code in by_language
        else LanguageLink(code, name, f"{get_script_prefix()}{code}/#{ELSEWHERE}", is_current=False, is_same_page=False)
        for code, name in content_languages()
    ]
