"""A site's recordings: what a visitor hears and reads, and what keeps a page back."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, streamfield

from heritage.demo_recordings import FOLDER, recordings_of
from heritage.models import AudioGuide, HeritageSitePage
from media.models import Audio
from tests.factories import AudioFactory, HeritageSitePageFactory, translate
from tests.media.recorded import recorded
from wardmark.base.publishing import NotReady

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(heritage) -> HeritageSitePage:
    return HeritageSitePageFactory(parent=heritage)


def with_guides(site: HeritageSitePage, *recordings: Audio) -> HeritageSitePage:
    site.audio_guides = [AudioGuide(audio=audio, sort_order=number) for number, audio in enumerate(recordings)]
    site.save_revision().publish()
    return site


def shown(client, page) -> str:
    return client.get(page.url).content.decode()


def test_a_page_without_a_recording_offers_none(client, site):
    content = shown(client, site)
    assert "<audio" not in content
    assert "audio.js" not in content
    assert 'href="#listen"' not in content


def test_the_page_plays_without_a_script_and_loads_nothing_before_a_tap(client, site):
    audio = AudioFactory(title="Nghe kể", chapters="0:00 Lời chào\n1:05 Bia đá")
    content = shown(client, with_guides(site, audio))
    assert '<audio controls preload="none"' in content
    assert f'<source src="{audio.url}" type="audio/mpeg">' in content
    assert f'href="{audio.url}#t=65"' in content
    assert "1:30" in content
    assert 'href="#listen"' in content
    assert "Kính chào quý khách." in content


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_a_machines_voice_is_called_one_and_a_persons_is_not(client, site, is_synthetic):
    page = translate(with_guides(site, AudioFactory(is_synthetic=is_synthetic)), "Trial House")
    assert ("synthetic voice" in shown(client, page)) is is_synthetic


def test_each_page_offers_the_recording_in_its_own_language_first(client, site):
    vietnamese, english = AudioFactory(title="Nghe kể"), AudioFactory(title="Its story", language="en")
    translation = translate(with_guides(site, vietnamese, english), "Trial House")
    for page, first, second in ((site, "Nghe kể", "Its story"), (translation, "Its story", "Nghe kể")):
        content = shown(client, page)
        assert content.index(first) < content.index(second)


def test_a_recording_in_another_language_is_offered_with_a_label(client, site):
    translation = translate(with_guides(site, AudioFactory(title="Nghe kể")), "Trial House")
    content = shown(client, translation)
    assert "There is no recording in your language yet." in content
    assert '<strong lang="vi">Tiếng Việt</strong>' in content


@pytest.mark.parametrize("transcript", ["", " \n "])
def test_a_page_whose_recording_has_no_transcript_is_a_draft_until_it_has(site, transcript):
    audio = AudioFactory(title="Nghe kể", transcript=transcript)
    site.audio_guides = [AudioGuide(audio=audio)]
    draft = site.save_revision()
    with pytest.raises(NotReady) as refused:
        draft.publish()
    assert list(refused.value.hindrances) == ["audio_guides"]
    assert "Nghe kể" in refused.value.messages[0]
    audio.transcript = "Kính chào quý khách."
    audio.save()
    draft.publish()
    assert HeritageSitePage.objects.get(pk=site.pk).audio_guides.count() == 1


def test_a_page_has_one_recording_per_language(site):
    with pytest.raises(NotReady) as refused:
        with_guides(site, AudioFactory(), AudioFactory(title="Bản thứ hai"))
    assert "Bản thứ hai" in refused.value.messages[0]


def test_a_page_goes_on_without_a_recording_that_was_deleted(client, site):
    audio = AudioFactory()
    with_guides(site, audio)
    audio.delete()
    assert "<audio" not in shown(client, site)
    HeritageSitePage.objects.get(pk=site.pk).latest_revision.publish()


def test_more_recordings_and_chapters_cost_no_more_questions(client, site, django_assert_max_num_queries):
    many = "\n".join(f"0:{second:02} Chương {second}" for second in range(60))
    with_guides(site, AudioFactory(chapters=many), AudioFactory(language="en", chapters=many))
    client.get(site.url)
    with django_assert_max_num_queries(12):
        assert client.get(f"{site.url}?fresh=1").status_code == 200


def test_a_page_hears_of_a_changed_transcript_at_once(client, site):
    audio = AudioFactory()
    with_guides(site, audio)
    shown(client, site)
    audio.transcript = "Lời mới."
    audio.save()
    assert "Lời mới." in shown(client, site)


def test_the_words_of_a_recording_in_use_cannot_be_emptied(editor_client, site):
    audio = AudioFactory(file=ContentFile(recorded("mp3"), name="guide.mp3"))
    with_guides(site, audio)
    form = {"title": "A", "language": "vi", "transcript": " ", "chapters": "", "tags": "", "file": ""}
    form["collection"] = audio.collection_id
    refused = editor_client.post(f"/admin/media/edit/{audio.pk}/", form)
    assert list(refused.context["form"].errors) == ["transcript"]
    assert Audio.objects.get().transcript == "Kính chào quý khách."


def test_only_the_recording_in_the_pages_language_is_unfolded(client, site):
    page = with_guides(site, AudioFactory(title="Nghe kể"), AudioFactory(title="Its story", language="en"))
    content = shown(client, page)
    listen = content[content.index('id="listen"') : content.index("</section>", content.index('id="listen"'))]
    unfolded, folded = listen.split('<details class="audio-guides__other">')
    assert "Nghe kể" in unfolded
    assert "Its story" not in unfolded
    assert '<span lang="en">English</span>' in folded.split("</summary>")[0]
    assert "Its story" in folded


# ---- in the editor -----------------------------------------------------------------------------


def edited(client, page, *recordings: Audio, delete: tuple[int, ...] = ()) -> dict:
    """The editor's form for this page with these recordings chosen."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    rows = [
        {"audio": audio.pk, "id": "", "ORDER": str(number), "DELETE": "on" if number in delete else ""}
        for number, audio in enumerate(recordings)
    ]
    layers = {name: streamfield([]) for name in ("story", "in_depth")}
    filled = nested_form_data(layers | {"audio_guides": inline_formset(rows)})
    return querydict_from_html(html, form_id="page-edit-form").dict() | filled | {"action-publish": "1"}


