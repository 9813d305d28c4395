"""How far the ward is with a report."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("report", "Received")
    IN_WORK = "in_work", pgettext_lazy("report", "In work")
    ANSWERED = "answered", pgettext_lazy("report", "Answered")
    REJECTED = "rejected", pgettext_lazy("report", "Not taken up")
    FORWARDED = "forwarded", pgettext_lazy("report", "Passed on")
    MERGED = "merged", pgettext_lazy("report", "Joined with another report")


OPEN = frozenset({ReportState.RECEIVED, ReportState.IN_WORK})
CLOSED = frozenset(ReportState) - OPEN
