"""What a story's links, recordings and pictures cost, and where its links lead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AudioFactory,
    FilmFactory,
    HeritageSitePageFactory,
    PersonPageFactory,
    StandardPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    TrailIndexPageFactory,
    TrailPageFactory,
    translate,
)
from tests.heritage.stories import PictureFactory, story
from wardmark.base.publishing import NotReady

pytestmark = pytest.mark.django_db


def paragraph(*pages) -> tuple[str, str]:
    links = " ".join(f'<a id="{page.pk}" linktype="page">{page.title}</a>' for page in pages)
    return ("paragraph", f"<p>{links}</p>")


def queries(client, page) -> int:
    client.get(page.url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page.url).status_code == 200
    return len(asked)


def test_ten_links_cost_no_more_queries_than_one_and_one_costs_one(client, heritage):
    others = [HeritageSitePageFactory(parent=heritage) for _number in range(10)]
    none = HeritageSitePageFactory(parent=heritage, story=story(("heading", "A")))
    one = HeritageSitePageFactory(parent=heritage, story=story(paragraph(others[0])))
    ten = HeritageSitePageFactory(
        parent=heritage,
        story=story(*map(paragraph, others[:5])),
        in_depth=story(paragraph(*others[5:]), ("claim", {"text": paragraph(others[0])[1], "sources": []})),
    )
    assert queries(client, one) == queries(client, ten) == queries(client, none) + 1
    html = client.get(ten.url).content.decode()
    for other in others:
        assert f'<a href="{other.url}">{other.title}</a>' in html


def test_recordings_of_a_story_cost_no_query(client, heritage):
    without = HeritageSitePageFactory(parent=heritage, story=story(("heading", "A")))
    shown = {"image": PictureFactory().pk, "caption": ""}
    told = HeritageSitePageFactory(
        parent=heritage,
        story=story(*(("audio", {"recording": AudioFactory().pk, "caption": ""}) for _number in range(4))),
        in_depth=story(*(("video", {"recording": FilmFactory().pk} | shown) for _number in range(4))),
    )
    # One for the pictures, which the other page has none of.
    assert queries(client, told) <= queries(client, without) + 1
    html = client.get(told.url).content.decode()
    assert html.count("<audio") == html.count("<video") == 4


@pytest.mark.parametrize("kind", ["street", "trail", "person", "text"])
def test_on_pages_of_any_kind_three_of_a_thing_cost_no_more_than_one(client, ward, heritage, kind):
    home = ward.homes["vi"]
    factory, parent = {
        "street": lambda: (StreetPageFactory, StreetIndexPageFactory(parent=home)),
        "trail": lambda: (TrailPageFactory, TrailIndexPageFactory(parent=home)),
        "person": lambda: (PersonPageFactory, heritage),
        "text": lambda: (StandardPageFactory, home),
    }[kind]()
    more = {"stops": [HeritageSitePageFactory(parent=heritage) for _stop in range(2)]} if kind == "trail" else {}

    def told(number: int):
        blocks = [
            block
            for _each in range(number)
            for block in (
                ("picture", {"picture": {"image": PictureFactory().pk, "alt_text": "Cổng"}, "caption": ""}),
                paragraph(HeritageSitePageFactory(parent=heritage)),
                ("audio", {"recording": AudioFactory().pk, "caption": ""}),
            )
        ]
        return factory(parent=parent, title=f"Trang {number}", story=story(*blocks), **more)

    one, three = told(1), told(3)
    assert queries(client, three) == queries(client, one)
    assert client.get(three.url).content.decode().count("<audio") == 3


def test_a_link_leads_to_the_page_in_the_visitors_language(client, heritage):
    other = HeritageSitePageFactory(parent=heritage, title="Đình Khác")
    page = HeritageSitePageFactory(parent=heritage, story=story(paragraph(other)))
    in_english, other_in_english = translate(page, "House"), translate(other, "Other House")
    assert f'href="{other.url}"' in client.get(page.url).content.decode()
    html = client.get(in_english.url).content.decode()
    assert f'<a href="{other_in_english.url}">Đình Khác</a>' in html
    other_in_english.unpublish()
    assert f'<a href="{other.url}">Đình Khác</a>' in client.get(in_english.url).content.decode()


def test_a_link_to_a_page_that_nobody_can_read_is_no_link(client, heritage):
    draft = HeritageSitePageFactory(parent=heritage, title="Đình Kín", live=False)
    gone = HeritageSitePageFactory(parent=heritage, title="Đình Mất")
    page = HeritageSitePageFactory(parent=heritage, story=story(paragraph(draft, gone)))
    gone.delete()
    html = client.get(page.url).content.decode()
    assert "<a>Đình Kín</a>" in html
    assert "<a>Đình Mất</a>" in html


def test_links_of_any_other_page_lead_there_too(client, ward, heritage):
    other = HeritageSitePageFactory(parent=heritage)
    page = StandardPageFactory(parent=ward.homes["vi"], title="Trang kể", story=story(paragraph(other)))
    assert f'href="{other.url}"' in client.get(page.url).content.decode()


@pytest.mark.parametrize("made", [AudioFactory, FilmFactory])
@pytest.mark.parametrize("factory", [HeritageSitePageFactory, StandardPageFactory])
def test_a_recording_without_words_holds_its_page_back(ward, heritage, factory, made):
    recording = made(title="Không lời", transcript=" ")
    block = ("audio" if made is AudioFactory else "video", {"recording": recording.pk, "image": PictureFactory().pk})
    parent = heritage if factory is HeritageSitePageFactory else ward.homes["vi"]
    page = factory(parent=parent, title="Trang kể", live=False, story=story(block))
    draft = page.save_revision()
    with pytest.raises(NotReady) as refused:
        draft.publish()
    assert list(refused.value.hindrances) == ["story"]
    assert "Không lời" in refused.value.messages[0]
    recording.transcript = "Kính chào."
    recording.save()
    draft.publish()
