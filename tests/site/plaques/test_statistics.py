from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from tests.factories import ShopPageFactory, StandardPageFactory, StreetIndexPageFactory, StreetPageFactory, translate
from wardmark.plaques.lifecycle import install, mark_damaged
from wardmark.plaques.models import Plaque, ScanCount
from wardmark.plaques.periods import Period
from wardmark.plaques.statistics import (
    ScanSummary,
    never_scanned,
    plaques_under,
    scan_statistics,
    scan_summaries,
    scan_summary,
    with_scans,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 16)
# Half past eleven at night in the ward, so still the 15th in UTC.
AT_NIGHT = datetime(2026, 5, 15, 17, tzinfo=UTC)
WEEK = Period(DAY - timedelta(days=6), DAY)


@pytest.fixture
def street(ward):
    index = StreetIndexPageFactory(parent=ward.homes["vi"])
    translate(index, "Streets")
    return StreetPageFactory(parent=index, title="Phố thử")


def counted(page, scans: int, *, at: datetime = AT_NIGHT, language: str = "vi") -> Plaque:
    plaque = Plaque.objects.for_page(page)
    ScanCount.objects.create(plaque=plaque, hour=at, language=language, scans=scans)
    return plaque


def test_days_and_hours_are_those_of_the_wards_clock_and_silent_ones_are_zero(ward):
    page = StandardPageFactory(parent=ward.homes["vi"])
    counted(page, 3)
    counted(page, 4, at=AT_NIGHT - timedelta(hours=1), language="en")
    statistics = scan_statistics(period=WEEK)
    assert list(statistics.by_day) == WEEK.days
    assert [statistics.by_day[day] for day in WEEK.days] == [0, 0, 0, 0, 0, 4, 3]
    assert {hour: scans for hour, scans in enumerate(statistics.by_hour) if scans} == {0: 3, 23: 4}
    assert statistics.by_language == {"en": 4, "vi": 3}
    assert statistics.total == 7


def test_a_persons_own_time_zone_in_the_admin_changes_nothing(ward):
    counted(StandardPageFactory(parent=ward.homes["vi"]), 3)
    with timezone.override("America/Los_Angeles"):
        statistics = scan_statistics(period=WEEK)
    assert statistics.by_day[DAY] == 3
    assert statistics.by_hour[0] == 3


def test_the_change_is_that_against_the_period_before(ward):
    page = StandardPageFactory(parent=ward.homes["vi"])
    counted(page, 30)
    counted(page, 20, at=AT_NIGHT - timedelta(days=7))
    counted(page, 99, at=AT_NIGHT - timedelta(days=14))
    statistics = scan_statistics(period=WEEK)
    assert (statistics.before, statistics.change) == (20, 0.5)


def test_against_a_period_without_scans_there_is_no_change_to_name(ward):
    assert scan_statistics(period=WEEK).change is None


def test_the_scans_of_a_street_are_those_of_all_that_stands_on_it(street):
    other = StreetPageFactory(parent=street.get_parent())
    counted(street, 1)
    counted(ShopPageFactory(parent=street), 2)
    counted(ShopPageFactory(parent=other), 100)
    assert scan_statistics(period=WEEK, plaques=plaques_under(page=street)).total == 3
    assert scan_statistics(period=WEEK, plaques=Plaque.objects.filter(page_key=street.translation_key)).total == 1
    assert scan_statistics(period=WEEK).total == 103


def test_a_translation_of_the_street_has_the_same_scans(street):
    counted(ShopPageFactory(parent=street), 2)
    english = translate(street, "Trial Street")
    assert scan_statistics(period=WEEK, plaques=plaques_under(page=english)).total == 2


def test_the_scans_of_a_shop_stay_on_its_street_when_its_page_is_gone(street):
    shop = ShopPageFactory(parent=street)
    counted(shop, 2)
    Page.objects.get(pk=shop.pk).delete()
    assert scan_statistics(period=WEEK, plaques=plaques_under(page=street)).total == 2


