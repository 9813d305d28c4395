"""What everybody reads on a place's page: the way to report, and outcomes an officer chose to publish. Nothing else."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.site.reports.conftest import TEXT
from wardmark.reports import on_pages
from wardmark.reports.models import ReportOutcome, ReportState, VisitorReport

pytestmark = pytest.mark.django_db


def html(client, page) -> str:
    return client.get(page.get_url()).content.decode()


def outcome(report, words, language="vi") -> ReportOutcome:
    return ReportOutcome.objects.create(report=report, page_key=report.page_key, words=words, language=language)


def test_a_page_says_nothing_of_reports_until_an_officer_publishes_an_outcome(client, report_of, place):
    report = report_of()
    VisitorReport.objects.filter(pk=report.pk).update(state=ReportState.IN_WORK, answer="Telltale answer")
    page = html(client, place)
    assert "report-offer__outcomes" not in page
    assert "Telltale" not in page
    assert TEXT not in page
    outcome(report, "Đã sửa giờ mở cửa")
    page = html(client, place)
    assert '<span lang="vi">Đã sửa giờ mở cửa</span>' in page
    assert TEXT not in page
    assert report.printed_code not in page


def test_the_latest_three_are_shown_and_all_are_counted_on_every_translation(client, report_of, place):
    for number in range(5):
        outcome(report_of(), f"Kết quả {number}")
    for page in (place, place.get_translations().get()):
        shown = html(client, page)
        assert [f"Kết quả {number}" in shown for number in range(5)] == [False, False, True, True, True]


def test_an_outcome_without_words_is_refused(report_of):
    with pytest.raises(IntegrityError), transaction.atomic():
        outcome(report_of(), "")


def test_kept_pages_are_made_anew_by_an_outcome_and_by_no_report(
    client, report_of, place, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    cache.clear()
    client.get(place.get_url())
    with django_capture_on_commit_callbacks(execute=True):
        report = report_of()
    with CaptureQueriesContext(connection) as queries:
        client.get(place.get_url())
    assert len(queries) == 0
    with django_capture_on_commit_callbacks(execute=True):
        outcome(report, "Đã sửa")
    assert "Đã sửa" in html(client, place)


def test_who_reads_while_an_outcome_is_committed_keeps_nothing_old(report_of, monkeypatch):
    report, asked = report_of(), on_pages._asked_for

    def slowly():
        found = asked()
        outcome(report, "Đã sửa")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(on_pages, "_asked_for", slowly)
        assert report.page_key not in on_pages.published_outcomes()
    assert [one.words for one in on_pages.published_outcomes()[report.page_key].latest] == ["Đã sửa"]


def test_outcomes_cost_a_page_no_query_and_one_taken_off_is_gone_at_once(client, report_of, place):
    client.get(place.get_url())
    with CaptureQueriesContext(connection) as without:
        client.get(place.get_url())
    published = [outcome(report_of(), f"Kết quả {number}") for number in range(2)]
    client.get(place.get_url())
    with CaptureQueriesContext(connection) as with_two:
        assert "Kết quả 1" in html(client, place)
    assert len(with_two) == len(without)
    published[1].delete()
    page = html(client, place)
    assert "Kết quả 1" not in page
    assert "Kết quả 0" in page
