import pytest

from tests.factories import HeritageSitePageFactory, translate
from tests.heritage.stories import SOURCE, account, before_after, claim, gallery, moment, story, timeline

pytestmark = pytest.mark.django_db
CANARY = "<script>alert(1)</script>"


def told(client, heritage, *blocks: tuple[str, object]) -> str:
    """Publish a site with these blocks in its second layer and return what a visitor gets of them."""
    page = HeritageSitePageFactory(parent=heritage, story=story(*blocks))
    html = client.get(page.url).content.decode()
    return html.split('<div class="story">')[1].split("</details>")[0]


def test_a_claim_names_its_source(client, heritage):
    html = told(client, heritage, claim(sources=[{"text": "Địa bạ", "url": "https://archive.example/1"}]))
    assert "Đình dựng năm 1706." in html
    assert '<a href="https://archive.example/1" rel="noopener noreferrer">Địa bạ</a>' in html
    assert "claim--tradition" not in html
    assert "claim__others" not in html


def test_tradition_looks_different_from_what_is_documented(client, heritage):
    html = told(client, heritage, claim("Đức Thánh dừng chân.", kind="tradition"))
    label = html.index('<p class="claim__kind">')
    assert "claim--tradition" in html
    assert label < html.index("Đức Thánh dừng chân.")


def test_a_disagreement_is_shown_with_each_side_and_its_source(client, heritage):
    other = account("Đình dựng khoảng 1740.", sources=[{"text": "Lời các cụ", "url": ""}])
    html = told(client, heritage, claim("Đình dựng năm 1706.", others=[other]))
    places = [
        html.index(part) for part in ("Đình dựng năm 1706.", "Văn bia 1706", "Đình dựng khoảng 1740.", "Lời các cụ")
    ]
    assert places == sorted(places)
    assert "claim__others" in html


def test_a_timeline_keeps_its_order_and_marks_what_is_told(client, heritage):
    html = told(
        client, heritage, timeline(moment("Thế kỷ 15", "Lập chùa.", tradition=True), moment("1681", "Dựng lại."))
    )
    assert html.index("Thế kỷ 15") < html.index("1681")
    assert html.count("timeline__moment--tradition") == 1


def test_every_picture_of_a_gallery_has_its_words_and_its_maker(client, heritage):
    html = told(client, heritage, gallery("Cổng", "Giếng", "Bia"))
    for alt in ("Cổng", "Giếng", "Bia"):
        assert f'alt="{alt}"' in html
        assert f"Ảnh: {alt}" in html


def test_before_and_after_are_both_there_without_a_script(client, heritage):
    html = told(client, heritage, before_after())
    assert html.index('alt="Đình cũ"') < html.index('alt="Đình mới"')
    assert "1947" in html
    assert "2015" in html
    assert "<script" not in html


@pytest.mark.parametrize("lost", ["before", "after"])
def test_one_picture_is_shown_when_the_other_was_deleted(client, heritage, lost):
    kind, value = before_after()
    html = told(client, heritage, (kind, value | {lost: value[lost] | {"image": 987_654}}))
    assert ('alt="Đình cũ"' in html, 'alt="Đình mới"' in html) == (lost != "before", lost != "after")
    assert html.count("<figure") == 1


@pytest.mark.parametrize(("script", "tag"), [("han", "zh-Hant"), ("nom", "vi-Hani")])
def test_an_inscription_says_which_language_each_part_is_in(client, heritage, script, tag):
    value = {"place": "Hoành phi", "script": script, "original": "聖主寺", "reading": "Thánh Chúa tự"}
    block = ("inscription", value | {"meaning": "Pagoda", "sources": [SOURCE]})
    page = HeritageSitePageFactory(parent=heritage, in_depth=story(block))
    html = client.get(translate(page, "House").url).content.decode()
    assert f'<blockquote lang="{tag}"><p>聖主寺</p></blockquote>' in html
    assert '<dd lang="vi"><p>Thánh Chúa tự</p></dd>' in html
    # The meaning is in the page's own language.
    assert "<dd><p>Pagoda</p></dd>" in html


def test_a_notice_is_set_apart(client, heritage):
    assert '<aside class="respect"' in told(client, heritage, ("notice", "Xin đừng chụp ảnh trong hậu cung."))


@pytest.mark.parametrize(
    "block",
    [
        ("notice", CANARY),
        claim(others=[account(CANARY, sources=[{"text": CANARY, "url": ""}])], sources=[{"text": CANARY, "url": ""}]),
        timeline(moment(CANARY, CANARY), moment()),
        (
            "inscription",
            {"place": CANARY, "script": "han", "original": CANARY, "reading": CANARY, "meaning": CANARY, "sources": []},
        ),
    ],
    ids=lambda block: block[0],
)
def test_words_are_never_run_as_markup(client, heritage, block):
    html = told(client, heritage, block)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
