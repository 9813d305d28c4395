"""A report is stored whole or not at all, and says nothing of who sent it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from PIL import Image

from tests.site.reports.conftest import KEPT, PHONE, TEXT, VISITOR, photo, stored_files
from wardmark.base.models import LineIsForever
from wardmark.base.passers_by import Visitor
from wardmark.base.sealing import CannotBeOpened
from wardmark.plaques.models import AlertKind, PlaqueAlert
from wardmark.reports import receiving
from wardmark.reports.models import (
    CLOSED,
    OPEN,
    URGENT,
    ReportEvent,
    ReportEventKind,
    ReportKind,
    ReportPhoto,
    ReportState,
    VisitorReport,
    private_storage,
)
from wardmark.reports.models.kinds import ABOUT_A_PLAQUE

pytestmark = pytest.mark.django_db


def test_a_report_remembers_page_kind_words_and_language_and_begins_its_history(report_of, place):
    report = report_of()
    assert (report.page_key, report.page_title) == (place.translation_key, place.title)
    assert (report.text, report.language, report.state) == (TEXT, "vi", ReportState.RECEIVED)
    assert report.page_in("en").title == "Bối Hà Communal House"
    [event] = report.events.all()
    assert (event.kind, event.by, event.note) == (ReportEventKind.RECEIVED, None, "")
    place.delete()
    again = VisitorReport.objects.get()
    assert again.page_title == "Đình Bối Hà"


def test_a_number_is_sealed_for_its_report_and_found_without_being_opened(report_of):
    report = report_of(phone=PHONE, has_consent=True)
    assert report.phone() == KEPT
    assert report.consented_at is not None
    assert KEPT not in report.phone_sealed
    assert list(VisitorReport.objects.with_phone(KEPT)) == [report]
    other = report_of()
    other.phone_sealed = report.phone_sealed
    with pytest.raises(CannotBeOpened):
        other.phone()


FAULTS = {
    "no kind": ({"kind": "nonsense"}, "kind"),
    "neither words nor photos": ({"text": "  "}, "text"),
    "too long": ({"text": "đ" * 1001}, "text"),
    "a number without consent": ({"phone": PHONE}, "consent"),
    "no number": ({"phone": "one two three", "has_consent": True}, "phone"),
    "a foreign number": ({"phone": "+44 20 7946 0000", "has_consent": True}, "phone"),
}


@pytest.mark.parametrize(("said", "field"), FAULTS.values(), ids=FAULTS)
def test_what_is_amiss_is_said_by_field_and_nothing_is_stored(report_of, said, field):
    with pytest.raises(ValidationError) as refusal:
        report_of(**said)
    assert field in refusal.value.error_dict
    assert not VisitorReport.objects.exists()


def test_three_photos_are_taken_and_four_are_one_too_many(report_of):
    taken = report_of(photos=[photo() for _ in range(3)])
    names = stored_files()
    assert len(names) == 3
    with pytest.raises(ValidationError) as refusal:
        report_of(photos=[photo() for _ in range(4)])
    assert "photos" in refusal.value.error_dict
    assert VisitorReport.objects.get() == taken
    assert stored_files() == names


def test_line_breaks_count_once_as_in_the_browser(report_of):
    report = report_of(text="a\r\n" * 499 + "ab")
    assert len(report.text) == 1000


def test_photos_are_drawn_anew_without_the_cameras_notes(report_of):
    exif = Image.Exif()
    exif[0x0110] = "Telltale camera"
    exif.get_ifd(0x8825)[1] = "N"
    report = report_of(text="", photos=[photo(size=(3000, 1500), exif=exif)])
    [kept] = report.photos.all()
    assert (kept.width, kept.height) == (2000, 1000)
    with kept.file.open("rb") as file:
        content = file.read()
    assert b"Telltale" not in content
    with kept.file.open("rb") as file, Image.open(file) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
    assert kept.file.name.startswith(f"reports/{report.key}/")
    # By where it lies: storages that are made anew between tests are never the same one.
    assert kept.file.path == private_storage().path(kept.file.name)


def test_a_fault_halfway_leaves_neither_rows_nor_files(report_of, monkeypatch):
    def fails(**said):
        raise DatabaseError("full")

    monkeypatch.setattr(receiving.ReportEvent.objects, "create", fails)
    with pytest.raises(DatabaseError, match="full"):
        report_of(photos=[photo(), photo()])
    assert not VisitorReport.objects.exists()
    assert not ReportPhoto.objects.exists()
    assert not stored_files()


def test_a_form_that_is_sent_twice_is_one_report(report_of):
    key = uuid.uuid4()
    assert report_of(form_key=key) == report_of(form_key=key)
    assert VisitorReport.objects.count() == ReportEvent.objects.count() == 1


@pytest.mark.parametrize("kind", ABOUT_A_PLAQUE)
def test_what_concerns_a_plaque_raises_its_alert_and_needs_no_words(report_of, plaque, kind):
    report = report_of(kind=kind, plaque=plaque, text="")
    assert report.plaque == plaque
    [alert] = PlaqueAlert.objects.all()
    assert (alert.plaque, alert.kind) == (plaque, ABOUT_A_PLAQUE[kind])
    assert alert.kind in AlertKind


def test_other_kinds_raise_none_though_a_plaque_was_scanned(report_of, plaque):
    report_of(kind=ReportKind.PRICE, plaque=plaque)
    assert not PlaqueAlert.objects.exists()


def test_the_alert_repeats_nothing_that_was_written(report_of, plaque):
    report_of(kind=ReportKind.CODE_COVERED, plaque=plaque, text="Người bán tên Telltale")
    assert "Telltale" not in PlaqueAlert.objects.get().note
    assert not plaque.events.filter(why__contains="Telltale").exists()


def test_one_visitor_sends_six_an_hour_and_others_of_the_network_go_on(report_of):
    with time_machine.travel(timezone.now().replace(minute=5), tick=False) as clock:
        for _ in range(receiving.LIMIT.by_visitor):
            report_of(visitor=VISITOR)
        with pytest.raises(receiving.TooManyReports):
            report_of(visitor=VISITOR)
        report_of(visitor=Visitor(VISITOR.address, "another browser"))
        clock.shift(timedelta(hours=1))
        report_of(visitor=VISITOR)
    assert VisitorReport.objects.count() == receiving.LIMIT.by_visitor + 2


def test_a_whole_network_is_stopped_in_the_end(report_of):
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        for number in range(receiving.LIMIT.from_network):
            assert receiving.LIMIT.takes(Visitor(VISITOR.address, f"browser {number}"))
        with pytest.raises(receiving.TooManyReports):
            report_of(visitor=Visitor(VISITOR.address, "one more"))


def test_what_is_refused_for_its_faults_is_not_counted(report_of):
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        for _ in range(receiving.LIMIT.by_visitor + 1):
            with pytest.raises(ValidationError):
                report_of(visitor=VISITOR, text="")
        report_of(visitor=VISITOR)


def test_urgent_is_what_harms_somebody_today():
    assert {ReportKind.ILLNESS, ReportKind.PAYEE_NAME, ReportKind.CODE_COVERED} == URGENT
    assert set(ReportState) == OPEN | CLOSED
    assert not OPEN & CLOSED


@pytest.mark.parametrize(
    "statement", ["DELETE FROM reports_reportevent", "UPDATE reports_reportevent SET note = 'other'"]
)
def test_the_database_keeps_the_history(report_of, statement):
    report_of()
    with pytest.raises(DatabaseError, match="for ever"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    event = ReportEvent.objects.get()
    for refused in (event.delete, event.save, ReportEvent.objects.all().delete):
        with pytest.raises(LineIsForever):
            refused()


def test_the_database_wants_consent_for_a_number_and_a_date_for_what_is_closed(report_of):
    report = report_of()
    for wrong in ({"phone_sealed": "x"}, {"state": "answered"}, {"state": "merged", "closed_at": timezone.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            VisitorReport.objects.filter(pk=report.pk).update(**wrong)
