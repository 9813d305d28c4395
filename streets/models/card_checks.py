"""What a vendor found when it scanned its own counter card."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from streets.models.shops import Shop


class CardFinding(models.TextChoices):
    GOOD = "good", pgettext_lazy("state of a counter card", "Good")
    PASTED_OVER = "pasted_over", _("Code pasted over")
    DAMAGED = "damaged", _("Damaged")


class CardCheck(models.Model):
    """A member of a shop scanned one of its codes and said how it is. A later check follows it; none is rewritten."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.CASCADE, related_name="card_checks")
    plaque = models.ForeignKey(
        "plaques.Plaque", verbose_name=_("plaque"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    finding = models.CharField(_("finding"), max_length=12, choices=CardFinding.choices)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("check of a counter card")
        verbose_name_plural = _("checks of counter cards")
        default_permissions = ()
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.shop}: {self.finding}"
