"""What may become of a plaque, from the plan to the wall and off it again."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wardmark.plaques.history import changing
from wardmark.plaques.models import CHECKED_EVERY, STANDING, EventKind, Plaque, PlaqueState

PLANNED, PRINTED, INSTALLED, DAMAGED, LOST, RETIRED = (
    PlaqueState.PLANNED,
    PlaqueState.PRINTED,
    PlaqueState.INSTALLED,
    PlaqueState.DAMAGED,
    PlaqueState.LOST,
    PlaqueState.RETIRED,
)
# A lost plaque may be found, a retired one may have been retired by mistake: nothing is final but the code.
MAY_BECOME: dict[PlaqueState, frozenset[PlaqueState]] = {
    PLANNED: frozenset({PRINTED, INSTALLED, RETIRED}),
    PRINTED: frozenset({INSTALLED, DAMAGED, LOST, RETIRED}),
    INSTALLED: frozenset({DAMAGED, LOST, RETIRED}),
    DAMAGED: frozenset({INSTALLED, LOST, RETIRED}),
    LOST: frozenset({INSTALLED, DAMAGED, RETIRED}),
    RETIRED: frozenset({INSTALLED}),
}


class NotPossible(Exception):
    """A plaque cannot become what was asked; the message says why, for the person who asked."""


def choices_from(state: str) -> list[PlaqueState]:
    """Return what a plaque in this state may become by hand, in the order of its life; printing is no choice."""
    return [wanted for wanted in PlaqueState if wanted in MAY_BECOME[PlaqueState(state)] and wanted != PRINTED]


@transaction.atomic
def install(*, plaque: Plaque, by: AbstractBaseUser | None, on: date | None = None, why: str = "") -> None:
    """Note that the plaque hangs on its wall since that day (default: today).

    Raises NotPossible for a blank plaque, a day to come, and a state from which it cannot be.
    """
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise NotPossible(_("This day is still to come."))
    if plaque.is_blank:
        raise NotPossible(_("A blank plaque needs a page before it is installed."))
    kind = EventKind.INSTALLED if plaque.state in {PLANNED, PRINTED} else EventKind.STATE_CHANGED
    with changing(plaque, kind=kind, by=by, why=why) as current:
        _move(current, INSTALLED)
        current.installed_on = current.installed_on or on
        current.next_check_on = on + CHECKED_EVERY


def mark_damaged(*, plaque: Plaque, by: AbstractBaseUser | None, why: str = "") -> None:
    """Note that it hangs but is damaged. Raises NotPossible."""
    with changing(plaque, kind=EventKind.STATE_CHANGED, by=by, why=why) as current:
        _move(current, DAMAGED)


def mark_lost(*, plaque: Plaque, by: AbstractBaseUser | None, why: str = "") -> None:
    """Note that it hangs no longer where it hung. Raises NotPossible."""
    with changing(plaque, kind=EventKind.STATE_CHANGED, by=by, why=why) as current:
        _move(current, LOST)


def retire(*, plaque: Plaque, by: AbstractBaseUser | None, why: str, replaced_by: Plaque | None = None) -> None:
    """Take a plaque out of use for a reason that visitors read; its code leads to its successor, where it has one.

    Raises NotPossible without a reason, and for a successor that leads back to this plaque or to no page.
    """
    if not why.strip():
        raise NotPossible(_("Please say why: whoever scans the plaque reads it."))
    kind = EventKind.REPLACED if replaced_by else EventKind.RETIRED
    with changing(plaque, kind=kind, by=by, why=why) as current:
        if replaced_by is not None:
            _refuse_circle(current, replaced_by)
        _move(current, RETIRED)
        current.retired_on = timezone.localdate()
        current.retired_why = why.strip()[:200]
        current.replaced_by = replaced_by
        current.next_check_on = None


def _move(plaque: Plaque, wanted: PlaqueState) -> None:
    """Change the state, within `changing()`. Back from retirement it leads to its own page again."""
    if wanted not in MAY_BECOME[PlaqueState(plaque.state)]:
        raise NotPossible(
            _("Plaque %(code)s is “%(state)s” and cannot become “%(wanted)s”.")
            % {"code": plaque.printed_code, "state": plaque.get_state_display(), "wanted": wanted.label}
        )
    if plaque.state == RETIRED:
        plaque.retired_on, plaque.retired_why, plaque.replaced_by = None, "", None
    if wanted in STANDING and plaque.installed_on is None:
        plaque.installed_on = timezone.localdate()
    plaque.state = wanted


def _refuse_circle(plaque: Plaque, successor: Plaque | None) -> None:
    """Raise NotPossible when the successor, or one of its own, is this plaque. Two editors may close a circle at once:

    the successors are locked in turn, so that the second of them sees what the first one did.
    """
    if successor is not None and successor.is_blank:
        raise NotPossible(_("Plaque %(code)s has no page yet.") % {"code": successor.printed_code})
    while successor is not None:
        if successor.pk == plaque.pk:
            raise NotPossible(_("That would lead in a circle: the new plaque leads to this one."))
        successor = Plaque.objects.select_for_update().get(pk=successor.pk).replaced_by
