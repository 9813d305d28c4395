"""A shop passes from one person to another."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streets.models.shops import Shop

# From the request until the shop has another owner: time for the real owner to notice.
WAIT = timedelta(hours=24)


class OwnershipState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OwnershipChangeQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=OwnershipState.WAITING)

    def with_people(self) -> Self:
        """With the people of a change, None where the account is gone: asked for one by one, they would fail."""
        return self.select_related("old_owner", "new_owner", "approved_by")


def _person(label: str) -> models.ForeignKey:
    """Who somebody was stays on record when the account goes; the history has the name."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )


class OwnershipChange(models.Model):
    """Asked for by the owner or an officer, approved by an officer who did not ask, done after 24 hours.

    `streets.claims.ownership` alone changes it.
    """

    shop = models.ForeignKey(
        Shop, verbose_name=_("shop"), on_delete=models.PROTECT, related_name="ownership_changes", editable=False
    )
    old_owner = _person(_("owner until now"))
    new_owner = _person(_("new owner"))
    state = models.CharField(
        _("state"), max_length=10, choices=OwnershipState.choices, default=OwnershipState.WAITING, editable=False
    )
    asked_at = models.DateTimeField(_("asked for on"), default=timezone.now, editable=False)
    asked_by = _person(_("asked for by"))
    approved_at = models.DateTimeField(_("approved on"), null=True, editable=False)
    approved_by = _person(_("approved by"))
    ended_at = models.DateTimeField(_("ended on"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects = OwnershipChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ownership change")
        verbose_name_plural = _("ownership changes")
        default_permissions = ("view",)
        permissions = [("approve_ownershipchange", _("Can approve ownership changes as the second officer"))]
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop"], condition=Q(state="waiting"), name="streets_one_ownership_change_waits_per_shop"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("asked_by")),
                name="streets_ownership_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(approved_at__isnull=False), name="streets_ownership_done_was_approved"
            ),
        ]

    def __str__(self):
        return f"{self.shop}: {self.old_owner or '–'} → {self.new_owner or '–'}"

    @property
    def due_at(self) -> datetime | None:
        """When it takes effect: 24 hours after it was asked for, and not before it was approved."""
        return max(self.asked_at + WAIT, self.approved_at) if self.approved_at else None
