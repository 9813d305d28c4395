"""Raising and closing alerts: one of a kind per plaque, however many people tap."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import AlertKind, EventKind, Plaque, PlaqueAlert, PlaqueEvent


def raise_alert(*, plaque: Plaque, kind: AlertKind, note: str = "") -> PlaqueAlert:
    """Open an alert, or note that the open one was said once more. Safe against two at once."""
    now = timezone.now()
    open_one = PlaqueAlert.objects.open().filter(plaque=plaque, kind=kind)
    if not open_one.update(times=F("times") + 1, last_at=now):
        try:
            with transaction.atomic():
                alert = PlaqueAlert.objects.create(plaque=plaque, kind=kind, note=note, raised_at=now, last_at=now)
                PlaqueEvent.objects.create(
                    plaque=plaque, kind=EventKind.ALERT_RAISED, why=note, changes={"alert": [None, kind]}
                )
                return alert
        except IntegrityError:
            # Somebody else opened it between the two statements.
            open_one.update(times=F("times") + 1, last_at=now)
    # Closed by somebody between the two statements, it is said anew.
    return open_one.first() or raise_alert(plaque=plaque, kind=kind, note=note)


@transaction.atomic
def close_alert(*, alert: PlaqueAlert, by: AbstractBaseUser, outcome: str) -> None:
    """Close an alert with what came out. Raises NotPossible without it, and when somebody else has closed it."""
    if not outcome.strip():
        raise NotPossible(_("Please say what you found."))
    closed = PlaqueAlert.objects.open().filter(pk=alert.pk)
    if not closed.update(closed_at=timezone.now(), closed_by=by, outcome=outcome.strip()[:300]):
        raise NotPossible(_("Somebody else has closed this alert already."))
    alert.refresh_from_db()
    PlaqueEvent.objects.create(
        plaque=alert.plaque,
        kind=EventKind.ALERT_CLOSED,
        by=by,
        why=outcome.strip()[:500],
        changes={"alert": [alert.kind, None]},
    )
