from datetime import timedelta

import pytest
import time_machine
from django.db.models import QuerySet
from django.test import RequestFactory
from django.utils import timezone

from tests.factories import StandardPageFactory
from wardmark.plaques.models import Plaque, ScanCount
from wardmark.plaques.scans import count_scan, is_by_a_person, scans_by_plaque

NOON = timezone.make_aware(timezone.datetime(2026, 5, 16, 12, 0))


@pytest.fixture
def plaque(ward):
    return Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))


@pytest.mark.parametrize(
    ("method", "headers", "counted"),
    [
        ("get", {}, True),
        ("head", {}, False),
        ("get", {"sec-purpose": "prefetch"}, False),
        ("get", {"sec-purpose": "prefetch;prerender"}, False),
        ("get", {"sec-fetch-mode": "navigate"}, True),
    ],
)
def test_a_scan_is_a_person_opening_the_link(method, headers, counted):
    request = getattr(RequestFactory(), method)("/q/7K3M9XP", headers=headers)
    assert is_by_a_person(request) is counted


IN_A_BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    "agent",
    [
        IN_A_BROWSER + "Version/18.1 Mobile/15E148 Safari/604.1",
        IN_A_BROWSER + "Mobile/15E148 Zalo iOS/634 ZaloTheme/light ZaloLanguage/vn",
        IN_A_BROWSER + "Mobile/22B83 [FBAN/FBIOS;FBAV/486.0.0.60;FBBV/653;FBDV/iPhone15,2]",
        "Mozilla/5.0 (Linux; Android 12; CUBOT P50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile",
        "",
    ],
)
def test_people_in_browsers_and_in_apps_are_counted(agent):
    assert is_by_a_person(RequestFactory().get("/q/7K3M9XP", headers={"user-agent": agent}))


@pytest.mark.parametrize(
    "agent",
    [
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23.20.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "curl/8.5.0",
        "python-requests/2.32",
    ],
)
def test_robots_that_look_before_a_person_does_are_not(agent):
    assert not is_by_a_person(RequestFactory().get("/q/7K3M9XP", headers={"user-agent": agent}))


def test_scans_of_one_hour_and_language_share_a_row(plaque):
    for minutes in (0, 1, 59):
        count_scan(plaque=plaque, language="vi", at=NOON + timedelta(minutes=minutes))
    count_scan(plaque=plaque, language="en", at=NOON)
    count_scan(plaque=plaque, language="vi", at=NOON + timedelta(minutes=60))
    rows = set(ScanCount.objects.values_list("hour", "language", "scans"))
    assert rows == {(NOON, "vi", 3), (NOON, "en", 1), (NOON + timedelta(hours=1), "vi", 1)}


def test_a_scan_is_counted_in_the_hour_it_happens(plaque):
    with time_machine.travel(NOON + timedelta(minutes=59, seconds=59), tick=False):
        count_scan(plaque=plaque, language="vi")
    assert ScanCount.objects.get().hour == NOON


def test_a_scan_is_counted_when_another_process_opens_the_hour_first(plaque, monkeypatch):
    """The other process writes its row between our two statements."""
    update = QuerySet.update

    def overtaken(rows, **values):
        changed = update(rows, **values)
        if not ScanCount.objects.exists():
            ScanCount.objects.create(plaque=plaque, hour=NOON, language="vi", scans=1)
        return changed

    monkeypatch.setattr(QuerySet, "update", overtaken)
    count_scan(plaque=plaque, language="vi", at=NOON)
    assert ScanCount.objects.get().scans == 2


def test_a_scan_keeps_nothing_about_the_visitor():
    assert {field.name for field in ScanCount._meta.fields} == {"id", "plaque", "hour", "language", "scans"}


def test_scans_are_summed_per_plaque_in_one_query(ward, django_assert_num_queries):
    plaques = [Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"])) for _ in range(3)]
    for plaque in plaques[:2]:
        count_scan(plaque=plaque, language="vi", at=NOON)
        count_scan(plaque=plaque, language="en", at=NOON - timedelta(days=40))
    with django_assert_num_queries(1):
        assert scans_by_plaque(plaques) == {plaques[0].pk: 2, plaques[1].pk: 2}
    recent = scans_by_plaque(plaques, since=NOON - timedelta(days=30))
    assert recent == {plaques[0].pk: 1, plaques[1].pk: 1}
