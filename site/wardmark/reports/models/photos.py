"""Photos that came with a report: for the officers alone, and not for ever."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from media.models import document_storage as private_storage
from wardmark.reports.models.visitor_reports import VisitorReport

MOST_PHOTOS = 3


def photo_path(photo: "ReportPhoto", name: str) -> str:
    # Nothing of the name it had on a visitor's phone.
    return f"reports/{photo.report.key}/{uuid.uuid4().hex}.jpg"


class ReportPhoto(models.Model):
    """One photo, drawn anew from what was sent: upright JPEG, nothing of the camera's notes."""

    report = models.ForeignKey(
        VisitorReport, verbose_name=pgettext_lazy("report", "report"), on_delete=models.PROTECT, related_name="photos"
    )
    file = models.FileField(_("file"), upload_to=photo_path, storage=private_storage, max_length=200, blank=True)
    width = models.PositiveIntegerField(_("width"), default=0)
    height = models.PositiveIntegerField(_("height"), default=0)
    erased_at = models.DateTimeField(pgettext_lazy("report", "erased"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("photo with a report")
        verbose_name_plural = _("photos with reports")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(file="") | Q(erased_at__isnull=False, file=""),
                name="reports_photo_there_or_erased",
            )
        ]

    def __str__(self):
        return f"{self.report_id} · {self.pk}"
