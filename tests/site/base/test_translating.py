"""What a page says of itself as a translation, from the admin's own ways of translating to what a visitor reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from tests.factories import HeritageSitePageFactory, StandardPageFactory, translate
from tests.heritage.stories import claim, story
from wardmark.base.models import TranslationState
from wardmark.base.translating import note_missing

pytestmark = pytest.mark.django_db

OLDER = "The original has changed since this translation was made."
PARTLY = "Parts of this page are not translated yet; they stand here as in the original."
NONE = "This page is not translated yet; it shows the words of the original."
MACHINE = "Translated by a machine; nobody has checked it yet."


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def house(heritage, committed):
    with committed():
        page = HeritageSitePageFactory(
            parent=heritage, title="Đình Vòng", summary="Ngôi đình giữa làng.", story=story(claim())
        )
        page.save_revision().publish()
    return page


def said(client, page) -> set[str]:
    """Which of the sentences about a translation a visitor reads on a page."""
    note = client.get(page.get_url()).context["translation_note"]
    return set(note.sentences) if note else set()


def by_hand(page, committed, title="Vòng House", summary="A communal house.") -> Page:
    with committed():
        english = page.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title, english.summary = title, summary
        english.save_revision().publish()
    return english


def sentence_by_sentence(page, committed, *, kind="manual", but=()) -> Translation:
    """Translate a page as the admin's translation screen does, but for the sentences left out."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    made, _created = Translation.objects.get_or_create(source=source, target_locale=english, enabled=True)
    answer(made, kind=kind, but=but)
    with committed():
        made.save_target(publish=True)
    return made


def answer(made, *, kind="manual", but=()):
    for segment in made.source.stringsegment_set.select_related("string", "context"):
        if segment.string.data not in but and segment.context.path != "slug":
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=made.target_locale,
                defaults={"data": f"English of {segment.string_id}", "translation_type": kind},
            )


def change_words(page, committed):
    with committed():
        page.summary = "Ngôi đình cổ giữa làng."
        page.save_revision().publish()


def move_position(page, committed):
    with committed():
        page.latitude, page.longitude = "21.036000", "105.790000"
        page.save_revision().publish()


def english_of(page) -> Page:
    return page.get_translations().get(locale__language_code="en").specific


@pytest.mark.parametrize("make", [by_hand, sentence_by_sentence])
def test_a_translation_that_says_what_its_source_says_needs_no_note(client, house, committed, make):
    make(house, committed)
    assert said(client, house) == said(client, english_of(house)) == set()
    assert TranslationState.objects.get().source_id == house.pk


@pytest.mark.parametrize("make", [by_hand, sentence_by_sentence])
def test_a_source_whose_words_changed_makes_its_translation_older(client, house, committed, make):
    make(house, committed)
    english = english_of(house)
    change_words(house, committed)
    assert said(client, english) == {OLDER}
    html = client.get(english.get_url()).content.decode()
    assert f'class="translation-note__original" href="{house.get_url()}" hreflang="vi"' in html
    assert said(client, house) == set()


@pytest.mark.parametrize("make", [by_hand, sentence_by_sentence])
def test_a_source_published_again_with_the_same_words_leaves_its_translation_as_it_is(client, house, committed, make):
    make(house, committed)
    move_position(house, committed)
    assert said(client, english_of(house)) == set()


def test_words_taken_back_make_the_translation_fit_again(client, house, committed):
    english = by_hand(house, committed)
    before = house.summary
    change_words(house, committed)
    with committed():
        house.summary = before
        house.save_revision().publish()
    assert said(client, english) == set()


def test_a_translation_by_hand_published_after_its_source_is_up_to_date(client, house, committed):
    english = by_hand(house, committed)
    change_words(house, committed)
    with committed():
        english.summary = "An old communal house."
        english.save_revision().publish()
    assert said(client, english) == set()


def test_publishing_a_translation_made_from_older_sentences_does_not_make_it_new(client, house, committed):
    made = sentence_by_sentence(house, committed)
    change_words(house, committed)
    with committed():
        made.save_target(publish=True)
    assert said(client, english_of(house)) == {OLDER}


