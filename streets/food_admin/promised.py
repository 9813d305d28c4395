"""What shops were promised an answer to within two working days: papers they sent, replies to inspections."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from streets.changes.clock import due_at
from streets.models import InspectionReply, SentPaper
from wardmark.base.working_time import WorkingCalendar

# The lists of what waits that have a clock, and from when each counts: of a paper the moment, of a reply the day.
COUNTED_FROM = {"to_take": "sent_at", "to_vet": "written_on"}


@dataclass(frozen=True, slots=True)
class Promised:
    """One of them with its clock; `due` is None where the office's hours are not known."""

    what: SentPaper | InspectionReply
    due: datetime | None
    is_late: bool


def with_clock(waiting: QuerySet[Any], since: str, *, now: datetime, calendar: WorkingCalendar) -> list[Promised]:
    """Return the rows in their order, in one query."""
    dues = [(one, due_at(getattr(one, since), calendar)) for one in waiting]
    return [Promised(one, due, due is not None and due < now) for one, due in dues]


def counted(waiting: QuerySet[Any], since: str, *, late: datetime) -> tuple[int, int]:
    """Return how many wait, and how many of them since before `late`, in one query.

    A day is compared with the ward's day of that moment, which is a midnight.
    """
    counts = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(**{f"{since}__lt": late})))
    return counts["all"], counts["late"]
