"""What was tried, so that nobody can try without end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """One try of a kind by somebody. Whose it was is a keyed hash alone; the row goes after a day (`throttling`)."""

    kind = models.CharField(max_length=30)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "mark", "at"], name="accounts_attempt_whose"),
            models.Index(fields=["at"], name="accounts_attempt_at"),
        ]

    def __str__(self):
        return self.kind
