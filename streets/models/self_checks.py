"""What a vendor says of its own kitchen, on a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from streets.models.food_law import SelfCheckPoint
from streets.models.shops import Shop


class SelfCheck(models.Model):
    """A vendor went through the points on a day; a later check follows it, none is rewritten."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="self_checks")
    checked_on = models.DateField(_("checked on"))
    points = models.ManyToManyField(SelfCheckPoint, verbose_name=_("points that are met"), related_name="+", blank=True)
    # How many points there were on that day: later ones must not make an old check look worse.
    asked = models.PositiveSmallIntegerField(_("points asked"), editable=False, default=0)
    met = models.PositiveSmallIntegerField(_("points met"), editable=False, default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_vendor = models.BooleanField(_("entered by the vendor"), default=False, editable=False)

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        ordering = ["-checked_on", "-pk"]

    def __str__(self):
        return f"{self.shop}: {self.met}/{self.asked}"
