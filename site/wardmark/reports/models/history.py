"""The history of a report: who did what, when. It only ever grows, and says nothing of who reported."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wardmark.base.models import HistoryLine
from wardmark.reports.models.states import ReportState
from wardmark.reports.models.visitor_reports import VisitorReport


class ReportEventKind(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("history of a report", "Received")
    ASSIGNED = "assigned", pgettext_lazy("history of a report", "Assigned")
    TAKEN = "taken", pgettext_lazy("history of a report", "Taken in hand")
    NOTED = "noted", pgettext_lazy("history of a report", "Note")
    ANSWERED = "answered", pgettext_lazy("history of a report", "Answered")
    REJECTED = "rejected", pgettext_lazy("history of a report", "Not taken up")
    FORWARDED = "forwarded", pgettext_lazy("history of a report", "Passed on")
    MERGED = "merged", pgettext_lazy("history of a report", "Joined with another report")
    REOPENED = "reopened", pgettext_lazy("history of a report", "Opened again")
    PUBLISHED = "published", pgettext_lazy("history of a report", "Outcome published")
    UNPUBLISHED = "unpublished", pgettext_lazy("history of a report", "Outcome taken off the page")
    PHONE_SHOWN = "phone_shown", pgettext_lazy("history of a report", "Telephone number looked at")
    PHONE_ERASED = "phone_erased", pgettext_lazy("history of a report", "Telephone number erased")
    PHOTOS_ERASED = "photos_erased", pgettext_lazy("history of a report", "Photos erased")
    TEXT_ERASED = "text_erased", pgettext_lazy("history of a report", "Words erased")


class ReportEvent(HistoryLine):
    """One line of a report's history, and the state it left."""

    report = models.ForeignKey(
        VisitorReport, verbose_name=pgettext_lazy("report", "report"), on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(_("what"), max_length=20, choices=ReportEventKind.choices, editable=False)
    state = models.CharField(_("state afterwards"), max_length=12, choices=ReportState.choices, editable=False)
    note = models.CharField(_("note"), max_length=1000, blank=True, editable=False)

    class Meta(HistoryLine.Meta):
        verbose_name = _("line of a report’s history")
        verbose_name_plural = _("history of the reports")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["report", "at"], name="reports_history_of_one")]

    def __str__(self):
        return f"{self.report_id} {self.at:%Y-%m-%d %H:%M} {self.kind}"
