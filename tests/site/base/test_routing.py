import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from tests.factories import HeritageSitePageFactory, HomePageFactory, StandardPageFactory, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Vòng")


def languages_offered(response) -> list[str]:
    return [link.language for link in response.context["language_links"] if link.is_same_page]


def test_an_address_opens_its_page_in_its_language(client, house):
    english = translate(house, "Vòng Communal House")
    for page, path in ((house, "/vi/di-tich/dinh-vong/"), (english, "/en/di-tich/dinh-vong/")):
        assert client.get(path).context["page"] == page
        assert languages_offered(client.get(path)) == ["vi", "en"]


@pytest.mark.parametrize(
    "path", ["/vi/di-tich/", "/vi/di-tich/dinh-vong/", "/en/", "/en/di-tich/dinh-vong/", "/vi/khong-co/", "/vi/ward/"]
)
def test_an_address_is_answered_as_wagtail_alone_would(client, house, monkeypatch, path):
    ours = client.get(path)
    monkeypatch.setattr("wardmark.base.views.remember_route", lambda request, path: None)
    wagtails = client.get(path)
    assert ours.status_code == wagtails.status_code
    assert ours.content == wagtails.content


def test_the_depth_of_a_page_costs_no_query(client, ward):
    top = StandardPageFactory(parent=ward.homes["vi"], title="Một")
    deep = StandardPageFactory(parent=StandardPageFactory(parent=top, title="Hai"), title="Ba")

    def queries(page) -> int:
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.url).context["page"] == page
        return len(captured)

    assert queries(deep) == queries(top)


def test_a_draft_is_not_served(client, house):
    house.unpublish()
    assert client.get("/vi/di-tich/dinh-vong/").status_code == 404


def test_under_an_unpublished_home_page_its_language_is_not_served(client, ward, house):
    english = translate(house, "Vòng Communal House")
    assert client.get(english.url).context["page"] == english
    english.get_parent().get_parent().unpublish()
    # Wagtail alone would answer in Vietnamese, under the address of English.
    assert client.get(english.url).headers["Location"] == f"{house.url}#wished-en"


def test_an_untranslated_copy_is_served_under_the_other_language(client, house):
    alias = house.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    assert client.get(alias.url).context["page"] == alias


def test_what_stands_under_a_closed_page_stays_closed(client, heritage, house):
    assert client.get(house.url).status_code == 200
    PageViewRestriction.objects.create(page=heritage, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get(house.url)
    assert answer.status_code == 302
    assert "next=/vi/di-tich/dinh-vong/" in answer.headers["Location"]


def test_the_language_switch_names_neither_drafts_nor_closed_pages(client, house):
    english = translate(house, "Vòng Communal House")
    assert languages_offered(client.get(house.url)) == ["vi", "en"]
    restriction = PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert languages_offered(client.get(house.url)) == ["vi"]
    restriction.delete()
    english.unpublish()
    assert languages_offered(client.get(house.url)) == ["vi"]


def test_a_new_home_page_is_found_by_a_process_that_remembers_the_old_one(client, ward, house):
    new = HomePageFactory(parent=Page.get_first_root_node(), title="Trang nhà mới", slug="moi")
    remembered = Site.get_site_root_paths()
    site = Site.objects.get()
    site.root_page = new
    site.save()
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, remembered, version=SITE_ROOT_PATHS_CACHE_VERSION)
    assert client.get("/vi/").context["page"] == new