def test_sentences_taken_over_from_the_source_and_translated_end_the_note(client, house, committed):
    made = sentence_by_sentence(house, committed)
    change_words(house, committed)
    made.source.update_from_db()
    with committed():
        made.save_target(publish=True)
    assert said(client, english_of(house)) == {PARTLY}
    answer(made)
    with committed():
        made.save_target(publish=True)
    assert said(client, english_of(house)) == set()


def test_sentences_left_out_are_told(client, house, committed):
    sentence_by_sentence(house, committed, but={house.summary})
    assert said(client, english_of(house)) == {PARTLY}


def test_a_machines_sentences_are_told_until_somebody_checks_them(client, house, committed):
    made = sentence_by_sentence(house, committed, kind="machine")
    assert said(client, english_of(house)) == {MACHINE}
    answer(made, kind="manual")
    with committed():
        made.save_target(publish=True)
    assert said(client, english_of(house)) == set()


def test_a_copy_published_as_it_is_says_that_it_is_not_translated(client, house, committed):
    english = by_hand(house, committed, title=house.title, summary=house.summary)
    assert said(client, english) == {NONE}


def test_a_copy_that_follows_its_source_marks_its_words_as_the_sources(client, house, committed):
    alias = house.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    change_words(house, committed)
    assert said(client, alias) == {NONE}
    html = client.get(alias.get_url()).content.decode()
    assert '<html lang="en">' in html
    assert '<h1 lang="vi">Đình Vòng</h1>' in html
    assert '<p class="lead" lang="vi">' in html
    assert '<div class="story" lang="vi">' in html


def test_who_reads_a_translated_page_hears_it_in_its_own_language(client, house, committed):
    html = client.get(by_hand(house, committed).get_url()).content.decode()
    assert "<h1>Vòng House</h1>" in html


def test_an_original_that_is_not_open_is_not_linked(client, house, committed):
    english = by_hand(house, committed)
    change_words(house, committed)
    house.unpublish()
    html = client.get(english.get_url()).content.decode()
    assert OLDER in html
    assert "translation-note__original" not in html


def test_the_note_is_told_in_the_language_of_the_page_on_every_kind_of_page(client, ward, heritage, committed):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Về các biển")
    index = english_of(heritage)
    with committed():
        for source in (page, heritage, ward.homes["vi"]):
            source.save_revision().publish()
        english = translate(page, "About")
        index.save_revision().publish()
        ward.homes["en"].save_revision().publish()
    TranslationState.objects.update(is_machine_made=True)
    with override("en"):
        sentence = gettext(MACHINE)
    for shown in (english, index, ward.homes["en"]):
        assert sentence in client.get(shown.get_url()).content.decode(), shown


@pytest.mark.parametrize("flaw", [{}, {"is_older": True, "is_machine_made": True, "words": "partly"}])
def test_the_note_costs_a_visitor_no_query(client, house, committed, flaw):
    english = by_hand(house, committed)
    TranslationState.objects.update(**flaw) if flaw else TranslationState.objects.all().delete()
    client.get(english.get_url())
    with CaptureQueriesContext(connection) as captured:
        assert client.get(english.get_url()).status_code == 200
    # The state comes with the family of translations, in the query that was there before.
    [family] = [query["sql"] for query in captured if "base_translationstate" in query["sql"]]
    assert "wagtailcore_locale" in family


def test_a_page_that_cannot_be_read_is_published_all_the_same(client, house, committed, monkeypatch):
    def broken(page):
        raise ValueError("a block of a type that is gone")

    monkeypatch.setattr("wardmark.base.translating.words_of", broken)
    english = by_hand(house, committed)
    assert client.get(english.get_url()).status_code == 200


def test_translations_of_before_are_noted_once(house, committed):
    english = by_hand(house, committed)
    TranslationState.objects.all().delete()
    note_missing()
    noted = TranslationState.objects.get(page_id=english.pk)
    change_words(house, committed)
    note_missing()
    noted.refresh_from_db()
    assert noted.is_older


def test_deleting_either_page_takes_the_note_along(house, committed):
    english = by_hand(house, committed)
    english.delete()
    assert not TranslationState.objects.exists()
