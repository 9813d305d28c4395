"""What visitors left is gone in time: proved by reading the whole database, the files and the log."""

from datetime import timedelta
from io import StringIO
from traceback import format_exception

import pytest
import time_machine
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from tests.site.reports.conftest import KEPT, PHONE, TEXT, photo, stored_files
from tests.whole_database import whole_database
from wardmark.base.chores import chores
from wardmark.reports.erasing import NotErased, erase_old, erase_photos, erase_text
from wardmark.reports.models import ReportEventKind, ReportState, VisitorReport, private_storage
from wardmark.reports.photographs import HELD_FOR, hold

pytestmark = pytest.mark.django_db


def closed(report, *, answer_photo=False) -> VisitorReport:
    report.state, report.closed_at, report.answer = ReportState.ANSWERED, timezone.now(), "Đã sửa."
    if answer_photo:
        report.answer_photo.save("answer.jpg", ContentFile(photo().read()), save=False)
    report.save()
    return report


def test_a_number_is_gone_everywhere_30_days_after_closing_and_the_line_of_it_stays(report_of, caplog):
    caplog.set_level(0)
    report = closed(report_of(phone=PHONE, has_consent=True))
    sealed, mark = report.phone_sealed, report.phone_print
    assert sealed in whole_database()
    with time_machine.travel(timezone.now() + timedelta(days=29, hours=23)):
        erase_old()
    assert sealed in whole_database()
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        erase_old()
        erase_old()
    words = whole_database()
    for telltale in (sealed, mark, KEPT, PHONE, KEPT[3:], PHONE.replace(" ", "")):
        assert telltale not in words
        assert telltale not in caplog.text
    report.refresh_from_db()
    assert report.phone() == ""
    assert report.consented_at
    assert report.phone_erased_at
    assert [event.kind for event in report.events.all()] == [ReportEventKind.RECEIVED, ReportEventKind.PHONE_ERASED]


def test_photos_are_gone_180_days_after_closing_files_and_names(report_of):
    report = closed(report_of(photos=[photo(), photo()]), answer_photo=True)
    names = stored_files()
    assert len(names) == 3
    with time_machine.travel(timezone.now() + timedelta(days=179)):
        erase_old()
    assert stored_files() == names
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        erase_old()
        erase_old()
    assert stored_files() == []
    words = whole_database()
    assert not any(name in words for name in names)
    assert [event.kind for event in report.events.all()][1:] == [ReportEventKind.PHOTOS_ERASED]
    assert report.photos.filter(erased_at__isnull=False, file="").count() == 2


def test_files_stay_until_what_takes_them_away_is_committed(report_of, django_capture_on_commit_callbacks):
    report = report_of(photos=[photo()])
    names = stored_files()

    class Undone(Exception):
        pass

    def erased_and_undone():
        with transaction.atomic():
            erase_photos(report=report)
            raise Undone

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Undone):
        erased_and_undone()
    assert stored_files() == names
    assert report.photos.get().erased_at is None
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_photos(report=report) == 1
    assert stored_files() == []


def test_a_file_that_could_not_be_removed_is_tried_again_by_the_chore(
    report_of, monkeypatch, django_capture_on_commit_callbacks
):
    report = report_of(photos=[photo()])
    [name] = stored_files()

    def denied(self, wanted):
        raise PermissionError("not now")

    with monkeypatch.context() as patch:
        patch.setattr(type(private_storage()), "delete", denied)
        with django_capture_on_commit_callbacks(execute=True):
            assert erase_photos(report=report) == 1
        with pytest.raises(NotErased):
            erase_old()
    assert stored_files() == [name]
    erase_old()
    assert stored_files() == []
    assert name not in whole_database()


