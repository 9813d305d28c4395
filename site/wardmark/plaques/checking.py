"""The maintenance round: somebody stands in front of a plaque and says how it is."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.models import Picture
from wardmark.base.places import Position
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import NotPossible, become, in_degrees, take_position
from wardmark.plaques.models import CHECKED_EVERY, EventKind, Finding, Plaque, PlaqueCheck, PlaqueState

LONGEST_NOTE = 300  # characters
_STATE_FOUND = {
    Finding.FINE: PlaqueState.INSTALLED,
    Finding.DAMAGED: PlaqueState.DAMAGED,
    Finding.MISSING: PlaqueState.LOST,
}


@transaction.atomic
def record_check(
    *,
    plaque: Plaque,
    by: AbstractBaseUser,
    finding: Finding,
    note: str = "",
    photo: Picture | None = None,
    position: Position | None = None,
) -> PlaqueCheck:
    """Note what was found, today, and bring the plaque's state in line: what is fine hangs, what is missing is lost.

    A photo of a plaque that is fine becomes the one that visitors compare with; a position becomes its own where it
    had none. Raises NotPossible for a blank or a retired plaque, and for one that was never hung up and is not there.
    """
    today, note = timezone.localdate(), note.strip()[:LONGEST_NOTE]
    check = PlaqueCheck(plaque=plaque, by=by, finding=finding, note=note, photo=photo)
    if position is not None:
        check.latitude, check.longitude = in_degrees(position)
    with changing(plaque, kind=EventKind.CHECKED, by=by, why=note) as current:
        if current.is_blank:
            raise NotPossible(_("A blank plaque needs a page before it is checked."))
        if current.is_retired:
            raise NotPossible(_("This plaque is retired. If it is back in use, say so in the admin first."))
        if current.state != _STATE_FOUND[finding]:
            become(current, _STATE_FOUND[finding])
        current.last_checked_on = today
        current.next_check_on = today + CHECKED_EVERY
        if finding != Finding.MISSING:
            take_position(current, position)
        if finding == Finding.FINE:
            current.photo = photo or current.photo
        check.save()
    return check
