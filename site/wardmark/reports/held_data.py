"""What reports hold under a telephone number, for requests about personal data."""

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wardmark.base.personal_data import Held, Holder
from wardmark.base.written_numbers import PERHAPS_A_NUMBER, numbers_written_in
from wardmark.reports.erasing import erase_numbers_in_text, erase_phone, erase_photos, erase_text
from wardmark.reports.models import ReportEvent, VisitorReport
from wardmark.reports.rights import may_see


class HeldInReports(Holder):
    """Numbers that visitors left with a report, with consent or among their words, and all they sent with it."""

    def held(self, phone: str) -> list[Held]:
        return [*_reported(phone), *_written_down(phone)]

    @transaction.atomic
    def withdraw(self, phone: str, *, by: AbstractBaseUser) -> int:
        reports = _with(phone)
        for report in VisitorReport.objects.with_phone(phone):
            erase_phone(report=report, by=by)
        for report in reports:
            erase_numbers_in_text(report=report, only=phone, by=by)
        return len(reports)

    @transaction.atomic
    def erase(self, phone: str, *, by: AbstractBaseUser) -> int:
        reports = list(VisitorReport.objects.with_phone(phone))
        for report in reports:
            erase_phone(report=report, by=by)
            erase_text(report=report, by=by)
            erase_photos(report=report, by=by)
        # Among somebody else's words it is only a number: what they reported stays.
        mentioned = list(VisitorReport.objects.with_phone_in_text(phone))
        for report in mentioned:
            erase_numbers_in_text(report=report, only=phone, by=by)
        return len(reports) + len(mentioned)


def _reported(phone: str) -> Iterator[Held]:
    for report in _with(phone):
        photos = report.photos.filter(erased_at=None).count()
        counted = ngettext("%d photo", "%d photos", photos) % photos if photos else ""
        yield Held(
            what=_("Report #%(number)d: %(kind)s") % {"number": report.pk, "kind": report.get_kind_display()},
            since=report.received_at,
            url=reverse("report_inbox:show", args=[report.pk]),
            may_follow=partial(may_see, report=report),
            contents="\n".join(part for part in (report.page_title, report.text, counted) if part),
        )


def _written_down(phone: str) -> Iterator[Held]:
    """Notes, answers, reasons: an answer stands in the history too, whole."""
    perhaps = ReportEvent.objects.filter(note__regex=PERHAPS_A_NUMBER).select_related("report")
    for line in perhaps.iterator():
        if phone in numbers_written_in(line.note):
            yield Held(
                what=_("In the history of report #%(number)d: %(kind)s")
                % {"number": line.report_id, "kind": line.get_kind_display()},
                since=line.at,
                url=reverse("report_inbox:show", args=[line.report_id]),
                kept_because=_("An officer wrote it; no line of a report’s history can be changed or erased."),
                may_follow=partial(may_see, report=line.report),
                contents=line.note,
            )


def _with(phone: str) -> list[VisitorReport]:
    return list(VisitorReport.objects.with_phone(phone) | VisitorReport.objects.with_phone_in_text(phone))
