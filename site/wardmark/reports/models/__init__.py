"""Visitors' reports, the photos that came with them, their history, and what the ward lets everybody read of them."""

from wardmark.reports.models.history import ReportEvent, ReportEventKind
from wardmark.reports.models.kinds import ABOUT_A_PLAQUE, URGENT, ReportKind
from wardmark.reports.models.outcomes import ReportOutcome
from wardmark.reports.models.photos import MOST_PHOTOS, ReportPhoto, private_storage
from wardmark.reports.models.removals import FileToRemove
from wardmark.reports.models.states import CLOSED, OPEN, ReportState
from wardmark.reports.models.subject_requests import Channel, SubjectRequest, SubjectRight, SubjectState
from wardmark.reports.models.visitor_reports import LONGEST_TEXT, VisitorReport, VisitorReportQuerySet

__all__ = [
    "ABOUT_A_PLAQUE",
    "CLOSED",
    "LONGEST_TEXT",
    "MOST_PHOTOS",
    "OPEN",
    "URGENT",
    "Channel",
    "FileToRemove",
    "ReportEvent",
    "ReportEventKind",
    "ReportKind",
    "ReportOutcome",
    "ReportPhoto",
    "ReportState",
    "SubjectRequest",
    "SubjectRight",
    "SubjectState",
    "VisitorReport",
    "VisitorReportQuerySet",
    "private_storage",
]
