"""That a vendor was asked whether its page is still right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop


class StaleNotice(models.Model):
    """A shop came to so many days without a word on its facts. There is one for each threshold after each word."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="stale_notices")
    # The day from which it counts: the last confirmation, or the one on which its first keeper came.
    since = models.DateField(_("not confirmed since"), editable=False)
    days = models.PositiveSmallIntegerField(_("days"), editable=False)
    made_on = models.DateField(_("made on"), editable=False)

    class Meta:
        verbose_name = _("question whether a page is still right")
        verbose_name_plural = _("questions whether pages are still right")
        default_permissions = ()
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "since", "days"], name="streets_asked_once_per_threshold")
        ]

    def __str__(self):
        return f"{self.shop}: {self.days}"
