"""What somebody found who stood in front of a plaque."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.base.places import Position
from wardmark.plaques.models.plaques import Plaque


class Finding(models.TextChoices):
    FINE = "fine", _("Fine")
    DAMAGED = "damaged", _("Damaged")
    MISSING = "missing", _("Missing")


class PlaqueCheck(models.Model):
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
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    class Meta:
        verbose_name = _("check on site")
        verbose_name_plural = _("checks on site")
        default_permissions = ("add", "view")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plaque", "-at"], name="plaques_checks_of_one")]

    def __str__(self):
        return f"{self.plaque_id} {self.at:%Y-%m-%d} {self.finding}"

    @property
    def position(self) -> Position | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Position(float(self.latitude), float(self.longitude))
