"""Names of pages while somebody types."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from tests.factories import HeritageSitePageFactory, PersonPageFactory, StandardPageFactory, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(heritage):
    for title in ("Chùa Hà", "Đình Vòng", "Đình Bối Hà"):
        HeritageSitePageFactory(parent=heritage, title=title, summary="Ở trong làng.")
    return heritage


def suggested(client, typed: str, language: str = "vi") -> list[str]:
    with translation.override(language):
        address = reverse("suggestions")
    answer = client.get(address, {"q": typed})
    assert answer.status_code == 200
    return [option["title"] for option in answer.json()["options"]]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("chua ha", "Chùa Hà"),
        ("dinh vong", "Đình Vòng"),
        ("din", "Đình Vòng"),
        ("VÒNG", "Đình Vòng"),
        ("bố", "Đình Bối Hà"),
    ],
)
def test_a_name_is_suggested_before_it_is_whole_and_without_its_accents(client, places, typed, title):
    assert title in suggested(client, typed)


def test_a_suggestion_leads_to_its_page_and_says_what_it_is(client, places):
    answer = client.get(reverse("suggestions"), {"q": "chua ha"}).json()
    [option] = answer["options"]
    assert client.get(option["url"]).context["page"].title == "Chùa Hà"
    assert option["kind"].lower() == str(places.get_children().first().specific_class._meta.verbose_name).lower()
    assert "1" in answer["said"]


def test_the_accents_that_were_typed_come_first_however_many_there_are(client, places):
    for number in range(30):
        HeritageSitePageFactory(parent=places, title=f"Chùa số {number}", summary="")
    HeritageSitePageFactory(parent=places, title="Đền Bà Chúa", summary="")
    titles = suggested(client, "chúa")
    assert titles[0] == "Đền Bà Chúa"
    assert len(titles) == 8


def test_a_name_comes_before_a_page_that_only_mentions_it(client, places):
    mentioning = HeritageSitePageFactory(parent=places, title="An Phú", summary="Gần đình Vòng")
    mentioning.move(places, pos="first-child")
    assert suggested(client, "dinh vong") == ["Đình Vòng", "An Phú"]


@pytest.mark.parametrize("typed", ["", "d", " đ ", "?!", "\x00"])
def test_fewer_than_two_letters_suggest_nothing_and_ask_nobody(client, places, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert suggested(client, typed) == []


@pytest.mark.parametrize("how", ["draft", "closed", "below closed", "copy of closed", "other language"])
def test_what_visitors_may_not_see_is_not_suggested(client, places, how):
    house = places.get_children().get(title="Đình Vòng").specific
    copy = house.create_alias(update_slug="ban-sao")
    copy.title = "Đình Vòng bản sao"
    copy.save()
    match how:
        case "draft":
            house.unpublish()
        case "other language":
            translate(house, "Vòng House")
            assert suggested(client, "vong", "en") == ["Vòng House"]
            return
        case _:
            page = places if how == "below closed" else house
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "Đình Vòng" not in suggested(client, "dinh vong")
    if how == "copy of closed":
        assert suggested(client, "dinh vong") == []


def test_more_pages_cost_no_more_queries(client, ward, places):
    def queries(language: str) -> int:
        suggested(client, "dinh", language)
        with CaptureQueriesContext(connection) as captured:
            suggested(client, "dinh", language)
        return len(captured)

    assert queries("vi") <= 3
    before = queries("en")
    for number in range(5):
        translate(HeritageSitePageFactory(parent=places, title=f"Đình {number}"), f"Dinh {number}")
        PersonPageFactory(parent=places, title=f"Ông Đình {number}")
        StandardPageFactory(parent=ward.homes["vi"], title=f"Về đình {number}")
    assert queries("vi") <= 3
    # Another language than the site's own has a home page to be found first.
    assert queries("en") == before <= 4


def test_a_page_of_no_type_of_ours_breaks_nothing(client, ward):
    ward.homes["vi"].add_child(instance=Page(title="Welcome to Wagtail", slug="welcome"))
    assert suggested(client, "welcome") == []


def test_answers_are_kept_for_a_minute_by_the_visitor_alone_and_by_no_search_engine(client, places):
    headers = client.get(reverse("suggestions"), {"q": "chua"}).headers
    assert "private" in headers["Cache-Control"]
    assert "max-age=60" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"


def test_what_was_typed_is_written_nowhere(client, places, caplog):
    with caplog.at_level(logging.DEBUG):
        caplog.clear()
        suggested(client, "bí mật của tôi")
    ours = [record for record in caplog.records if record.name != "django.db.backends"]
    assert not any("bí mật" in record.getMessage() for record in ours)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=250))
def test_nothing_that_can_be_typed_breaks_it(client, places, typed):
    assert len(suggested(client, typed)) <= 8


def test_who_finds_nothing_is_shown_what_there_is(client, places):
    html = client.get(reverse("search"), {"q": "không có gì như thế"}).content.decode()
    assert f'href="{places.url}"' in html.split('id="sections"')[1]
    assert 'id="sections"' not in client.get(reverse("search"), {"q": "chùa"}).content.decode()


def test_a_result_says_its_kind_and_what_it_is_about(client, heritage):
    HeritageSitePageFactory(parent=heritage, title="Đình Vòng", summary="Ngôi đình giữa làng.", address="Ngõ 1")
    page = client.get(reverse("search"), {"q": "vong"})
    html = page.content.decode()
    assert "Ngôi đình giữa làng." in html
    assert f"{page.context['found'][0].kind_label} · Ngõ 1" in html
