"""What came of a report, where an officer chose to let everybody read it: the one thing of it a page ever shows.

A model of its own, so that the reports themselves are on no page: only this one makes pages anew when it changes.
"""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wardmark.reports.models.visitor_reports import VisitorReport


class ReportOutcomeQuerySet(models.QuerySet):
    def of_page(self, page_key: UUID) -> "ReportOutcomeQuerySet":
        """Those of a page and its translations, the latest first."""
        return self.filter(page_key=page_key).order_by("-published_at", "-pk")


class ReportOutcome(models.Model):
    """An officer's sentence on what was put right. It tells neither what was reported nor by whom."""

    report = models.OneToOneField(
        VisitorReport, verbose_name=pgettext_lazy("report", "report"), on_delete=models.PROTECT, related_name="outcome"
    )
    page_key = models.UUIDField(_("page"), db_index=True)
    words = models.CharField(
        _("outcome"),
        max_length=300,
        help_text=_("What was put right, in a sentence for everybody. Neither what was reported nor by whom."),
    )
    language = models.CharField(_("language"), max_length=12)
    published_at = models.DateTimeField(pgettext_lazy("report", "published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ReportOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("published outcome")
        verbose_name_plural = _("published outcomes")
        default_permissions = ("add", "delete")
        ordering = ["-published_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="reports_outcome_has_words")]

    def __str__(self):
        return f"{self.report_id} · {self.published_at:%Y-%m-%d}"