def test_a_shop_that_moved_counts_where_it_stands_now(street):
    shop = ShopPageFactory(parent=street)
    counted(shop, 2)
    other = StreetPageFactory(parent=street.get_parent())
    Page.objects.get(pk=shop.pk).move(other, pos="last-child")
    assert scan_statistics(period=WEEK, plaques=plaques_under(page=Page.objects.get(pk=other.pk))).total == 2
    assert scan_statistics(period=WEEK, plaques=plaques_under(page=street)).total == 0


def test_the_number_of_queries_does_not_grow(street, django_assert_num_queries):
    for number in range(4):
        counted(ShopPageFactory(parent=street), number + 1, at=AT_NIGHT - timedelta(days=number))
    with django_assert_num_queries(4):
        scan_statistics(period=Period.of_last(365, today=DAY))
    with django_assert_num_queries(5):  # one more for the street's translations
        scan_statistics(period=WEEK, plaques=plaques_under(page=street))


def test_each_plaque_knows_its_scans_before_and_its_last(street, django_assert_num_queries):
    busy, quiet = ShopPageFactory(parent=street), ShopPageFactory(parent=street)
    counted(busy, 5)
    counted(busy, 2, at=AT_NIGHT - timedelta(days=7))
    with django_assert_num_queries(1):
        plaques = {plaque.page_key: plaque for plaque in with_scans(Plaque.objects.all(), period=WEEK)}
    shown = plaques[busy.translation_key]
    assert (shown.scans, shown.scans_before, shown.last_scan) == (5, 2, AT_NIGHT)
    shown = plaques[quiet.translation_key]
    assert (shown.scans, shown.scans_before, shown.last_scan) == (0, 0, None)


def test_a_summary_counts_the_last_days_with_today_in_one_query(street, django_assert_num_queries):
    now = AT_NIGHT + timedelta(minutes=30)
    first, second = counted(street, 5), counted(ShopPageFactory(parent=street), 1)
    ScanCount.objects.create(plaque=first, hour=AT_NIGHT - timedelta(days=7), language="vi", scans=10)
    ScanCount.objects.create(plaque=first, hour=AT_NIGHT - timedelta(days=30), language="vi", scans=100)
    silent = Plaque.objects.for_page(ShopPageFactory(parent=street))
    with django_assert_num_queries(1):
        summaries = scan_summaries([first, second, silent], now=now)
    assert summaries[first.pk] == ScanSummary(5, 15, 115, AT_NIGHT)
    assert summaries[second.pk] == ScanSummary(1, 1, 1, AT_NIGHT)
    assert summaries[silent.pk] == ScanSummary(0, 0, 0, None)
    assert scan_summary(first, now=now) == summaries[first.pk]


def test_the_counts_of_a_period_are_found_by_index_not_by_reading_all(ward):
    """Years of hours lie in this table; the list of plaques must read the chosen weeks only."""
    counted(StandardPageFactory(parent=ward.homes["vi"]), 1)
    with CaptureQueriesContext(connection) as queries:
        list(with_scans(Plaque.objects.all(), period=WEEK))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {queries[-1]['sql']}")
            steps = [row[3] for row in cursor.fetchall()]
        assert not [step for step in steps if step.startswith("SCAN U0")], steps


def test_an_installed_plaque_without_a_scan_in_30_days_is_perhaps_damaged(ward, django_assert_num_queries):
    now = AT_NIGHT + timedelta(minutes=30)  # on DAY, by the ward's clock
    names = ("silent", "scanned long ago", "scanned", "hung up lately", "damaged", "planned")
    plaques = {name: Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"])) for name in names}
    for name, plaque in plaques.items():
        if name != "planned":
            install(plaque=plaque, by=None, on=DAY - timedelta(days=29 if name == "hung up lately" else 30))
    mark_damaged(plaque=plaques["damaged"], by=None)
    for name, days_ago in (("scanned long ago", 31), ("scanned", 30)):
        ScanCount.objects.create(plaque=plaques[name], hour=AT_NIGHT - timedelta(days=days_ago), language="vi", scans=1)
    with django_assert_num_queries(1):
        found = set(never_scanned(Plaque.objects.all(), now=now))
    assert found == {plaques["silent"], plaques["scanned long ago"]}
    assert set(never_scanned(Plaque.objects.filter(pk=plaques["silent"].pk), now=now)) == {plaques["silent"]}
    assert not never_scanned(Plaque.objects.all(), days=31, now=now).exists()
