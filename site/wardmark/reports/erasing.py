"""Forgetting what visitors left with a report, some time after it is closed; that it was forgotten is written down.

Numbers go 30 days after closing, those among the words too, photos (the ward's own with the answer too) after 180. A
chore of the worker; it may stop anywhere and be run again.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from wardmark.base.written_numbers import without_numbers
from wardmark.reports.models import ReportEvent, ReportEventKind, VisitorReport, VisitorReportQuerySet
from wardmark.reports.photographs import remove_old_held
from wardmark.reports.removing import remove_after_commit, remove_waiting


class NotErased(Exception):
    """Something whose time has come is still there; all else is erased."""


def erase_old() -> None:
    """Erase all numbers and photos whose time has come, and photos of forms that were never sent again.

    What cannot be erased keeps nothing else waiting. Raises NotErased at the end, so that the chore is seen to fail.
    """
    now = timezone.now()
    reports = VisitorReport.objects
    steps = [
        *_of_each(reports.with_old_phone(now), erase_phone),
        *_of_each(reports.with_old_numbers_in_text(now), erase_numbers_in_text),
        *_of_each(reports.with_old_photos(now), erase_photos),
        ("files whose removal failed before", remove_waiting),
        ("photos of forms never sent", remove_old_held),
    ]
    faults = [f"{name} ({fault})" for name, step in steps if (fault := _fault_of(step))]
    if faults:
        raise NotErased(f"{len(faults)} of {len(steps)} could not be erased: {', '.join(faults)}") from None


def _of_each(reports: VisitorReportQuerySet, rule: Callable[..., object]) -> list[tuple[str, Callable[[], object]]]:
    keys = list(reports.values_list("pk", flat=True))
    return [(f"report {pk}", partial(rule, report=VisitorReport(pk=pk))) for pk in keys]


def _fault_of(step: Callable[[], object]) -> str:
    """Return the kind of fault, "" for none: what a database says of it quotes the row, and this is kept and shown."""
    try:
        step()
    except Exception as fault:
        return type(fault).__name__
    return ""


@transaction.atomic
def erase_phone(*, report: VisitorReport, by: AbstractBaseUser | None = None) -> bool:
    """Forget the number of a report; return False where there is none. That there was consent stays."""
    current = VisitorReport.objects.select_for_update().get(pk=report.pk)
    if not (current.phone_sealed or current.phone_print):
        return False
    now = timezone.now()
    current.forget_phone(now=now)
    current.save(update_fields=["phone_sealed", "phone_print", "phone_erased_at"])
    _write(current, ReportEventKind.PHONE_ERASED, now, by)
    return True


@transaction.atomic
def erase_numbers_in_text(*, report: VisitorReport, only: str = "", by: AbstractBaseUser | None = None) -> bool:
    """Take telephone numbers out of what was said: all, or `only` one kept number. Return False where none was."""
    current = VisitorReport.objects.select_for_update().get(pk=report.pk)
    words = without_numbers(current.text, only=only)
    if words == current.text:
        return False
    current.text = words
    current.save(update_fields=["text"])
    _write(current, ReportEventKind.PHONE_ERASED, timezone.now(), by)
    return True


@transaction.atomic
def erase_photos(*, report: VisitorReport, by: AbstractBaseUser | None = None) -> int:
    """Take away the photos of a report and of its answer; return how many there were.

    The files go once this is committed (`removing.py`): undone, it leaves the report as it was.
    """
    current = VisitorReport.objects.select_for_update().get(pk=report.pk)
    now, names = timezone.now(), []
    for photo in current.photos.filter(erased_at=None):
        names.append(photo.file.name)
        photo.file, photo.erased_at = "", now
        photo.save(update_fields=["file", "erased_at"])
    if current.answer_photo:
        names.append(current.answer_photo.name)
        current.answer_photo, current.answer_photo_alt = "", ""
        current.save(update_fields=["answer_photo", "answer_photo_alt"])
    if names:
        remove_after_commit(names)
        _write(current, ReportEventKind.PHOTOS_ERASED, now, by, note=str(len(names)))
    return len(names)


@transaction.atomic
def erase_text(*, report: VisitorReport, by: AbstractBaseUser | None = None) -> bool:
    """Forget what was said, where whoever said it asks for it; return False where nothing was."""
    current = VisitorReport.objects.select_for_update().get(pk=report.pk)
    if not current.text:
        return False
    current.text = ""
    current.save(update_fields=["text"])
    _write(current, ReportEventKind.TEXT_ERASED, timezone.now(), by)
    return True


def _write(
    report: VisitorReport, kind: ReportEventKind, now: datetime, by: AbstractBaseUser | None, note: str = ""
) -> None:
    ReportEvent.objects.create(report=report, at=now, kind=kind, state=report.state, by=by, note=note)
