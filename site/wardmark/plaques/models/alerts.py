"""What makes somebody go and look at a plaque: a visitor's tap, or scans that stopped."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.models.plaques import Plaque


class AlertKind(models.TextChoices):
    PASTED_OVER = "pasted_over", _("Code pasted over")
    DAMAGED = "damaged", _("Damaged")
    MISSING = "missing", _("Missing")
    SILENT = "silent", _("Scans have stopped")


# What a visitor may say with one tap.
FROM_VISITORS = (AlertKind.PASTED_OVER, AlertKind.DAMAGED, AlertKind.MISSING)


class PlaqueAlertQuerySet(models.QuerySet):
    def open(self) -> "PlaqueAlertQuerySet":
        return self.filter(closed_at=None)


class PlaqueAlert(models.Model):
    """Something to look into. One of a kind is open per plaque: who says it again only adds to `times`.

    Nothing about the visitor who tapped is kept.
    """

    plaque = models.ForeignKey(Plaque, verbose_name=_("plaque"), on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(_("kind"), max_length=20, choices=AlertKind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    raised_at = models.DateTimeField(_("first said"), default=timezone.now)
    last_at = models.DateTimeField(_("last said"), default=timezone.now)
    times = models.PositiveIntegerField(_("times"), default=1)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    objects = PlaqueAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaque alert")
        verbose_name_plural = _("plaque alerts")
        default_permissions = ("change", "view")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plaque", "kind"], condition=models.Q(closed_at=None), name="plaques_one_open_alert_per_kind"
            )
        ]

    def __str__(self):
        return f"{self.plaque_id} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
