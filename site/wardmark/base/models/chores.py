"""When each chore last ran, and whether it failed."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A worker at a chore says so every few seconds (`chores.SEEN_EVERY`); one silent for so long is gone.
GONE_AFTER = timedelta(minutes=2)
# How soon a chore that failed is tried again, where it would not be due sooner.
RETRY_AFTER = timedelta(minutes=10)
# How far apart the clocks of two machines may be. A time further ahead is from before a clock was set back: counted as
# long ago, for else nothing would be done until that time has come.
CLOCKS_DIFFER = timedelta(minutes=1)


class ChoreRunQuerySet(models.QuerySet):
    def claim(self, name: str, *, every: timedelta, now: datetime | None = None) -> bool:
        """Take a chore that is due, in one statement: of two workers at once, one gets True.

        Due is what never ran, began `every` ago, or failed and has waited long enough. A chore that another worker
        is at is not taken, unless that worker is gone. A time in the future says nothing.
        """
        now = now or timezone.now()
        ahead = now + CLOCKS_DIFFER
        due = (
            Q(last_started=None)
            | Q(last_started__lte=now - every)
            | Q(last_started__gt=ahead)
            | Q(last_failed__gte=F("last_started"), last_failed__lte=now - min(every, RETRY_AFTER))
            # Begun and never ended: its worker is gone.
            | Q(seen__isnull=False)
        )
        free = Q(seen=None) | Q(seen__lte=now - GONE_AFTER) | Q(seen__gt=ahead)
        return bool(self.filter(due, free, name=name).update(last_started=now, seen=now))


class ChoreRun(models.Model):
    """One chore of `settings.CHORES`. `seen` is when the worker at it last said so; None while nobody is at it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    last_started = models.DateTimeField(_("last begun"), null=True)
    last_finished = models.DateTimeField(_("last done"), null=True)
    last_failed = models.DateTimeField(_("last failed"), null=True)
    failure = models.TextField(_("what went wrong"), blank=True)
    seen = models.DateTimeField(_("worker last seen"), null=True)

    objects = ChoreRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("chore")
        verbose_name_plural = _("chores")

    def __str__(self):
        return self.name

    @property
    def has_failed(self) -> bool:
        """Whether its last run that ended was a failure."""
        return self.last_failed is not None and (self.last_finished is None or self.last_failed > self.last_finished)
