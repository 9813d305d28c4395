"""The list of pages for search engines, and what robots are told."""

from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories import HeritageSitePageFactory, HomePageFactory, PersonPageFactory, StandardPageFactory, translate
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def listed(client) -> dict[str, dict[str, str]]:
    """Return each address of the sitemap with its alternates by language."""
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert root.tag == f"{{{NAMES['s']}}}urlset"
    found = {}
    for url in root.findall("s:url", NAMES):
        [loc] = url.findall("s:loc", NAMES)
        links = url.findall("x:link", NAMES)
        assert all(link.attrib["rel"] == "alternate" for link in links)
        found[loc.text] = {link.attrib["hreflang"]: link.attrib["href"] for link in links}
    return found


@pytest.fixture
def house(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Vòng")


def test_every_open_page_is_there_in_each_of_its_languages(client, ward, heritage, house):
    english = translate(house, "Vòng House")
    lone = StandardPageFactory(parent=ward.homes["vi"])
    found = listed(client)
    languages = {"vi": house.full_url, "en": english.full_url, "x-default": house.full_url}
    assert found[house.full_url] == found[english.full_url] == languages
    assert found[lone.full_url] == {}
    every = [page for home in ward.homes.values() for page in Page.objects.descendant_of(home, inclusive=True)]
    assert found.keys() == {page.full_url for page in every}


def test_a_changed_page_says_when(client, house):
    house.save_revision().publish()
    house.refresh_from_db()
    day = timezone.localtime(house.last_published_at).date().isoformat()
    assert f"{house.full_url}</loc><lastmod>{day}" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("how", ["draft", "closed", "below closed"])
def test_what_visitors_may_not_see_is_not_there(client, heritage, house, how):
    english = translate(house, "Vòng House")
    if how == "draft":
        house.unpublish()
    else:
        page = house if how == "closed" else heritage
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    found = listed(client)
    assert house.full_url not in found
    assert found[english.full_url] == {}


def test_copies_are_left_out(client, house):
    alias = house.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    found = listed(client)
    assert alias.full_url not in found
    assert found[house.full_url] == {}


def test_a_language_whose_home_page_is_a_draft_is_left_out(client, ward, house):
    english = translate(house, "Vòng House")
    assert english.full_url in listed(client)
    english.get_parent().get_parent().unpublish()
    assert not any("/en/" in address for address in listed(client))


def test_pages_of_a_language_that_the_site_no_longer_has_are_left_out(client, ward, house):
    korean = Locale.objects.create(language_code="ko")
    ward.homes["vi"].copy_for_translation(korean).save_revision().publish()
    house.copy_for_translation(korean, copy_parents=True).save_revision().publish()
    found = listed(client)
    assert found[house.full_url] == {}
    assert not any("/ko/" in address for address in found)


def test_another_ward_on_the_same_server_is_not_there(client, ward, house):
    other = HomePageFactory(parent=Page.get_first_root_node(), title="Phường khác", slug="khac")
    Site.objects.create(hostname="other.example", root_page=other)
    assert not any("other.example" in address for address in listed(client))


def test_more_pages_cost_no_more_queries(client, heritage, house, django_assert_num_queries):
    PersonPageFactory(parent=heritage)
    listed(client)
    with CaptureQueriesContext(connection) as few:
        listed(client)
    for number in range(5):
        translate(HeritageSitePageFactory(parent=heritage), f"House {number}")
        PersonPageFactory(parent=heritage)
    with django_assert_num_queries(len(few)):
        listed(client)


def test_robots_find_the_sitemap_and_stay_out_of_the_admin_and_the_search(client, ward):
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert {"Disallow: /admin/", "Disallow: /vi/tim-kiem/", "Disallow: /en/search/"} <= set(lines)
    [address] = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    assert address == f"{Site.objects.get().root_url}/sitemap.xml"
    for path in ("/q/", "/link-pictures/", "/vi/di-tich/"):
        assert not any(path.startswith(line.removeprefix("Disallow: ")) for line in lines if line.startswith("Dis"))


def test_a_short_link_is_followed_but_not_kept_by_search_engines(client, house):
    code = Plaque.objects.for_page(house).code
    for path in (f"/q/{code}", "/q/", "/q/0000000"):
        assert client.get(path).headers["X-Robots-Tag"] == "noindex"
