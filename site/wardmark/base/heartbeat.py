"""Saying every few seconds that somebody is at a piece of work, so that others take it up only when he is gone."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection

logger = logging.getLogger("wardmark.work")


@contextmanager
def heartbeat(beat: Callable[[], object], *, every: timedelta, name: str) -> Iterator[None]:
    """Call `beat` again and again until the block ends, from a thread with a database connection of its own.

    So it is said through steps of any length: a long download, a join, a proof. A beat that the database refuses is
    logged, and the next one tries again.
    """
    done = Event()

    def beat_on() -> None:
        while not done.wait(every.total_seconds()):
            try:
                beat()
            except DatabaseError:
                logger.warning("Could not write that %s is still being worked at", name)
            finally:
                connection.close()

    thread = Thread(target=beat_on, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