def publish_in_form(client, page, form_data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data)


def test_a_recording_without_a_transcript_is_complained_of_beside_its_own_field(editor_client, heritage):
    page = HeritageSitePageFactory(parent=heritage, live=False)
    recordings = AudioFactory(), AudioFactory(title="Không lời", transcript="", language="en")
    refused = publish_in_form(editor_client, page, edited(editor_client, page, *recordings))
    assert refused.status_code == 200
    first, second = refused.context["form"].formsets["audio_guides"].forms
    assert not first.errors
    assert "Không lời" in second.errors["audio"][0]
    assert "Không lời" in refused.content.decode()
    page.refresh_from_db()
    assert not page.live
    assert not page.audio_guides.exists()


def test_a_recording_that_is_taken_away_hinders_nothing(editor_client, heritage):
    page = HeritageSitePageFactory(parent=heritage, live=False)
    recordings = AudioFactory(), AudioFactory(transcript="", language="en")
    sent = publish_in_form(editor_client, page, edited(editor_client, page, *recordings, delete=(1,)))
    assert sent.status_code == 302
    page.refresh_from_db()
    assert page.live
    assert page.audio_guides.count() == 1


def test_a_preview_plays_the_recordings_that_are_not_saved_yet(site):
    audio = AudioFactory(title="Nghe kể")
    site.audio_guides = [AudioGuide(audio=audio)]
    assert "Nghe kể" in site.make_preview_request().render().content.decode()


@pytest.mark.parametrize("key", json.loads((FOLDER / "guides.json").read_text()))
def test_a_recording_of_the_demonstration_is_synthetic_small_and_has_its_words(site, key):
    first, second = recordings_of(key)
    assert {first.language, second.language} == {"vi", "en"}
    for audio in (first, second):
        assert audio.is_synthetic
        assert audio.size < 250_000
        assert len(audio.chapter_list) >= 3
        assert 20 < audio.duration < 90
        assert len(audio.transcript.split("\n\n")) == len(audio.chapter_list)
