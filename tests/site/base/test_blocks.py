import json

import pytest

from tests.factories import PictureFactory, StandardPageFactory

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
