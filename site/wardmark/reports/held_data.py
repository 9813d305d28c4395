"""What reports hold under a telephone number, for requests about personal data."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wardmark.base.personal_data import Held, Holder
from wardmark.reports.erasing import erase_numbers_in_text, erase_phone, erase_photos, erase_text
from wardmark.reports.models import VisitorReport


class HeldInReports(Holder):
    """Numbers that visitors left with a report, with consent or among their words, and all they sent with it."""

    def held(self, phone: str) -> list[Held]:
        return [
            Held(
                what=_("Report #%(number)d: %(kind)s") % {"number": report.pk, "kind": report.get_kind_display()},
                since=report.received_at,
                url=reverse("report_inbox:show", args=[report.pk]),
            )
            for report in _with(phone)
        ]

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


def _with(phone: str) -> list[VisitorReport]:
    return list(VisitorReport.objects.with_phone(phone) | VisitorReport.objects.with_phone_in_text(phone))
