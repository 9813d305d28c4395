"""What somebody found who stood in front of a plaque."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.base.models import Positioned
from wardmark.plaques.models.plaques import Plaque


class Finding(models.TextChoices):
    FINE = "fine", _("Fine")
    DAMAGED = "damaged", _("Damaged")
    MISSING = "missing", _("Missing")


class PlaqueCheck(Positioned):
    """One look at one plaque on site, by staff. The position is the phone's, where its owner allowed that."""

    plaque = models.ForeignKey(Plaque, verbose_name=_("plaque"), on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    finding = models.CharField(_("finding"), max_length=20, choices=Finding.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    photo = models.ForeignKey(
        "media.Picture", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("check on site")
        verbose_name_plural = _("checks on site")
        default_permissions = ("add", "view")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plaque", "-at"], name="plaques_checks_of_one")]

    def __str__(self):
        return f"{self.plaque_id} {self.at:%Y-%m-%d} {self.finding}"
