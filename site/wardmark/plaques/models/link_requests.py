"""Asking to give a plaque that already hangs to another page: a second person decides."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.models.plaques import Plaque


class Decision(models.TextChoices):
    OPEN = "open", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LinkRequestQuerySet(models.QuerySet):
    def open(self) -> "LinkRequestQuerySet":
        return self.filter(decision=Decision.OPEN)


class LinkRequest(models.Model):
    """A wish that a plaque lead to another page from now on. At most one is open per plaque."""

    plaque = models.ForeignKey(Plaque, verbose_name=_("plaque"), on_delete=models.PROTECT, related_name="link_requests")
    page_key = models.UUIDField(_("new page"))
    page_title = models.CharField(_("name of the new page"), max_length=255)
    why = models.CharField(_("why"), max_length=500)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)

    objects = LinkRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for another page")
        verbose_name_plural = _("requests for another page")
        default_permissions = ("add", "change", "view")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plaque"], condition=models.Q(decision="open"), name="plaques_one_open_request_per_plaque"
            )
        ]

    def __str__(self):
        return f"{self.plaque_id} → {self.page_title}"
