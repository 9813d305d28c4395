"""What may become of a plaque, from the plan to the wall and off it again."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.models import Picture
from wardmark.base.places import Position
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
def install(
    *,
    plaque: Plaque,
    by: AbstractBaseUser | None,
    on: date | None = None,
    why: str = "",
    photo: Picture | None = None,
    position: Position | None = None,
) -> None:
    """Note that the plaque hangs on its wall since that day (default: today).

    A photo becomes the one that visitors compare with; a position becomes its own where it had none. Raises
    NotPossible for a blank plaque, a day to come, and a state from which it cannot be.
    """
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise NotPossible(_("This day is still to come."))
    kind = EventKind.INSTALLED if plaque.state in {PLANNED, PRINTED} else EventKind.STATE_CHANGED
    with changing(plaque, kind=kind, by=by, why=why) as current:
        if current.is_blank:
            raise NotPossible(_("A blank plaque needs a page before it is installed."))
        # The day asked for, before the change of state takes today.
        current.installed_on = current.installed_on or on
        become(current, INSTALLED)
        current.photo = photo or current.photo
        take_position(current, position)
        current.next_check_on = on + CHECKED_EVERY


def mark_damaged(*, plaque: Plaque, by: AbstractBaseUser | None, why: str = "") -> None:
    """Note that it hangs but is damaged. Raises NotPossible."""
    with changing(plaque, kind=EventKind.STATE_CHANGED, by=by, why=why) as current:
        become(current, DAMAGED)


def mark_lost(*, plaque: Plaque, by: AbstractBaseUser | None, why: str = "") -> None:
    """Note that it hangs no longer where it hung. Raises NotPossible."""
    with changing(plaque, kind=EventKind.STATE_CHANGED, by=by, why=why) as current:
        become(current, LOST)


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
        become(current, RETIRED)
        current.retired_on = timezone.localdate()
        current.retired_why = why.strip()[:200]
        current.replaced_by = replaced_by
        current.next_check_on = None


def take_position(plaque: Plaque, position: Position | None) -> None:
    """Give a plaque this position where it has none of its own, within `changing()`."""
    if position is not None and plaque.position is None:
        plaque.latitude, plaque.longitude = in_degrees(position)


def in_degrees(position: Position) -> tuple[Decimal, Decimal]:
    """Return latitude and longitude as they are stored: a millionth of a degree is about a hand's breadth."""
    return round(Decimal(str(position.latitude)), 6), round(Decimal(str(position.longitude)), 6)


def become(plaque: Plaque, wanted: PlaqueState) -> None:
    """Change the state, within `changing()`; a plaque back in use leads to its own page again. Raises NotPossible."""
    if wanted not in MAY_BECOME[PlaqueState(plaque.state)]:
        raise NotPossible(
            _("Plaque %(code)s is “%(state)s” and cannot become “%(wanted)s”.")
            % {"code": plaque.printed_code, "state": plaque.get_state_display(), "wanted": wanted.label}
        )
    if plaque.state == RETIRED:
        plaque.retired_on, plaque.retired_why, plaque.replaced_by = None, "", None
    if wanted in STANDING:
        plaque.installed_on = plaque.installed_on or timezone.localdate()
        # Printed from a downloaded file, which no print job told of: it carries the address of today.
        plaque.printed_base_url = plaque.printed_base_url or settings.PLAQUE_BASE_URL
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
