"""Erasing under a number, proved by reading the database, the private storage, the logs and the sheets."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.site.reports.inbox.officers import KEPT, NUMBER, SAID, reported
from tests.whole_database import whole_database
from wardmark.base.personal_data import erase_everywhere, held_under, withdraw_everywhere
from wardmark.reports.models import ReportEvent, ReportEventKind, VisitorReport, private_storage
from wardmark.reports.subject_requests import enter, erase, look_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(page):
    return reported(page, phone=NUMBER, photos=2)


@pytest.fixture
def others(page):
    return reported(page, phone="024 0000 0022", photos=1, text="Lời người khác")


def test_what_is_held_is_named_without_the_data(theirs, others):
    [held] = held_under(KEPT)
    assert held.url == reverse("report_inbox:show", args=[theirs.pk])
    assert SAID not in held.what
    assert held_under("+842400000099") == []


def test_withdrawing_takes_the_number_and_leaves_the_report(theirs, others, editor):
    assert withdraw_everywhere(KEPT, by=editor) == 1
    theirs.refresh_from_db()
    assert (theirs.has_phone, theirs.phone_print, theirs.text) == (False, "", SAID)
    assert theirs.photos.filter(erased_at=None).count() == 2
    assert list(theirs.events.values_list("kind", "by"))[1:] == [("phone_erased", editor.pk)]
    assert VisitorReport.objects.get(pk=others.pk).has_phone
    assert held_under(KEPT) == []


def test_erasing_takes_number_words_and_photos_and_leaves_others_alone(
    theirs, others, editor, django_capture_on_commit_callbacks
):
    names = list(theirs.photos.values_list("file", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_everywhere(KEPT, by=editor) == 1
    theirs.refresh_from_db()
    assert (theirs.text, theirs.has_phone, theirs.is_open) == ("", False, True)
    assert not any(private_storage().exists(name) for name in names)
    kept = VisitorReport.objects.get(pk=others.pk)
    assert (kept.text, kept.has_phone) == ("Lời người khác", True)
    assert private_storage().exists(kept.photos.get().file.name)
    assert erase_everywhere(KEPT, by=editor) == 0


@pytest.mark.parametrize("forget", [withdraw_everywhere, erase_everywhere])
def test_a_number_among_the_words_is_found_and_taken_out_and_others_stay(page, editor, forget):
    report = reported(page, phone="024 0000 0022", photos=1, text="Gọi 024.0000.0021 hoặc 024 0000 0033.")
    assert [held.url for held in held_under(KEPT)] == [reverse("report_inbox:show", args=[report.pk])]
    assert forget(KEPT, by=editor) == 1
    report.refresh_from_db()
    assert report.text == "Gọi ••• hoặc 024 0000 0033."
    assert report.phone() == "+842400000022"
    assert report.photos.filter(erased_at=None).count() == 1
    assert held_under(KEPT) == []
    assert forget(KEPT, by=editor) == 0


def listed(report) -> list[str]:
    return private_storage().listdir(f"reports/{report.key}")[1]


def test_after_erasing_nothing_of_the_person_is_left_anywhere(
    client, editor, data_officer, theirs, caplog, django_capture_on_commit_callbacks
):
    sealed, mark = theirs.phone_sealed, theirs.phone_print
    request = enter(right="erasure", channel="phone", asker="Bà Thử", received_at=timezone.now(), by=editor)
    assert len(look_up(request=request, phone=NUMBER, by=editor)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        erase(request=request, phone=NUMBER, by=editor)
    left = whole_database() + caplog.text
    for name, person in (("report_inbox:index", editor), ("subject_requests:index", data_officer)):
        client.force_login(person)
        sheet = client.get(reverse(name), {"export": "csv"})
        left += b"".join(sheet.streaming_content).decode()
    for trace in (SAID, sealed, mark, KEPT, NUMBER, "02400000021", "Bà Thử"):
        assert trace not in left, trace
    assert listed(theirs) == []


def test_what_officers_wrote_down_with_the_number_is_listed_with_why_it_stays(page, editor):
    report = reported(page)
    ReportEvent.objects.create(
        report=report, kind=ReportEventKind.NOTED, state=report.state, by=editor, note="Gọi 024/0000/0021 sáng mai."
    )
    ReportEvent.objects.create(report=report, kind=ReportEventKind.NOTED, state=report.state, note="Gọi 024 0000 0033.")
    [held] = held_under(KEPT)
    assert (held.url, held.contents) == (
        reverse("report_inbox:show", args=[report.pk]),
        "Gọi 024/0000/0021 sáng mai.",
    )
    assert held.kept_because
    assert "0021" not in held.what
    assert erase_everywhere(KEPT, by=editor) == 0
    assert len(held_under(KEPT)) == 1


def test_where_it_is_read_is_open_to_whoever_may_see_the_report_alone(theirs, editor, elsewhere, data_officer):
    [held] = held_under(KEPT)
    assert held.url_for(editor) == held.url
    assert held.url_for(elsewhere) == held.url_for(data_officer) == ""
    assert SAID in held.contents
