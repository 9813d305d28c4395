"""What a print job leaves in the plaques it printed."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from wardmark.plaques.history import changing
from wardmark.plaques.models import EventKind, Plaque, PlaqueState


@transaction.atomic
def mark_printed(
    *,
    plaques: Iterable[Plaque],
    format_key: str,
    by: AbstractBaseUser | None,
    size_mm: tuple[float, float] | None = None,
) -> None:
    """Note date, format, address and a new artwork version; a planned plaque becomes a printed one.

    One that hangs already keeps its state: what was printed is its spare, under the same code.
    """
    for plaque in plaques:
        with changing(plaque, kind=EventKind.PRINTED, by=by) as current:
            if current.state == PlaqueState.PLANNED:
                current.state = PlaqueState.PRINTED
            current.printed_at = timezone.now()
            current.printed_format = format_key
            current.printed_base_url = settings.PLAQUE_BASE_URL
            current.artwork_version += 1
            if size_mm is not None:
                current.width_mm, current.height_mm = (round(side) for side in size_mm)
