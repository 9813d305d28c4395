"""What was counted on a street once a month, kept so that people see which way things go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.measures import Tally


class SnapshotQuerySet(models.QuerySet):
    def told_of(self, *, is_illustrative: bool) -> "SnapshotQuerySet":
        """Leave invented figures out, but for a page that says of itself that it shows sample data."""
        return self if is_illustrative else self.filter(is_sample=False)


class MeasureSnapshot(models.Model):
    """One measure of one street in one month, as it was on the day it was taken; no month is filled in later."""

    # The translation key of the street's pages: a page may be deleted and come back.
    street_key = models.UUIDField(_("street"), editable=False)
    measure = models.SlugField(_("what is counted"), max_length=40, editable=False)
    month = models.DateField(_("month"), editable=False, help_text=_("Its first day."))
    taken_on = models.DateField(_("counted on"), editable=False)
    met = models.PositiveIntegerField(_("shops that meet it"), editable=False)
    counted = models.PositiveIntegerField(_("shops that count"), editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly figure")
        verbose_name_plural = _("monthly figures")
        default_permissions = ("view",)
        ordering = ["month", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["street_key", "measure", "month"], name="streets_snapshot_once_per_street_measure_month"
            ),
            models.CheckConstraint(
                condition=models.Q(met__lte=models.F("counted")), name="streets_snapshot_no_more_than_count"
            ),
        ]

    def __str__(self):
        return f"{self.street_key} {self.measure} {self.month:%Y-%m}: {self.met}/{self.counted}"

    @property
    def tally(self) -> Tally:
        return Tally(self.met, self.counted)
