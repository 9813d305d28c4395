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


LONGEST_REASON = 200


class NotPossible(Exception):
    """A plaque cannot become what was asked; the message says why, for the person who asked."""


def may_be_hung_up(state: str) -> bool:
    """Say whether a plaque in this state is still to be hung up for the first time; what hung before is checked."""
    return state in {PLANNED, PRINTED}


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
    kind = EventKind.INSTALLED if may_be_hung_up(plaque.state) else EventKind.STATE_CHANGED
    with changing(plaque, kind=kind, by=by, why=why) as current:
        if current.is_blank:
            raise NotPossible(_("A blank plaque needs a page before it is installed."))
        become(current, INSTALLED, on=on)
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


@transaction.atomic
def retire(*, plaque: Plaque, by: AbstractBaseUser | None, why: str, replaced_by: Plaque | None = None) -> None:
    """Take a plaque out of use for a reason that visitors read; its code leads to its successor, where it has one.

    Raises NotPossible without a reason or with one of over 200 characters, and for a successor that leads back to this
    plaque or has no page.
    """
    why = why.strip()
    if not why:
        raise NotPossible(_("Please say why: whoever scans the plaque reads it."))
    if len(why) > LONGEST_REASON:
        raise NotPossible(_("The reason may have %(most)d characters at most.") % {"most": LONGEST_REASON})
    if replaced_by is not None:
        _refuse_as_successor(replaced_by, of=plaque)
    kind = EventKind.REPLACED if replaced_by else EventKind.RETIRED
    with changing(plaque, kind=kind, by=by, why=why) as current:
        become(current, RETIRED)
        current.retired_on = timezone.localdate()
        current.retired_why = why
        current.replaced_by = replaced_by
        current.next_check_on = None


def take_position(plaque: Plaque, position: Position | None) -> None:
    """Give a plaque this position where it has none of its own, within `changing()`."""
    if position is not None and plaque.position is None:
        plaque.latitude, plaque.longitude = in_degrees(position)


def in_degrees(position: Position) -> tuple[Decimal, Decimal]:
    """Return latitude and longitude as they are stored: a millionth of a degree is about a hand's breadth."""
    return round(Decimal(str(position.latitude)), 6), round(Decimal(str(position.longitude)), 6)


def become(plaque: Plaque, wanted: PlaqueState, *, on: date | None = None) -> None:
    """Change the state, within `changing()`, as of that day (default: today); raise NotPossible where it cannot be.

    A plaque back in use leads to its own page again. One that comes back to a wall hangs there since that day, so that
    nobody takes the time it was gone for silence; the day before stands in the history.
    """
    if wanted not in MAY_BECOME[PlaqueState(plaque.state)]:
        raise NotPossible(
            _("Plaque %(code)s is “%(state)s” and cannot become “%(wanted)s”.")
            % {"code": plaque.printed_code, "state": plaque.get_state_display(), "wanted": wanted.label}
        )
    if plaque.state == RETIRED:
        plaque.retired_on, plaque.retired_why, plaque.replaced_by = None, "", None
    if wanted in STANDING:
        if plaque.state not in STANDING or plaque.installed_on is None:
            plaque.installed_on = on or timezone.localdate()
        # Printed from a downloaded file, which no print job told of: it carries the address of today.
        plaque.printed_base_url = plaque.printed_base_url or settings.PLAQUE_BASE_URL
    plaque.state = wanted


def _refuse_as_successor(successor: Plaque, *, of: Plaque) -> None:
    """Raise NotPossible where the successor has no page, or leads to this plaque by way of its own successors.

    All of them are locked, in one order for everybody: of two editors who would close a circle at once, the second
    sees what the first one did.
    """
    chain = [of.pk, *_chain(successor)]
    list(Plaque.objects.select_for_update().filter(pk__in=chain).order_by("pk"))
    if Plaque.objects.get(pk=successor.pk).is_blank:
        raise NotPossible(_("Plaque %(code)s has no page yet.") % {"code": successor.printed_code})
    if of.pk in _chain(successor):
        raise NotPossible(_("That would lead in a circle: the new plaque leads to this one."))


def _chain(plaque: Plaque) -> list[int]:
    """Return the ids of a plaque and its successors as they are now."""
    pks: list[int] = []
    pk: int | None = plaque.pk
    while pk is not None and pk not in pks:
        pks.append(pk)
        pk = Plaque.objects.values_list("replaced_by", flat=True).get(pk=pk)
    return pks
