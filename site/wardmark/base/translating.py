"""Noting, whenever a page is published, whether translations still say what their source says.

Only words count: a source published again with a mended position leaves its translations as they are. And the source
is compared with the words that a translation was made from, which wagtail-localize keeps; where a translation was
written by hand, with those that its source had when the translation was published.
"""

import hashlib
from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from wardmark.base.languages import source_language
from wardmark.base.models import BasePage, TranslationState

# Each language has an address of its own; a new one changes nothing that is said.
NOT_WORDS = "slug"
Words = TranslationState.Words


def on_page_published(sender: type[Page], instance: Page, **kwargs) -> None:
    """Note it after the commit: what cannot be read of some page must not keep it from being published."""
    if isinstance(instance, BasePage):
        transaction.on_commit(lambda: note(instance.pk), robust=True)


def note(pk: int) -> None:
    """Note what the page of this key is as a translation, and which translations of it are older now."""
    page = Page.objects.filter(pk=pk).select_related("locale").first()
    page = page and page.specific
    if not isinstance(page, BasePage):
        return
    _note_translation(page)
    translations = page.translation_states.all()
    if translations:
        said = fingerprint(words_of(page))
        for state in translations:
            _note_age(state, said)


def note_missing() -> None:
    """Note the published translations of which nothing is known yet, as after an update of the site."""
    unknown = Page.objects.live().filter(translation_state=None, alias_of=None)
    for pk in unknown.exclude(locale__language_code=source_language()).values_list("pk", flat=True):
        note(pk)


def words_of(page: BasePage) -> list[str]:
    """Return the words of a page that are to be translated, in no order that means anything."""
    strings = (segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue))
    return sorted(segment.string.data for segment in strings if segment.path != NOT_WORDS)


def fingerprint(words: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(words)).encode()).hexdigest()


def _note_translation(page: BasePage) -> None:
    made = _made_sentence_by_sentence(page)
    source = _source_of(page, made)
    if source is None or page.alias_of_id:
        # A copy that follows its source says so itself.
        TranslationState.objects.filter(page_id=page.pk).delete()
        return
    said = words_of(source)
    if made is None:
        basis, words, by_machine = said, Words.NONE if words_of(page) == said else Words.WHOLE, False
    else:
        basis, words, by_machine = _sentences(made)
    state = TranslationState.objects.filter(page_id=page.pk).first() or TranslationState(page_id=page.pk)
    state.source_id, state.basis = source.pk, fingerprint(basis)
    state.words, state.is_machine_made = words, by_machine
    state.is_older = state.basis != fingerprint(said)
    state.save()


def _made_sentence_by_sentence(page: BasePage) -> Translation | None:
    made = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    )
    return made.select_related("source").first()


def _source_of(page: BasePage, made: Translation | None) -> BasePage | None:
    if made is None:
        locale = Locale.objects.filter(language_code=source_language()).values_list("pk", flat=True).first()
    else:
        locale = made.source.locale_id
    source = Page.objects.filter(translation_key=page.translation_key, locale_id=locale).exclude(pk=page.pk).first()
    return source and source.specific


def _sentences(made: Translation) -> tuple[list[str], Words, bool]:
    """Return the words a translation was made from, how many of them it has, and whether some are a machine's."""
    segments = StringSegment.objects.filter(source_id=made.source_id).exclude(context__path=NOT_WORDS)
    asked = {
        (string, context): words
        for string, context, words in segments.values_list("string_id", "context_id", "string__data")
    }
    given = StringTranslation.objects.filter(
        locale_id=made.target_locale_id, context__object_id=made.source.object_id, has_error=False
    )
    by = {
        (string, context): kind
        for string, context, kind in given.values_list("translation_of_id", "context_id", "translation_type")
    }
    # A telephone number is the same in every language.
    spoken = [key for key, words in asked.items() if any(map(str.isalpha, words))]
    done = [key for key in spoken if key in by]
    unfinished = Words.PARTLY if done else Words.NONE
    by_machine = any(by[key] == StringTranslation.TRANSLATION_TYPE_MACHINE for key in done)
    return list(asked.values()), Words.WHOLE if len(done) == len(spoken) else unfinished, by_machine


def _note_age(state: TranslationState, said: str) -> None:
    is_older = state.basis != said
    if is_older != state.is_older:
        state.is_older = is_older
        state.save(update_fields=["is_older"])
