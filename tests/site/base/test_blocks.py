import json

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from media.models import Picture
from tests.factories import AudioFactory, FilmFactory, PictureFactory, StandardPageFactory
from wardmark.base.blocks import AudioBlock, VideoBlock, VideoLinkBlock

pytestmark = pytest.mark.django_db


def told(client, ward, *blocks: tuple[str, object]) -> str:
    """Publish a page with these blocks and return what a visitor gets of its story."""
    story = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    page = StandardPageFactory(parent=ward.homes["vi"], title="Trang kể", story=story)
    html = client.get(page.url).content.decode()
    return html.split('<div class="story">')[1].split("</article>")[0]


def test_headings_paragraphs_and_quotations_are_told_in_order(client, ward):
    html = told(
        client,
        ward,
        ("heading", "Giếng làng"),
        ("paragraph", "<p>Nước <b>trong</b>.</p>"),
        ("quote", {"text": "Uống nước nhớ nguồn", "attribution": "Tục ngữ"}),
    )
    places = [html.index(part) for part in ("<h2>Giếng làng</h2>", "<b>trong</b>", "Uống nước nhớ nguồn", "Tục ngữ")]
    assert places == sorted(places)
    assert "<blockquote>" in html


def test_a_quotation_without_a_speaker_has_no_empty_line(client, ward):
    assert "<footer>" not in told(client, ward, ("quote", {"text": "Uống nước nhớ nguồn", "attribution": ""}))


def test_a_source_is_linked_only_where_it_has_an_address(client, ward):
    html = told(
        client,
        ward,
        ("source", {"text": "Văn bia 1706", "url": ""}),
        ("source", {"text": "Địa bạ", "url": "https://archive.example/1"}),
    )
    assert '<a href="https://archive.example/1" rel="noopener noreferrer">Địa bạ</a>' in html
    assert "Văn bia 1706</a>" not in html


def test_a_picture_has_its_words_its_caption_and_its_maker(client, ward):
    picture = PictureFactory(credit="Ảnh: Nguyễn Văn Thử")
    value = {"image": picture.pk, "decorative": False, "alt_text": "Cổng đình"}
    html = told(client, ward, ("picture", {"picture": value, "caption": "Cổng năm 1920"}))
    assert 'alt="Cổng đình"' in html
    assert "<figcaption>Cổng năm 1920 · Ảnh: Nguyễn Văn Thử</figcaption>" in html


def test_a_decorative_picture_says_nothing(client, ward):
    value = {"image": PictureFactory(credit="").pk, "decorative": True, "alt_text": ""}
    html = told(client, ward, ("picture", {"picture": value, "caption": ""}))
    assert 'alt=""' in html
    assert "<figcaption>" not in html


@pytest.mark.parametrize("kind", ["heading", "quote", "source"])
def test_words_are_never_run_as_markup(client, ward, kind):
    canary = "<script>alert(1)</script>"
    values = {
        "heading": canary,
        "quote": {"text": canary, "attribution": canary},
        "source": {"text": canary, "url": ""},
    }
    assert "<script>" not in told(client, ward, (kind, values[kind]))


# ---- sound and video ---------------------------------------------------------------------------

SHARED = "https://youtu.be/dQw4w9WgXcQ?si=abcDEF"
PLAIN = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_a_recording_plays_without_a_script_and_loads_nothing_before_a_tap(client, ward):
    audio = AudioFactory(title="Tiếng chuông", credit="Ghi âm: Nguyễn Văn Thử", size=2**20)
    html = told(client, ward, ("audio", {"recording": audio.pk, "caption": "Chuông chiều"}))
    assert '<audio controls preload="none" aria-label="Tiếng chuông">' in html
    assert f'<source src="{audio.url}" type="audio/mpeg">' in html
    assert "1:30" in html
    assert "1,0\xa0MB" in html
    assert "Kính chào quý khách." in html
    assert "<figcaption>Chuông chiều · Ghi âm: Nguyễn Văn Thử</figcaption>" in html


