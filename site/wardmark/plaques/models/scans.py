"""How often each plaque was scanned, as counts and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.models.plaques import Plaque


class ScanCount(models.Model):
    """How many scans a plaque had in one hour in one language. Nothing about who scanned is kept."""

    plaque = models.ForeignKey(Plaque, on_delete=models.PROTECT, related_name="scan_counts")
    hour = models.DateTimeField(_("hour"))
    language = models.CharField(_("language"), max_length=10)
    scans = models.PositiveIntegerField(_("scans"), default=0)

    class Meta:
        verbose_name = _("scan count")
        verbose_name_plural = _("scan counts")
        constraints = [
            models.UniqueConstraint(fields=["plaque", "hour", "language"], name="plaques_one_count_per_hour")
        ]

    def __str__(self):
        return f"{self.plaque_id} {self.hour:%Y-%m-%d %H}h {self.language}: {self.scans}"
