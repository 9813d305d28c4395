"""Following a report by its code: how far the ward is, and what it answered. Never what was said, nor by whom."""

from datetime import datetime, timedelta

from django.core import signing
from django.db.models.fields.files import FieldFile

from wardmark.base.passers_by import Limit, Visitor
from wardmark.reports.clocks import INTAKE_WITHIN_HOURS, URGENT_WITHIN_HOURS
from wardmark.reports.models import VisitorReport

# 45 random bits against 300 tries an hour from one network: a hundred thousand years for one of a million reports.
LIMIT = Limit("report-codes", per=timedelta(hours=1), by_visitor=30, from_network=300)
PHOTO_SHOWN_FOR = timedelta(hours=1)
_SALT = "wardmark.reports.answer-photo"


class TooManyTries(Exception):
    """So many codes were tried from there within the hour that no further one is looked up."""


class Followed:
    """What the reporter reads. A report that was joined with another has the state and the answer of that one."""

    def __init__(self, report: VisitorReport):
        leading = report.leading()
        self.code = report.printed_code
        self.received_at: datetime = report.received_at
        self.is_joined = leading.pk != report.pk
        self.state = leading.state
        self.state_label = leading.get_state_display()
        self.is_open = leading.is_open
        self.closed_at: datetime | None = leading.closed_at
        self.due_at: datetime | None = leading.intake_due_at
        self.hours = hours_for(leading)
        self.answer = leading.answer
        self.answer_language = leading.answer_language
        self.rejection_reason = leading.rejection_reason
        self.forwarded_to = leading.forwarded_to
        self.photo_alt = leading.answer_photo_alt
        self.photo_token = signing.dumps(leading.pk, salt=_SALT) if leading.answer_photo else ""


def hours_for(report: VisitorReport) -> int:
    return URGENT_WITHIN_HOURS if report.is_urgent else INTAKE_WITHIN_HOURS


def follow(*, code: str, visitor: Visitor) -> Followed | None:
    """Return what the reporter with this code reads; None for a code of nobody. Raises TooManyTries."""
    if not LIMIT.takes(visitor):
        raise TooManyTries
    report = VisitorReport.objects.select_related("merged_into").with_code(code)
    return Followed(report) if report else None


def answer_photo(token: str) -> FieldFile | None:
    """Return the photo of an answer that somebody was shown within the hour, while it is still there."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=PHOTO_SHOWN_FOR)
    except signing.BadSignature:
        return None
    report = VisitorReport.objects.filter(pk=pk).exclude(answer_photo="").first()
    return report.answer_photo if report else None
