from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.translation import override

from tests.factories import StandardPageFactory
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.due import due_plaques, with_reasons
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install, mark_lost, retire
from wardmark.plaques.models import AlertKind, EventKind, Plaque
from wardmark.plaques.scans import count_scan

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hung(ward):
    """Return a function that makes a plaque which hangs since so many days and was scanned an hour ago."""

    def make(days: int, *, scanned: bool = True) -> Plaque:
        plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
        install(plaque=plaque, by=None, on=TODAY - timedelta(days=days))
        if scanned:
            count_scan(plaque_id=plaque.pk, language="vi", at=NOW - timedelta(hours=1))
        return plaque

    return make


def reasons(plaque: Plaque) -> list[str]:
    with override("en"):
        return [reason for due in with_reasons(due_plaques()) if due.plaque == plaque for reason in due.reasons]


def test_a_plaque_that_hangs_in_good_order_is_not_due(hung):
    assert reasons(hung(29)) == []


def test_a_plaque_nobody_ever_looked_at_is_due_after_ninety_days(hung):
    assert reasons(hung(90)) == ["Never checked"]


def test_a_check_planned_earlier_is_due_on_its_day(hung):
    plaque = hung(10)
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.next_check_on = date(2026, 11, 25)
    assert reasons(plaque) == ["A check was planned for 25 Nov 2026"]


def test_a_plaque_never_scanned_in_thirty_days_is_due(hung):
    assert reasons(hung(30, scanned=False)) == ["Not one scan in 30 days"]


def test_an_open_alert_makes_even_a_lost_plaque_due_but_not_a_retired_one(hung):
    lost, retired = hung(1), hung(1)
    mark_lost(plaque=lost, by=None)
    retire(plaque=retired, by=None, why="Đã gỡ")
    for plaque in (lost, retired):
        raise_alert(plaque=plaque, kind=AlertKind.MISSING)
    assert reasons(lost) == ["Missing"]
    assert reasons(retired) == []


def test_all_reasons_of_a_plaque_are_told_together(hung):
    plaque = hung(100, scanned=False)
    raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    assert reasons(plaque) == ["Damaged", "Never checked", "Not one scan in 30 days"]
