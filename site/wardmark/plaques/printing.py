"""What printing leaves in a plaque, whoever printed it: a print job, or somebody with a downloaded file."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from wardmark.plaques.artwork import Format
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import NotPossible, may_be_hung_up
from wardmark.plaques.models import EventKind, Plaque, PlaqueState


def refuse_to_print(plaque: Plaque) -> None:
    """Raise NotPossible for a plaque that was taken out of use."""
    if plaque.is_retired:
        raise NotPossible(_("Plaque %(code)s was retired; it is not printed any more.") % {"code": plaque.printed_code})


def mark_printed(*, plaque: Plaque, format: Format, version: int, base_url: str, by: AbstractBaseUser | None) -> None:
    """Note that this version of the artwork was printed in this format, with this address in its symbol.

    One that hangs nowhere yet takes over format, size and address, and a planned one becomes a printed one. For one
    that hangs, or was lost, a spare was printed: only its history tells of it, the plaque still says what is on the
    wall. Of two versions printed in turn the higher stays. Raises NotPossible for a retired plaque.
    """
    with changing(plaque, kind=EventKind.PRINTED, by=by) as current:
        refuse_to_print(current)
        if may_be_hung_up(current.state):
            current.state = PlaqueState.PRINTED
            current.printed_at = timezone.now()
            current.printed_format = format.key
            current.printed_base_url = base_url
            current.width_mm, current.height_mm = round(format.width), round(format.height)
        else:
            current.also_told = {"printed_format": format.key, "printed_base_url": base_url, "artwork_version": version}
        current.artwork_version = max(current.artwork_version, version)
