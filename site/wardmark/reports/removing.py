"""Removing private files once their rows have let go of them: after the commit, and again where that failed.

Undone with its transaction, a row still names its file; so none is removed before. What is to be removed is written
down in that same transaction, and crossed out once it is removed: whatever stops in between, the chore ends it.
"""

from collections.abc import Sequence

from django.db import transaction

from wardmark.reports.models import FileToRemove, private_storage


def remove_after_commit(names: Sequence[str]) -> None:
    """Remove files that this transaction lets go of, as soon as it is committed."""
    gone = [name for name in names if name]
    if gone:
        FileToRemove.objects.bulk_create([FileToRemove(name=name) for name in gone], ignore_conflicts=True)
        # No partial: Django names what failed, and a partial has no name.
        transaction.on_commit(lambda: _remove(gone), robust=True)


def remove_waiting() -> None:
    """Remove whatever still waits. One that cannot be removed keeps none waiting; raises its fault at the end."""
    _remove(list(FileToRemove.objects.values_list("name", flat=True)))


def _remove(names: Sequence[str]) -> None:
    faults: list[Exception] = []
    for name in names:
        try:
            # One that is gone already is no fault: storage says nothing then.
            private_storage().delete(name)
        except Exception as fault:
            faults.append(fault)
        else:
            FileToRemove.objects.filter(name=name).delete()
    if faults:
        raise faults[0]
