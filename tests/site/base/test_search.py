import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, Site

from tests.factories import (
    HeritageIndexPageFactory,
    HeritageSitePageFactory,
    HomePageFactory,
    StandardPageFactory,
    translate,
)
from wardmark.base.search import LONGEST_QUERY, find_pages, fold

TITLES = [
    "Chùa Hà",
    "Đình Vòng",
    "Đình Bối Hà",
    "Phố ẩm thực",
    "Miếu Đồng Cổ",
    "Đền thờ",
    "Chợ Nghĩa Tân",
    "Quốc Tử Giám",
]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.fixture
def places(heritage):
    for title in TITLES:
        HeritageSitePageFactory(parent=heritage, title=title, summary="")
    return heritage


@pytest.mark.django_db
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(
    "typed",
    [str, fold, str.upper, lambda title: unicodedata.normalize("NFD", title), lambda title: fold(title)[:-1]],
    ids=["as written", "without accents", "in capitals", "in parts", "not to the end"],
)
def test_a_name_is_found_however_it_is_typed(places, title, typed):
    found = find_pages(Page.objects.live(), typed(title), limit=30)
    assert title in [page.title for page in found]


def test_names_spelt_as_asked_come_first(places):
    HeritageSitePageFactory(parent=places, title="Đền Bà Chúa")
    titles = [page.title for page in find_pages(Page.objects.live(), "chúa", limit=30)]
    assert titles[0] == "Đền Bà Chúa"
    assert "Chùa Hà" in titles


@pytest.mark.parametrize("query", ["", "   ", "'\"\\%_*()&|!:<>", "--", "\x00", "AND OR NOT", "đ" * 5000])
def test_odd_queries_find_nothing_and_break_nothing(client, ward, query):
    assert client.get("/vi/tim-kiem/", {"q": query}).status_code == 200


def test_only_live_pages_of_the_readers_language_are_listed(client, places):
    site = HeritageSitePageFactory(parent=places, title="Đền Thử")
    translate(site, "Trial Temple")
    HeritageSitePageFactory(parent=places, title="Đền Nháp", live=False)
    vietnamese = client.get("/vi/tim-kiem/", {"q": "den"}).content.decode()
    assert "Đền Thử" in vietnamese
    assert "Đền Nháp" not in vietnamese
    english = client.get("/en/search/", {"q": "temple"}).content.decode()
    assert "Trial Temple" in english
    assert "Đền Thử" not in english


def test_every_kind_of_page_can_stand_in_the_results(client, ward, places):
    StandardPageFactory(parent=ward.homes["vi"], title="Về các biển", summary="Mỗi biển một mã.")
    places.title = "Biển và di tích"
    places.save_revision().publish()
    html = client.get("/vi/tim-kiem/", {"q": "bien"}).content.decode()
    assert "Mỗi biển một mã." in html
    assert "Biển và di tích" in html


def test_nothing_found_says_so_and_escapes_the_query(client, ward):
    html = client.get("/vi/tim-kiem/", {"q": "<b>không"}).content.decode()
    assert "Không thấy gì cho “&lt;b&gt;không”" in html


def test_long_queries_are_cut(client, ward):
    assert client.get("/vi/tim-kiem/", {"q": "a" * 5000}).context["query"] == "a" * LONGEST_QUERY


def test_more_results_cost_no_more_queries(client, places, django_assert_max_num_queries):
    client.get("/vi/tim-kiem/", {"q": "dinh"})
    with django_assert_max_num_queries(12):
        client.get("/vi/tim-kiem/", {"q": "dinh"})
    for n in range(8):
        HeritageSitePageFactory(parent=places, title=f"Đình {n}")
    with django_assert_max_num_queries(12):
        client.get("/vi/tim-kiem/", {"q": "dinh"})


def test_another_ward_on_the_same_server_is_not_searched(client, ward, places):
    other = HomePageFactory(parent=Page.get_first_root_node(), title="Đình phường khác", slug="khac")
    Site.objects.create(hostname="other.example", root_page=other)
    html = client.get("/vi/tim-kiem/", {"q": "dinh"}).content.decode()
    assert "Đình Vòng" in html
    assert "Đình phường khác" not in html


def test_a_page_of_no_type_of_ours_breaks_nothing(client, ward):
    ward.homes["vi"].add_child(instance=Page(title="Welcome to Wagtail", slug="welcome"))
    assert client.get("/vi/tim-kiem/", {"q": "welcome"}).status_code == 200


def test_of_titles_that_fit_alike_the_shorter_comes_first(ward):
    places = HeritageIndexPageFactory(parent=ward.homes["vi"])
    for title in ("Chùa Hoa Lăng", "Chùa Hà Vọng Các", "Chùa Hà"):
        HeritageSitePageFactory(parent=places, title=title, summary="Chùa Hà, chùa Hoa Lăng")
    found = find_pages(Page.objects.live(), "chua h", limit=5)
    assert [page.title for page in found] == ["Chùa Hà", "Chùa Hoa Lăng", "Chùa Hà Vọng Các"]
