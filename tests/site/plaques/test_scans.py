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
        ("get", {"sec-fetch-mode": "navigate"}, True),
    ],
)
def test_a_scan_is_a_person_opening_the_link(method, headers, counted):
    request = getattr(RequestFactory(), method)("/q/7K3M9XP", headers=headers)
    assert is_by_a_person(request) is counted


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


@pytest.mark.django_db(transaction=True)
def test_scans_at_the_same_moment_are_all_counted(plaque):
    """All threads find no row before any writes one: the losers of the insert must still add their scan."""
    start, errors = threading.Barrier(4), []

    def scan():
        try:
            start.wait(timeout=10)
            count_scan(plaque=plaque, language="vi", at=NOON)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=scan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert ScanCount.objects.get().scans == 4


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
