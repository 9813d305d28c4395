"""What every one-time code has in common: whom it was made for, how long it holds, and how often it was mistyped."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.plaques.codes import grouped


class CodeState(models.TextChoices):
    """Whether its day has passed is no state: it follows from the clock."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    CANCELLED = "cancelled", _("Cancelled")
    SPENT = "spent", _("Mistyped too often")


# So often may a code be mistyped; the next try finds it spent.
MOST_TRIES = 5


class HandedCodeQuerySet(models.QuerySet):
    def open(self, now: datetime) -> Self:
        """Those that would still be taken."""
        return self.filter(state=CodeState.OPEN, valid_until__gt=now)


class HandedCode(models.Model):
    """A code of eight characters that was given to one person once. Only its keyed fingerprint is kept.

    `serial` names it in addresses and lists and opens nothing. `streets.claims.handed_codes` alone changes it.
    """

    serial = models.CharField(_("number"), max_length=7, unique=True, editable=False)
    mark = models.CharField(_("fingerprint"), max_length=64, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CodeState.choices, default=CodeState.OPEN, editable=False
    )
    wrong_tries = models.PositiveSmallIntegerField(_("mistyped"), default=0, editable=False)
    made_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    valid_until = models.DateTimeField(_("valid until"), editable=False)
    # Accounts may go; who it was stays in the history.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )

    objects = HandedCodeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.printed_serial

    @property
    def printed_serial(self) -> str:
        return grouped(self.serial)

    @property
    def tries_left(self) -> int:
        return max(0, MOST_TRIES - self.wrong_tries)

    def has_lapsed(self, now: datetime) -> bool:
        return now >= self.valid_until

    def is_open(self, now: datetime) -> bool:
        return self.state == CodeState.OPEN and not self.has_lapsed(now)

    @property
    def state_today(self) -> str:
        """What a list of officers says of it."""
        if self.state == CodeState.OPEN and self.has_lapsed(timezone.now()):
            return str(_("Lapsed"))
        return str(CodeState(self.state).label)
