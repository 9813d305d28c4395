"""Changing a plaque so that its history tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from media.models import Picture
from wardmark.plaques.models import EventKind, Plaque, PlaqueEvent

LONGEST_WHY = PlaqueEvent._meta.get_field("why").max_length


@contextmanager
def changing(
    plaque: Plaque, *, kind: EventKind, by: AbstractBaseUser | None, why: str = "", always: bool = True
) -> Iterator[Plaque]:
    """Lend a plaque, fetched anew and locked, to be changed; save it and write one line of history.

    All in one transaction: an error raised inside leaves neither. With `always=False` nothing is written where
    nothing was changed. `plaque` itself is brought up to date afterwards.
    """
    with transaction.atomic():
        current = Plaque.objects.select_for_update().get(pk=plaque.pk)
        current.is_being_recorded = True
        current.also_told = {}
        yield current
        changes = current.changes()
        if changes:
            current.save()
        if changes or always:
            told = {name: [None, value] for name, value in current.also_told.items()}
            told |= {name: list(pair) for name, pair in changes.items()}
            PlaqueEvent.objects.create(plaque=current, kind=kind, by=by, why=why.strip()[:LONGEST_WHY], changes=told)
    plaque.refresh_from_db()


def on_picture_deleted(sender, instance: Picture, **kwargs) -> None:
    """Tell in the history of each plaque that its photo goes: the database alone would only empty the field."""
    for plaque in Plaque.objects.filter(photo=instance):
        with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
            current.photo = None
