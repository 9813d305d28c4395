"""How often something may be tried: counted in the database, so that all processes and machines agree.

A try takes its place before it is looked at. Many at once therefore never get more than there are places, and what is
refused takes none: a limit ends by itself, however long somebody goes on knocking. Call these outside a transaction
that may be rolled back, or the tries are forgotten with it.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from wardmark.accounts.models import Attempt
from wardmark.base.sealing import fingerprint

# Longer than the longest limit anywhere.
KEPT = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within so long."""

    most: int
    within: timedelta


def take(kind: str, whose: str, *limits: Limit) -> int | None:
    """Take a place for one more try; return what `give_back` needs, or None where all are taken.

    `whose` may be a telephone number or an address: a keyed hash of it alone is kept, for a day.
    """
    mark, now = _mark(kind, whose), timezone.now()
    attempt = Attempt.objects.create(kind=kind, mark=mark, at=now)
    for limit in limits:
        # Its own place counts: of two at once, each sees the other.
        if Attempt.objects.filter(kind=kind, mark=mark, at__gt=now - limit.within).count() > limit.most:
            attempt.delete()
            return None
    return attempt.pk


def is_full(kind: str, whose: str, *limits: Limit) -> bool:
    """Say whether the next try would be refused."""
    mark, now = _mark(kind, whose), timezone.now()
    return any(
        Attempt.objects.filter(kind=kind, mark=mark, at__gt=now - limit.within).count() >= limit.most
        for limit in limits
    )


def give_back(place: int) -> None:
    """Free one place: the try was none after all."""
    Attempt.objects.filter(pk=place).delete()


def forget(kind: str, whose: str) -> None:
    """Free all places of one person or network: it has shown who it is."""
    Attempt.objects.filter(kind=kind, mark=_mark(kind, whose)).delete()


def forget_old() -> None:
    """Drop what no limit looks at any more. A chore of the worker."""
    Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()


def _mark(kind: str, whose: str) -> str:
    return fingerprint(whose, purpose=f"attempts of {kind}")