def test_a_chore_that_was_stopped_after_the_files_finishes_the_rows(report_of, django_capture_on_commit_callbacks):
    report = closed(report_of(photos=[photo(), photo()]))
    first = report.photos.first()
    first.file.storage.delete(first.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_photos(report=report) == 2
    assert stored_files() == []


@pytest.mark.parametrize(
    "written", ["0912 345 678", "0912.345.678", "+84 912 345 678", "(024) 3833-0001", "0912345678"]
)
def test_a_number_among_the_words_is_taken_out_30_days_after_closing(report_of, written):
    around = "Giá 150.000.000 ngày 20.11.2026, gọi 1900 1234."
    report = closed(report_of(text=f"Gọi tôi {written}. {around}"))
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        erase_old()
    report.refresh_from_db()
    assert written in report.text
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        erase_old()
        erase_old()
    report.refresh_from_db()
    assert report.text == f"Gọi tôi •••. {around}"
    assert written not in whole_database()
    assert [event.kind for event in report.events.all()][1:] == [ReportEventKind.PHONE_ERASED]


def test_a_number_among_the_words_of_an_open_report_stays(report_of):
    report = report_of(text="Gọi tôi 0912 345 678.")
    with time_machine.travel(timezone.now() + timedelta(days=900)):
        erase_old()
    report.refresh_from_db()
    assert report.text == "Gọi tôi 0912 345 678."


def test_what_cannot_be_erased_keeps_nothing_else_waiting_and_the_chore_says_so(report_of, monkeypatch):
    broken, other = (closed(report_of(phone=PHONE, has_consent=True, photos=[photo()])) for _ in range(2))
    name, storage = broken.photos.get().file.name, type(private_storage())
    delete = storage.delete

    def denied(self, wanted):
        if wanted == name:
            raise PermissionError("not this one")
        delete(self, wanted)

    monkeypatch.setattr(storage, "delete", denied)
    hold(photo())
    with time_machine.travel(timezone.now() + timedelta(days=181)), pytest.raises(NotErased):
        erase_old()
    assert stored_files() == [name]
    assert not VisitorReport.objects.exclude(phone_sealed="").exists()
    assert not other.photos.filter(erased_at=None).exists()


def test_what_failed_is_named_without_a_word_of_what_the_database_said(report_of, monkeypatch):
    report = closed(report_of(phone=PHONE, has_consent=True))

    def full(self, **kwargs):
        raise DatabaseError(f"DETAIL: Failing row contains ({PHONE}, {TEXT})")

    monkeypatch.setattr(VisitorReport, "forget_phone", full)
    with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(NotErased) as failure:
        erase_old()
    told = "".join(format_exception(failure.value))
    assert f"report {report.pk} (DatabaseError)" in told
    assert PHONE not in told
    assert TEXT not in told


def test_what_is_open_keeps_its_number_and_photos_however_old(report_of):
    report = report_of(phone=PHONE, has_consent=True, photos=[photo()])
    with time_machine.travel(timezone.now() + timedelta(days=900)):
        erase_old()
    report.refresh_from_db()
    assert report.phone() == KEPT
    assert len(stored_files()) == 1


def test_photos_of_a_form_that_was_never_sent_again_go_after_two_hours(report_of):
    hold(photo())
    erase_old()
    assert len(stored_files()) == 1
    with time_machine.travel(timezone.now() + HELD_FOR + timedelta(minutes=1)):
        erase_old()
    assert stored_files() == []


def test_words_can_be_erased_on_demand_leaving_that_they_were(report_of):
    report = report_of(text="Telltale words")
    assert erase_text(report=report)
    assert not erase_text(report=report)
    assert "Telltale" not in whole_database()
    assert report.events.last().kind == ReportEventKind.TEXT_ERASED


def test_nothing_of_a_report_is_in_revisions_logs_or_a_dump_of_pages(report_of):
    report = closed(report_of(phone=PHONE, has_consent=True, text="Telltale words"))
    for model in (Revision, ModelLogEntry, PageLogEntry):
        words = repr(list(model.objects.values_list()))
        for telltale in ("Telltale", report.tracking_code, KEPT):
            assert telltale not in words
    dumped = StringIO()
    call_command("dumpdata", "reports", stdout=dumped)
    assert KEPT not in dumped.getvalue()
    assert PHONE not in dumped.getvalue()


def test_no_public_page_and_no_export_of_the_admin_carries_any_of_it(client, editor_client, report_of, place):
    report = report_of(phone=PHONE, has_consent=True, text="Telltale words")
    exports = [f"{reverse('wagtailadmin_reports:site_history')}?export={kind}" for kind in ("csv", "xlsx")]
    answers = [editor_client.get(address) for address in (place.get_url(), reverse("wagtailadmin_home"), *exports)]
    for response in answers:
        assert response.status_code == 200
        content = b"".join(response) if response.streaming else response.content
        for telltale in (b"Telltale", report.tracking_code.encode(), KEPT.encode(), b"3833 0001"):
            assert telltale not in content


def test_the_chore_is_seen_in_the_report_of_chores(editor_client):
    [name] = [name for name, chore in chores().items() if chore.function.endswith("erasing.erase_old")]
    html = editor_client.get(reverse("chore_report")).content.decode()
    assert str(chores()[name].title) in html


def test_no_report_model_has_revisions():
    for model in apps.get_app_config("reports").get_models():
        assert "latest_revision" not in {field.name for field in model._meta.get_fields()}
        assert not any(isinstance(field, models.JSONField) for field in model._meta.get_fields())
