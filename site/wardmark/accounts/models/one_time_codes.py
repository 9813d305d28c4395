"""Codes that prove a telephone number."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OneTimeCode(models.Model):
    """A code that was sent to a number for one purpose. Neither can be read here: both are keyed hashes."""

    purpose = models.CharField(max_length=60)
    phone_mark = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    code_mark = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # Used, or followed by a newer one.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        default_permissions = ()
        indexes = [models.Index(fields=["phone_mark", "purpose"], name="accounts_code_for")]

    def __str__(self):
        return self.purpose
