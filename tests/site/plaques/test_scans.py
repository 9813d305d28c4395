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
