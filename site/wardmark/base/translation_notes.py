"""What a page says of its own language: that it is not the wished one, or that the translation has a flaw.

The page is the same for everybody, so that it can be kept: a sentence for each wish it does not meet stands hidden
in it, and the address that a visitor is led to (`#wished-ko`) brings theirs out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, override
from wagtail.models import Page

from wardmark.base.languages import COMMON, OTHER, anchor_of, content_languages, has_interface_words, source_language
from wardmark.base.models.translations import TranslationState
from wardmark.base.navigation import ELSEWHERE, LanguageLink

Words = TranslationState.Words


@dataclass(frozen=True, slots=True)
class WishNote:
    """A sentence in a language, hidden until an address ends in its anchor."""

    anchor: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationNote:
    """What a reader of a translation should know, and the page it was made from, where that is open.

    `words_language` is the language of the page's words where they are not those of its address, else empty.
    """

    sentences: list[str]
    original: LanguageLink | None
    words_language: str = ""


def wish_notes(links: Iterable[LanguageLink], shown: str, *, is_home: bool) -> list[WishNote]:
    """Return a sentence for each wish that a page shown in this language cannot meet."""
    names = dict(content_languages())
    # A scan leads past copies to what is written in the next language on the ladder.
    there = {link.language for link in links if link.is_same_page and not link.is_copy} | {shown}
    notes = [_not_in(code, shown, names) for code in names if code not in there]
    spoken = shown if has_interface_words(shown) else COMMON
    named = {"shown": names.get(shown, shown)}
    with override(spoken):
        text = gettext("This page is not in your language yet; here it is in %(shown)s.") % named
        notes.append(WishNote(anchor_of(OTHER), spoken, text))
        if is_home:
            text = gettext("The page you came from is not in %(shown)s yet. You are on the home page.") % named
            notes.append(WishNote(ELSEWHERE, spoken, text))
    return notes


def _not_in(wished: str, shown: str, names: dict[str, str]) -> WishNote:
    spoken = next((code for code in (wished, shown) if has_interface_words(code)), COMMON)
    with override(spoken):
        text = gettext("This page is not in %(wished)s yet; here it is in %(shown)s.")
        return WishNote(anchor_of(wished), spoken, text % {"wished": names[wished], "shown": names.get(shown, shown)})


def translation_note(
    page: Page, translations: Sequence[Page], links: Iterable[LanguageLink], state: TranslationState | None
) -> TranslationNote | None:
    """Return what to say of a page as a translation, or None. `translations` are those open to everybody."""
    source = _followed(page, translations)
    if source is not None:
        sentences = [_said_of(Words.NONE)]
    elif state is None:
        return None
    else:
        source = next((other for other in translations if other.pk == state.source_id), None)
        sentences = [_said_of(state.words)]
        if state.is_older:
            sentences.append(gettext("The original has changed since this translation was made."))
        if state.is_machine_made:
            sentences.append(gettext("Translated by a machine; nobody has checked it yet."))
    sentences = [sentence for sentence in sentences if sentence]
    if not sentences:
        return None
    language = source.locale.language_code if source else source_language()
    words_language = language if _shows_its_source(state, page) else ""
    return TranslationNote(sentences, _link_to(language, links) if source else None, words_language)


def _shows_its_source(state: TranslationState | None, page: Page) -> bool:
    """Say whether a translation still shows the words of its source, all of them."""
    return bool(page.alias_of_id) or (state is not None and state.words == Words.NONE)


def _followed(page: Page, translations: Sequence[Page]) -> Page | None:
    """Return the page whose words a copy shows, past copies of copies; None where it is no copy of a translation."""
    by_key = {other.pk: other for other in translations}
    at, met = by_key.get(page.alias_of_id), {page.pk}
    while at is not None and at.alias_of_id in by_key and at.pk not in met:
        met.add(at.pk)
        at = by_key[at.alias_of_id]
    return at


def _said_of(words: str) -> str:
    if words == Words.NONE:
        return gettext("This page is not translated yet; it shows the words of the original.")
    if words == Words.PARTLY:
        return gettext("Parts of this page are not translated yet; they stand here as in the original.")
    return ""


def _link_to(language: str, links: Iterable[LanguageLink]) -> LanguageLink | None:
    return next((link for link in links if link.language == language and link.is_same_page and link.url), None)
