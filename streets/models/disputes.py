"""People disagree whose shop it is."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop


class DisputeQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Dispute(models.Model):
    """From its opening until an officer has decided who keeps the shop, nobody changes anything of it."""

    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="disputes", editable=False
    )
    opened_at = models.DateTimeField(_("opened on"), default=timezone.now, editable=False)
    # None: a second claim opened it.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    why = models.CharField(_("what it is about"), max_length=300, editable=False)
    closed_at = models.DateTimeField(_("closed on"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    # None while it is open, and where nobody keeps the shop afterwards.
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who keeps the shop"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    decision = models.CharField(_("reason of the decision"), max_length=300, blank=True, editable=False)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        default_permissions = ("view",)
        permissions = [("decide_dispute", _("Can open disputes and decide who keeps the shop"))]
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(closed_at=None), name="streets_one_open_dispute_per_shop"
            )
        ]

    def __str__(self):
        return f"{self.shop}, {self.opened_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
