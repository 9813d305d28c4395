"""Chores: what the worker does again and again, as data in `settings.CHORES`.

Each is run when it is due by whichever worker comes first, never by two at once. That it ran is written down, so
that a restart forgets nothing and people can see it.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from wardmark.base.heartbeat import heartbeat
from wardmark.base.models import ChoreRun
from wardmark.base.models.chores import CLOCKS_DIFFER

logger = logging.getLogger("wardmark.chores")

SEEN_EVERY = timedelta(seconds=15)
# How often a worker looks whether a chore is due.
LOOK_EVERY = timedelta(seconds=5)
# A worker begins the chore that is due most often at least so often; longer silence means that none is running.
WORKER_MISSED_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Chore:
    """A function without arguments, by its dotted name, and how often it shall run."""

    function: str
    every: timedelta
    title: str | Promise

    def run(self) -> None:
        function: Callable[[], object] = import_string(self.function)
        function()


def chores() -> dict[str, Chore]:
    """Return the chores of this site by their names, from `settings.CHORES`."""
    return {name: Chore(**words) for name, words in settings.CHORES.items()}


def run_due_chores() -> list[str]:
    """Run every chore that is due, one after the other, and return the names of those that were run.

    A chore that fails is logged and written down; it does not keep the others from running.
    """
    known = chores()
    ChoreRun.objects.bulk_create((ChoreRun(name=name) for name in known), ignore_conflicts=True)
    done = []
    for name, chore in known.items():
        # Claimed right before it runs: what waits behind a slow chore is free for another worker.
        if ChoreRun.objects.claim(name, every=chore.every):
            _run(name, chore)
            done.append(name)
    return done


def _run(name: str, chore: Chore) -> None:
    row = ChoreRun.objects.filter(name=name)
    try:
        with _seen(name):
            chore.run()
    except Exception as failure:
        logger.exception("The chore %s failed", name)
        row.update(last_failed=timezone.now(), failure=f"{type(failure).__name__}: {failure}"[:2000], seen=None)
    else:
        row.update(last_finished=timezone.now(), failure="", seen=None)


def _seen(name: str) -> AbstractContextManager[None]:
    def say_so() -> None:
        ChoreRun.objects.filter(name=name).update(seen=timezone.now())

    return heartbeat(say_so, every=SEEN_EVERY, name=f"chore {name}")


def worker_is_missing() -> bool:
    """Say whether no worker began a chore, or was seen at one, for minutes, so that nothing queued will be done."""
    now = timezone.now()
    # Begun in the future: the clock was set back since, and nothing is known of any worker.
    lately = (now - WORKER_MISSED_AFTER, now + CLOCKS_DIFFER)
    return not ChoreRun.objects.filter(Q(last_started__range=lately) | Q(seen__range=lately)).exists()


def keep_running_chores(stop: Event) -> None:
    """Run what is due until told to stop; made for a thread of its own."""
    while not stop.is_set():
        try:
            run_due_chores()
        except DatabaseError:
            # The database is away or busy: it will be asked again.
            logger.exception("The chores could not be looked up")
        finally:
            connection.close()
        stop.wait(LOOK_EVERY.total_seconds())
