"""Requests for another sign-in number."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# From the request until the new number counts: time for the real owner to notice.
WAIT = timedelta(hours=24)


class PhoneChangeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


class PhoneChangeQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=PhoneChangeState.WAITING)

    def waiting_for_an_officer(self) -> Self:
        return self.waiting().filter(needs_officer=True, approved_at=None)

    def due(self, now) -> Self:
        """Those whose day is over, and whom an officer approved where one must."""
        over = self.waiting().filter(requested_at__lte=now - WAIT)
        return over.filter(Q(needs_officer=False) | Q(approved_at__isnull=False))


class PhoneChange(models.Model):
    """Somebody wants to sign in with another number. The number is encrypted, and is dropped once this has ended."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="phone_changes"
    )
    sealed = models.TextField(editable=False, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    last_three = models.CharField(max_length=3, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=PhoneChangeState.choices, default=PhoneChangeState.WAITING
    )
    requested_at = models.DateTimeField(_("requested on"), default=timezone.now)
    # By a code; where no gateway sends one, the officer who approves has made sure of it.
    proved_at = models.DateTimeField(_("number proved on"), null=True, blank=True)
    old_number_told_at = models.DateTimeField(_("old number told on"), null=True, blank=True)
    needs_officer = models.BooleanField(_("needs an officer"), default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ended by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PhoneChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a sign-in phone")
        verbose_name_plural = _("changes of sign-in phones")
        default_permissions = ()
        permissions = [("approve_phonechange", _("Can approve and refuse changes of sign-in phones"))]
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="accounts_one_phone_change_waits"
            ),
        ]

    def __str__(self):
        return f"…{self.last_three}"

    @property
    def counts_from(self):
        """The moment from which the new number may count."""
        return self.requested_at + WAIT
