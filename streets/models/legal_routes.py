"""Which paper the law asks of a food establishment, as officers decided it: one line per decision, none rewritten."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from streets.models.food_law import ExemptionClause, FoodDecree
from streets.models.shops import Shop


class RouteKind(models.TextChoices):
    CERTIFICATE = "certificate", _("Certificate required")
    COMMITMENT = "commitment", _("Exempt, with a commitment")
    QUALITY_SYSTEM = "quality_system", _("Exempt by a quality system")
    UNDETERMINED = "undetermined", _("Not yet determined")


EXEMPT = (RouteKind.COMMITMENT, RouteKind.QUALITY_SYSTEM)


class LegalRouteQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The decisions that no later one has superseded, one per shop."""
        return self.filter(superseded_on=None)

    def in_effect_on(self, day: date) -> Self:
        """The decisions that counted on a day, at most one per shop."""
        return self.filter(Q(superseded_on=None) | Q(superseded_on__gt=day), decided_on__lte=day)


class LegalRoute(models.Model):
    """One decision, made by `streets.legal_route.decide_route`; a later one supersedes it, nothing else changes."""

    shop = models.ForeignKey(Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="legal_routes")
    kind = models.CharField(_("legal route"), max_length=20, choices=RouteKind.choices)
    decree = models.ForeignKey(
        FoodDecree,
        verbose_name=_("decree"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="legal_routes",
    )
    clause = models.ForeignKey(
        ExemptionClause,
        verbose_name=_("clause"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="legal_routes",
    )
    # The officers' questions by name, with what was answered; empty where the decision was made without them.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    note = models.TextField(_("note"), max_length=600, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # As text besides, for an account may go one day.
    decided_by_name = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_on = models.DateField(_("decided on"))
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True)

    objects = LegalRouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal route")
        verbose_name_plural = _("legal routes")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(superseded_on=None), name="streets_one_current_legal_route"
            )
        ]

    def __str__(self):
        return f"{self.shop}: {self.get_kind_display()}"
