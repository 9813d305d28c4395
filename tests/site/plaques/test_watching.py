"""The daily look for silent plaques, on real counts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import StandardPageFactory
from wardmark.plaques.alerts import close_alert, raise_alert
from wardmark.plaques.checking import record_check
from wardmark.plaques.lifecycle import install, mark_damaged
from wardmark.plaques.models import AlertKind, Finding, Plaque, PlaqueAlert, ScanCount
from wardmark.plaques.watching import PAST_DAYS, watch_for_silence, with_scans_since

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.combine(TODAY, time(3, 20), HANOI), tick=False):
        yield


def scanned(plaque: Plaque, per_day: int, *, first_day_ago: int, last_day_ago: int) -> None:
    """Count scans on each of these days, half an hour before the ward's midnight: a day earlier in Europe."""
    ScanCount.objects.bulk_create(
        ScanCount(
            plaque=plaque,
            hour=datetime.combine(TODAY - timedelta(days=ago), time(23), HANOI).astimezone(UTC),
            language="vi",
            scans=per_day,
        )
        for ago in range(last_day_ago, first_day_ago + 1)
    )


@pytest.fixture
def hung(ward):
    """Return a function that hangs up a plaque so many days ago."""

    def hang(days_ago: int = 120) -> Plaque:
        plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
        install(plaque=plaque, by=None, on=TODAY - timedelta(days=days_ago))
        return plaque

    return hang


@pytest.fixture
def neighbours(hung):
    """Plaques that go on being scanned, so that the ward is heard every day, next week too."""
    for _ in range(3):
        scanned(hung(), 5, first_day_ago=120, last_day_ago=-7)


def test_a_plaque_whose_scans_stop_raises_an_alert_that_says_since_when(hung, neighbours):
    plaque = hung()
    scanned(plaque, 10, first_day_ago=120, last_day_ago=6)
    assert watch_for_silence() == 1
    alert = PlaqueAlert.objects.get()
    assert (alert.plaque, alert.kind) == (plaque, AlertKind.SILENT)
    assert "26/05/2026" in alert.note
    assert "50" in alert.note


def test_a_plaque_that_is_scanned_raises_none(hung, neighbours):
    scanned(hung(), 10, first_day_ago=120, last_day_ago=2)
    assert watch_for_silence() == 0


def test_today_is_not_over_and_counts_for_nothing(hung, neighbours):
    """At twenty past three in the morning a plaque with fifty scans a day has none yet."""
    scanned(hung(), 50, first_day_ago=120, last_day_ago=1)
    assert watch_for_silence() == 0


def test_asked_every_day_the_alert_is_raised_once(hung, neighbours):
    scanned(hung(), 10, first_day_ago=120, last_day_ago=6)
    assert watch_for_silence() == 1
    assert watch_for_silence() == 0
    assert PlaqueAlert.objects.get().times == 1


def test_what_is_not_installed_is_not_watched(hung, ward):
    damaged = hung()
    mark_damaged(plaque=damaged, by=None)
    planned = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
    for plaque in (damaged, planned):
        scanned(plaque, 10, first_day_ago=120, last_day_ago=6)
    assert watch_for_silence() == 0


def test_scans_from_before_the_installation_are_no_past(hung, neighbours):
    """The plate lay on the editors' table, where everybody tried it."""
    scanned(hung(10), 10, first_day_ago=100, last_day_ago=11)
    assert watch_for_silence() == 0


def test_too_little_past_makes_no_claim(hung, neighbours):
    scanned(hung(30), 10, first_day_ago=30, last_day_ago=6)
    assert watch_for_silence() == 0


def test_days_on_which_the_whole_ward_was_silent_tell_of_the_site(hung):
    """Three days without the server, and nobody is sent to look at four sound plaques."""
    for _ in range(4):
        scanned(hung(), 10, first_day_ago=120, last_day_ago=4)
    assert watch_for_silence() == 0


def test_the_only_plaque_of_a_ward_is_watched_all_the_same(hung):
    scanned(hung(), 10, first_day_ago=120, last_day_ago=6)
    assert watch_for_silence() == 1


def test_somebody_who_found_it_in_order_is_believed(hung, neighbours, editor):
    plaque = hung()
    scanned(plaque, 10, first_day_ago=120, last_day_ago=6)
    with time_machine.travel(datetime.combine(TODAY - timedelta(days=1), time(9), HANOI)):
        record_check(plaque=plaque, by=editor, finding=Finding.FINE)
    assert watch_for_silence() == 0
    assert watch_for_silence(today=TODAY + timedelta(days=5)) == 1


def test_an_alert_that_was_closed_comes_back_only_after_as_long_a_silence_again(hung, editor):
    plaque = hung()
    scanned(plaque, 10, first_day_ago=120, last_day_ago=6)
    watch_for_silence()
    close_alert(alert=PlaqueAlert.objects.get(), by=editor, outcome="Works; the street is closed for a week.")
    assert watch_for_silence(today=TODAY + timedelta(days=1)) == 0
    assert watch_for_silence(today=TODAY + timedelta(days=7)) == 1


def test_scans_since_an_alert_are_shown_beside_it(hung, django_assert_num_queries):
    plaque, other = hung(), hung()
    scanned(plaque, 10, first_day_ago=120, last_day_ago=6)
    for one in (plaque, other):
        raise_alert(plaque=one, kind=AlertKind.SILENT)
    now = datetime.combine(TODAY, time(3), HANOI)
    ScanCount.objects.create(plaque=plaque, hour=now, language="vi", scans=1)
    ScanCount.objects.create(plaque=plaque, hour=now + timedelta(hours=5), language="vi", scans=2)
    with django_assert_num_queries(1):
        since = {alert.plaque_id: alert.scans_since for alert in with_scans_since(PlaqueAlert.objects.all())}
    assert since == {plaque.pk: 3, other.pk: 0}


def test_no_plaque_costs_a_query_of_its_own(hung):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            watch_for_silence()
        return len(captured)

    scanned(hung(), 5, first_day_ago=60, last_day_ago=1)
    few = queries()
    for _ in range(6):
        scanned(hung(), 5, first_day_ago=60, last_day_ago=1)
    assert queries() == few == 2


def test_years_of_past_are_not_read(hung):
    plaque = hung(PAST_DAYS + 300)
    scanned(plaque, 10, first_day_ago=PAST_DAYS + 200, last_day_ago=PAST_DAYS + 10)
    assert watch_for_silence() == 0