def test_a_film_keeps_its_place_before_it_plays_and_has_captions(client, ward):
    film = FilmFactory(title="Lễ rước", captions="WEBVTT\n\n00:00.000 --> 00:01.000\nKính chào")
    html = told(
        client,
        ward,
        ("video", {"recording": film.pk, "image": PictureFactory(file__width=900, file__height=700).pk, "caption": ""}),
    )
    assert '<video controls preload="none" playsinline aria-label="Lễ rước" width="640" height="360" poster="/' in html
    assert f'<source src="{film.url}" type="video/mp4">' in html
    [poster] = Picture.objects.get().renditions.filter(filter_spec__contains="780x439")
    assert f'poster="{poster.url}"' in html
    track = html.split('<track kind="captions" src="')[1].split('"')[0]
    answer = client.get(track)
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode() == film.captions
    assert "immutable" in answer["Cache-Control"]
    film.captions += "!"
    film.save()
    assert client.get(track).status_code == 404


def test_captions_of_a_film_that_no_page_shows_yet_are_not_found_by_counting(client, ward):
    film = FilmFactory(captions="WEBVTT\n\n00:00.000 --> 00:01.000\nKính chào")
    assert client.get(f"/captions/{film.pk}-0.vtt").status_code == 404


def test_a_recording_without_captions_has_none_to_fetch(client, ward):
    film = FilmFactory()
    html = told(client, ward, ("video", {"recording": film.pk, "image": PictureFactory().pk, "caption": ""}))
    assert "<track" not in html
    assert client.get(f"/captions/{film.pk}-0.vtt").status_code == 404


@pytest.mark.parametrize(
    ("kind", "fields"), [("audio", ("recording", "caption")), ("video", ("recording", "image", "caption"))]
)
def test_a_story_goes_on_without_a_recording_that_was_deleted(client, ward, kind, fields):
    value = {"recording": 987_654, "image": PictureFactory().pk, "caption": ""}
    html = told(client, ward, (kind, {name: value[name] for name in fields}), ("heading", "Giếng làng"))
    assert "recording" not in html
    assert "Giếng làng" in html


def test_a_story_goes_on_without_a_picture_that_was_deleted(client, ward):
    value = {"picture": {"image": 987_654, "alt_text": "Cổng đình", "decorative": False}, "caption": "Cổng đình"}
    html = told(client, ward, ("picture", value), ("heading", "Giếng làng"))
    assert "figure" not in html
    assert "Giếng làng" in html


def test_a_film_elsewhere_is_a_picture_of_ours_that_leads_there(client, ward):
    value = {"title": "Lễ hội", "address": PLAIN, "image": PictureFactory().pk, "megabytes": 12, "caption": ""}
    html = told(client, ward, ("video_link", value))
    assert f'<a class="video-link" href="{PLAIN}" rel="noopener noreferrer external">' in html
    assert "YouTube" in html
    assert "12" in html
    assert 'alt=""' in html
    for loads_at_once in ("<iframe", "<script", 'src="http', 'poster="http'):
        assert loads_at_once not in html


def test_nobody_is_led_to_a_site_that_the_ward_has_taken_off_its_list(client, ward, settings):
    settings.VIDEO_SITES = {"Vimeo": ("vimeo.com",)}
    value = {"title": "Lễ hội", "address": PLAIN, "image": PictureFactory().pk, "megabytes": None, "caption": ""}
    assert "youtube" not in told(client, ward, ("video_link", value)).lower()


def test_the_address_is_kept_in_its_plain_form(ward):
    block = VideoLinkBlock()
    value = {"title": "A", "address": SHARED, "image": PictureFactory(), "megabytes": None, "caption": ""}
    assert block.clean(block.normalize(value))["address"] == PLAIN


@pytest.mark.parametrize("address", ["https://example.org/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/@ward"])
def test_an_address_of_no_known_film_is_refused_beside_its_field(ward, address):
    block = VideoLinkBlock()
    value = {"title": "A", "address": address, "image": PictureFactory(), "megabytes": None, "caption": ""}
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(value))
    assert list(refused.value.block_errors) == ["address"]
    assert "YouTube, Vimeo" in str(refused.value.block_errors["address"])


@pytest.mark.parametrize(("block", "made"), [(AudioBlock(), AudioFactory), (VideoBlock(), FilmFactory)])
def test_a_recording_without_words_is_refused_beside_its_field(ward, block, made):
    value = {"recording": made(title="Không lời", transcript=""), "image": PictureFactory(), "caption": ""}
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize({name: value[name] for name in block.child_blocks}))
    assert list(refused.value.block_errors) == ["recording"]
    assert "Không lời" in str(refused.value.block_errors["recording"])
