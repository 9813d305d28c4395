from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.site.reports.inbox.officers import GOES, reported
from wardmark.base.working_time import WorkingCalendar
from wardmark.reports.clocks import WAITING, by_clock, intake_due, overdue
from wardmark.reports.handling import reject, take
from wardmark.reports.models import URGENT, ReportKind, VisitorReport

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(*parts):
    return datetime(*parts, tzinfo=HERE)


@pytest.mark.parametrize("kind", ReportKind)
def test_an_urgent_report_is_due_in_four_working_hours_any_other_in_eight(ward, kind):
    due = intake_due(kind, at(2026, 11, 20, 16))
    assert due == (at(2026, 11, 23, 11) if kind in URGENT else at(2026, 11, 23, 16))


def test_what_harms_health_or_money_is_urgent():
    assert {ReportKind.ILLNESS, ReportKind.PAYEE_NAME, ReportKind.CODE_COVERED} == URGENT


def test_a_report_carries_its_clock_from_the_beginning(page):
    with time_machine.travel(at(2026, 2, 13, 16), tick=False):
        report = reported(page, kind=ReportKind.ILLNESS)
    assert report.intake_due_at == at(2026, 2, 23, 11)  # over Tết


def test_a_calendar_without_working_time_costs_no_report():
    never = WorkingCalendar.of_spans([])
    assert intake_due(ReportKind.OTHER, at(2026, 11, 20, 16), calendar=never) == at(2026, 11, 21, 0)


def test_what_is_due_first_is_on_top_then_what_is_in_work_then_what_is_closed(page, editor):
    with time_machine.travel(at(2026, 11, 23, 9), tick=False) as clock:
        other = reported(page)
        urgent = reported(page, kind=ReportKind.CODE_COVERED)
        mine = reported(page)
        take(report=mine, by=editor)
        closed = [reported(page), reported(page)]
        for report in closed:
            clock.shift(timedelta(minutes=1))
            reject(report=report, reason="Thử", by=editor)
    assert list(by_clock(VisitorReport.objects.all())) == [urgent, other, mine, closed[1], closed[0]]


@pytest.mark.parametrize("goes", GOES)
def test_what_nobody_has_in_hand_any_more_waits_again_and_is_overdue(goes, page, colleague):
    with time_machine.travel(at(2026, 11, 23, 9), tick=False):
        left, waits = reported(page), reported(page)
        take(report=left, by=colleague)
        GOES[goes](colleague)
    left = VisitorReport.objects.get(pk=left.pk)
    assert left.waits
    assert set(VisitorReport.objects.filter(WAITING)) == {left, waits}
    assert set(VisitorReport.objects.filter(overdue(at(2026, 11, 24, 9, 1)))) == {left, waits}
    assert list(by_clock(VisitorReport.objects.all())) == [left, waits]


def test_only_what_nobody_took_in_hand_is_overdue(page, editor):
    with time_machine.travel(at(2026, 11, 23, 9), tick=False):
        waits, taken = reported(page), reported(page)
        take(report=taken, by=editor)
    assert set(VisitorReport.objects.filter(overdue(at(2026, 11, 24, 8, 59)))) == set()
    assert set(VisitorReport.objects.filter(overdue(at(2026, 11, 24, 9, 1)))) == {waits}
