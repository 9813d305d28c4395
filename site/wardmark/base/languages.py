"""Which languages the site has, which of them a visitor wishes, and which wording to show.

A wish is matched as RFC 4647 (3.4, lookup) says: `en-GB` is met by `en`. Beyond it, a script that a region implies
counts (`zh-TW` is written in traditional characters): the other script of a language is offered only after
everything the visitor named, but before what they did not name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header, translation


class HasLanguage(Protocol):
    language: str


Row = TypeVar("Row", bound=HasLanguage)

# What to offer somebody whose own languages the site does not have.
COMMON = "en"
# A wish for a language that the site does not have.
OTHER = "other"
TRADITIONAL_CHINESE = frozenset({"tw", "hk", "mo"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a visitor wishes: `languages` of the site, first things first, never empty; `first` is what they wished.

    `first` is a language of the site, `OTHER` for one that it lacks, or empty for somebody who wishes nothing.
    """

    languages: list[str]
    first: str

    def anchor(self, shown: str) -> str:
        """Return what to add to the address of a page so that it says which wish it does not meet; mostly nothing."""
        return "" if self.first in ("", shown) else f"#{anchor_of(self.first)}"


def anchor_of(wished: str) -> str:
    """Return the id of the sentence on each page that says it is not in this language."""
    return f"wished-{wished}"


@dataclass(frozen=True, slots=True)
class _Tag:
    """A language tag by its parts: `zh-Hant-TW` is (zh, hant), and so is `zh-TW`."""

    text: str
    language: str
    script: str

    @classmethod
    def of(cls, text: str) -> "_Tag":
        language, *parts = text.lower().split("-")
        script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
        if language == "zh" and not script:
            script = "hant" if TRADITIONAL_CHINESE.intersection(parts) else "hans"
        return cls(text.lower(), language, script)

    def is_met_by(self, tag: "_Tag") -> bool:
        """Say whether who wishes this reads that: one language in one script, wherever it is spoken."""
        return (self.language, self.script) == (tag.language, tag.script)

    def covers(self, tag: "_Tag") -> bool:
        """Say whether this names that or something wider (RFC 4647, 3.3.1): `zh` covers `zh-hans`, `en-GB` not `en`."""
        return f"{tag.text}-".startswith(f"{self.text}-")


def content_languages() -> list[tuple[str, str]]:
    """Return (code, own name) of each language of the site, the source language first."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def translated_name(code: str) -> str:
    """Return what a language is called in the active one; a code that nobody knows names itself."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def source_language() -> str:
    """Return the code of the language everything is written in first."""
    return settings.LANGUAGE_CODE


def has_interface_words(language: str) -> bool:
    """Say whether the site's own words exist in that language; elsewhere English stands in."""
    return language in dict(settings.INTERFACE_LANGUAGES)


def let_english_stand_in() -> None:
    """Show English where a further language has no words of ours; Django would show those of the source language."""
    for code, _name in content_languages():
        if not has_interface_words(code):
            # gettext has a way to add a fallback, none to take one away.
            translation(code)._fallback = None


def wished_languages(request: HttpRequest) -> list[str]:
    """Return the site's languages in the order this visitor is to be offered them; never empty."""
    return wishes(request).languages


def wishes(request: HttpRequest) -> Wishes:
    """Return what this visitor wishes.

    `?language=`, the language of an address that carries none, comes first; then what they once chose with the
    language switch; then Accept-Language by its quality values (RFC 9110, 12.5.4).
    """
    ours = dict(content_languages())
    said = (request.GET.get("language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    chosen = [language for language in said if language in ours][:1]
    accepted = _accepted(request.headers.get("Accept-Language", ""), tuple(ours))
    return Wishes(list(dict.fromkeys(chosen + accepted.languages)), (chosen or [accepted.first])[0])


@lru_cache(maxsize=200)
def _accepted(header: str, ours: tuple[str, ...]) -> Wishes:
    said = parse_accept_lang_header(header)
    named = [(_Tag.of(text), weight) for text, weight in said if text != "*" and weight]
    refused = [_Tag.of(text) for text, weight in said if text != "*" and not weight]
    tags = [_Tag.of(code) for code in ours]
    acceptable = [tag for tag in tags if not any(wish.covers(tag) for wish in refused)] or tags
    first = ""
    if named and said[0][0] != "*":
        wish = named[0][0]
        first = next((tag.text for tag in acceptable if wish.is_met_by(tag)), OTHER)
    return Wishes([tag.text for tag in _in_order(said, named, acceptable)], first)


def _in_order(said: Iterable[tuple[str, float]], named: list[tuple[_Tag, float]], tags: list[_Tag]) -> list[_Tag]:
    """Return the tags: what was named, best first; what is close to it in another script; what stands for all."""
    rungs = _rungs([tag.text for tag in tags], first=COMMON if named else source_language())
    rest = sorted(tags, key=lambda tag: rungs.index(tag.text))
    ordered: list[_Tag] = []
    for text, weight in said:
        if not weight:
            continue
        if text == "*":
            # All that is named nowhere weighs as much as the asterisk.
            ordered += [tag for tag in rest if not any(wish.is_met_by(tag) for wish, _weight in named)]
        else:
            wish = _Tag.of(text)
            # The exact one first, where the site has one language of several regions.
            ordered += sorted((tag for tag in rest if wish.is_met_by(tag)), key=lambda tag: not wish.covers(tag))
    for wish, _weight in named:
        ordered += [tag for tag in rest if wish.language == tag.language]
    ordered += [tag for tag in rest if tag.text in (COMMON, source_language())]
    return list(dict.fromkeys(ordered or rest))


def _rungs(languages: Iterable[str], *, first: str) -> list[str]:
    known = list(languages)
    return [code for code in dict.fromkeys((first, COMMON, source_language(), *known)) if code in known]


def ladder(language: str) -> list[str]:
    """Return all languages of the site: the wished one first, then English and the source, then the others."""
    wished = [language, COMMON, source_language(), *(code for code, _name in content_languages())]
    return list(dict.fromkeys(wished))


def in_language(rows: Iterable[Row], language: str | None = None) -> Row | None:
    """Return the row in that language (default: the active one), else the next on the ladder, else any, else None."""
    by_language = {row.language: row for row in rows}
    rungs = (code for code in ladder(language or get_language() or "") if code in by_language)
    best = next(rungs, None)
    return next(iter(by_language.values()), None) if best is None else by_language[best]
