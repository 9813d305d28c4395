from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from heritage.models import Festival, HeritageSitePage
from tests.factories import HeritageSitePageFactory, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_one_day")]


@pytest.fixture
def _one_day():
    with time_machine.travel("2026-11-25T03:00:00Z", tick=False):
        yield


@pytest.fixture
def site(heritage) -> HeritageSitePage:
    page = HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà", address="86, phố Chùa Hà; phường Thử")
    page.festivals.add(
        Festival(
            name="Hội đình",
            day=12,
            month=2,
            days=3,
            description="Rước kiệu, múa rồng; và cờ người suốt ba ngày, dân trong làng và khách thập phương cùng dự.",
            locale=page.locale,
        )
    )
    page.save_revision().publish()
    return HeritageSitePage.objects.get(pk=page.pk)


def address(name: str = "ward_feed", language: str = "vi", **kwargs) -> str:
    with override(language):
        return reverse(f"heritage:{name}", kwargs=kwargs)


def events(client, url: str) -> list:
    answer = client.get(url)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_festival_is_an_all_day_event_that_ends_the_day_after_its_last(client, site):
    event = events(client, address("site_feed", key=site.translation_key))[0]
    assert event.decoded("dtstart") == date(2027, 3, 19)
    assert event.decoded("dtend") == date(2027, 3, 22)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "Hội đình" in event["summary"]
    assert "Đình Bối Hà" in event["summary"]
    assert event["location"] == site.address
    assert event["url"].startswith("http")


def test_a_festival_of_which_only_the_month_is_known_is_in_no_feed(client, site):
    known = len(events(client, address()))
    site.festivals.add(Festival(name="Hội xuân", month=1, locale=site.locale))
    site.save_revision().publish()
    assert len(events(client, address())) == known > 0
    assert "Hội xuân" not in client.get(address()).content.decode()


def test_the_feed_tells_of_about_three_years(client, site):
    days = [event.decoded("dtstart") for event in events(client, address())]
    assert days == [date(2027, 3, 19), date(2028, 3, 7), date(2029, 3, 26)]


def test_lines_are_folded_at_75_octets_and_end_in_crlf(client, site):
    content = client.get(address()).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_an_event_keeps_its_uid_in_every_language_after_a_new_name_and_a_new_day(client, site):
    translate(site, "Bối Hà House")
    url = address("site_feed", key=site.translation_key)
    before = [event["uid"] for event in events(client, url)]
    assert len(set(before)) == 3
    assert [e["uid"] for e in events(client, address("site_feed", "en", key=site.translation_key))] == before
    festival = site.festivals.get()
    festival.name, festival.day = "Hội làng", 11
    site.title = "Đình Hà"
    site.festivals = [festival]
    site.save_revision().publish()
    again = events(client, url)
    assert [event["uid"] for event in again] == before
    assert again[0].decoded("dtstart") == date(2027, 3, 18)


def test_each_language_has_its_own_words(client, site):
    translate(site, "Bối Hà House")
    [vietnamese, *_], [english, *_] = events(client, address()), events(client, address(language="en"))
    assert vietnamese["summary"].params["LANGUAGE"] == "vi"
    assert english["summary"].params["LANGUAGE"] == "en"
    assert "Bối Hà House" in english["summary"]
    assert "lunar month" in english["description"]


def test_a_site_without_a_translation_answers_in_the_nearest_language(client, site):
    answer = client.get(address("site_feed", "en", key=site.translation_key))
    assert answer["Content-Language"] == "vi"
    assert "Đình Bối Hà" in Calendar.from_ical(answer.content)["x-wr-calname"]


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "restrict_parent"])
def test_a_hidden_site_is_in_no_feed(client, heritage, site, hide):
    if hide == "unpublish":
        site.unpublish()
    else:
        closed = site if hide == "restrict" else heritage
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert events(client, address()) == []
    assert client.get(address("site_feed", key=site.translation_key)).status_code == 404


def test_the_feed_may_be_kept_and_asked_whether_it_changed(client, site):
    answer = client.get(address())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "max-age=3600" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    assert client.get(address(), headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_feed_is_only_read(client, site):
    assert client.post(address()).status_code == 405
    assert client.head(address()).status_code == 200


def test_more_sites_cost_no_more_queries(client, heritage, site, django_assert_num_queries):
    client.get(address())
    with CaptureQueriesContext(connection) as one:
        client.get(address())
    for day in range(1, 5):
        page = HeritageSitePageFactory(parent=heritage)
        page.festivals.add(Festival(day=day, month=3, locale=page.locale))
        page.save_revision().publish()
    with django_assert_num_queries(len(one)):
        assert len(events(client, address())) == 15


def test_the_page_links_its_feed(client, site):
    assert address("site_feed", key=site.translation_key) in client.get(site.url).content.decode()
