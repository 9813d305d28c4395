import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
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
        ("get", {"purpose": "prefetch"}, False),
        ("get", {"x-purpose": "preview"}, False),
        ("get", {"x-moz": "prefetch"}, False),
        ("get", {"sec-fetch-mode": "navigate"}, True),
    ],
)
def test_a_scan_is_a_person_opening_the_link(method, headers, counted):
    request = getattr(RequestFactory(), method)("/q/7K3M9XP", headers=headers)
    assert is_by_a_person(request) is counted


IN_A_BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "

ON_ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    "agent",
    [
        IN_A_BROWSER + "Version/18.1 Mobile/15E148 Safari/604.1",
        IN_A_BROWSER + "Mobile/15E148 Zalo iOS/634 ZaloTheme/light ZaloLanguage/vn",
        IN_A_BROWSER + "Mobile/22B83 [FBAN/FBIOS;FBAV/486.0.0.60;FBBV/653;FBDV/iPhone15,2]",
        IN_A_BROWSER + "Mobile/15E148 Instagram 361.0.0.35.82 (iPhone15,2; iOS 18_1; vi_VN; vi; scale=3.00; 1179x2556)",
        ON_ANDROID + "Version/4.0 Chrome/130.0.6723.102 Mobile Safari/537.36 Zalo android/24110020 ZaloTheme/light",
        ON_ANDROID + "Version/4.0 Chrome/130.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/490.0.0.63.82;IABMV/1;]",
        ON_ANDROID + "Version/4.0 Chrome/130.0 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/486.0.0.37.61;]",
        ON_ANDROID + "Version/4.0 Chrome/130.0 Mobile Safari/537.36 Viber/23.6.2.0",
        ON_ANDROID
        + "Version/4.0 Chrome/130.0 Mobile Safari/537.36 Telegram-Android/11.4.2 (Samsung SM-A546E; AVERAGE)",
        ON_ANDROID + "Version/4.0 Chrome/130.0 Mobile Safari/537.36 musical_ly_2023 BytedanceWebview/d8a21c6",
        ON_ANDROID + "Version/4.0 Chrome/130.0 Mobile Safari/537.36 GSA/15.45.38.28.arm64",  # Google's own app and lens
        ON_ANDROID + "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
        ON_ANDROID + "coc_coc_browser/130.0 Chrome/130.0 Mobile Safari/537.36",
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
        "facebookexternalhit/1.1;line-poker/1.0",
        "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
        "meta-externalfetcher/1.1",
        "FacebookBot/1.0",
        # iMessage says that it is everybody.
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
        "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "Twitterbot/1.0",
        "TelegramBot (like TwitterBot)",
        "ZaloBot/1.0",
        "Mozilla/5.0 (compatible; Zalo-Crawler/1.0; +https://zalo.me)",
        "Viber/13.3.0 (compatible; link-preview)",
        "Viber",
        "Viber/20.3.0.5",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/130.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
        "Google-Read-Aloud",
        "APIs-Google (+https://developers.google.com/webmasters/APIs-Google.html)",
        "Mediapartners-Google",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 "
        "(compatible; Google-PageRenderer)",
        "Mozilla/5.0 (compatible; BingPreview/1.0b)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0 Safari/537.36",
        "Slack-ImgProxy (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "axios/1.7.7",
        "node-fetch/1.0",
        "Dart/3.5 (dart:io)",
        "CFNetwork/1498.700.2 Darwin/23.6.0",
        "MyApp/1 CFNetwork/1498.700.2 Darwin/23.6.0",
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
        count_scan(plaque_id=plaque.pk, language="vi", at=NOON + timedelta(minutes=minutes))
    count_scan(plaque_id=plaque.pk, language="en", at=NOON)
    count_scan(plaque_id=plaque.pk, language="vi", at=NOON + timedelta(minutes=60))
    rows = set(ScanCount.objects.values_list("hour", "language", "scans"))
    assert rows == {(NOON, "vi", 3), (NOON, "en", 1), (NOON + timedelta(hours=1), "vi", 1)}


def test_a_scan_is_counted_in_the_hour_it_happens(plaque):
    with time_machine.travel(NOON + timedelta(minutes=59, seconds=59), tick=False):
        count_scan(plaque_id=plaque.pk, language="vi")
    assert ScanCount.objects.get().hour == NOON


@pytest.mark.django_db(transaction=True)
def test_scans_at_the_same_moment_all_count(plaque):
    start, errors = threading.Barrier(4), []

    def scan_ten_times():
        try:
            start.wait(timeout=10)
            for _time in range(10):
                count_scan(plaque_id=plaque.pk, language="vi", at=NOON)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=scan_ten_times) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert ScanCount.objects.get().scans == 40


def test_a_scan_keeps_nothing_about_the_visitor():
    assert {field.name for field in ScanCount._meta.fields} == {"id", "plaque", "hour", "language", "scans"}


def test_scans_are_summed_per_plaque_in_one_query(ward, django_assert_num_queries):
    plaques = [Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"])) for _ in range(3)]
    for plaque in plaques[:2]:
        count_scan(plaque_id=plaque.pk, language="vi", at=NOON)
        count_scan(plaque_id=plaque.pk, language="en", at=NOON - timedelta(days=40))
    with django_assert_num_queries(1):
        assert scans_by_plaque(plaques) == {plaques[0].pk: 2, plaques[1].pk: 2}
    recent = scans_by_plaque(plaques, since=NOON - timedelta(days=30))
    assert recent == {plaques[0].pk: 1, plaques[1].pk: 1}
