"""By when a report is taken in hand, in the office's working time, and which one comes next."""

from datetime import datetime, timedelta

from django.db.models import Case, F, IntegerField, Q, Value, When

from wardmark.base.working_time import NoWorkingTime, WorkingCalendar, add_working_hours
from wardmark.reports.models import OPEN, URGENT, ReportKind, ReportState, VisitorReportQuerySet

INTAKE_WITHIN_HOURS = 8
URGENT_WITHIN_HOURS = 4
# What nobody has in hand: not yet, or no longer, as when an account is deleted or closed. Of one report:
# `VisitorReport.waits`.
WAITING = Q(state__in=sorted(OPEN)) & (Q(assigned_to=None) | Q(assigned_to__is_active=False))


def intake_due(kind: ReportKind | str, received_at: datetime, *, calendar: WorkingCalendar | None = None) -> datetime:
    """Return by when a report of this kind is taken in hand.

    No report is lost to a calendar without working time: its hours then run by the clock on the wall.
    """
    hours = URGENT_WITHIN_HOURS if kind in URGENT else INTAKE_WITHIN_HOURS
    try:
        return add_working_hours(received_at, hours, calendar=calendar)
    except NoWorkingTime:
        return received_at + timedelta(hours=hours)


def overdue(now: datetime) -> Q:
    """What no officer has in hand although its time is over."""
    return WAITING & Q(intake_due_at__lt=now)


def by_clock(reports: VisitorReportQuerySet) -> VisitorReportQuerySet:
    """What waits to be taken in hand first, the soonest due on top; then what is in work; then what is closed."""
    place = Case(
        When(WAITING, then=Value(0)),
        When(state=ReportState.IN_WORK, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return reports.order_by(
        place, F("closed_at").desc(nulls_first=True), F("intake_due_at").asc(nulls_last=True), "received_at", "pk"
    )
