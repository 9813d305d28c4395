"""Two officers at the same moment, with real commits: nothing either did is lost, and the second is told."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from tests.site.reports.inbox.officers import reported
from wardmark.reports.handling import NotPossible, answer, merge, note, reject, take
from wardmark.reports.models import VisitorReport

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls) -> list:
    """Do all at the same moment, each with a connection of its own; return what each returned or raised."""

    def one(call):
        try:
            return call()
        except NotPossible as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def own(report) -> VisitorReport:
    return VisitorReport.objects.get(pk=report.pk)


def test_of_two_who_take_a_report_one_has_it(page, editor, colleague):
    report = reported(page)
    results = at_once(*(partial(take, report=own(report), by=person) for person in (editor, colleague)))
    assert sum(isinstance(result, NotPossible) for result in results) == 1
    assert report.events.filter(kind="taken").count() == 1
    assert own(report).assigned_to_id == report.events.get(kind="taken").by_id


def test_an_answer_and_a_rejection_at_once_leave_one_of_the_two(page, editor, colleague):
    report = reported(page)
    results = at_once(
        partial(answer, report=own(report), words="Đã sửa.", language="vi", by=editor),
        partial(reject, report=own(report), reason="Không đúng.", by=colleague),
    )
    assert sum(isinstance(result, NotPossible) for result in results) == 1
    kept = own(report)
    assert bool(kept.answer) != bool(kept.rejection_reason)
    assert kept.events.exclude(kind="received").count() == 1


def test_notes_written_at_once_are_all_kept(page, editor, colleague):
    report = reported(page)
    at_once(*(partial(note, report=own(report), words=f"Ghi chú {n}", by=editor) for n in range(4)))
    kept = set(report.events.filter(kind="noted").values_list("note", flat=True))
    assert kept == {f"Ghi chú {n}" for n in range(4)}


def test_two_reports_joined_crosswise_at_once_do_not_become_a_ring(page, editor, colleague):
    one, other = reported(page), reported(page)
    results = at_once(
        partial(merge, report=own(one), into=own(other), by=editor),
        partial(merge, report=own(other), into=own(one), by=colleague),
    )
    assert sum(isinstance(result, NotPossible) for result in results) == 1
    assert VisitorReport.objects.open().count() == 1
