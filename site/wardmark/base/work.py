"""The worker: one process that does what is queued and the chores, until it is told to stop."""

import logging
import signal
import time
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from wardmark.base.chores import keep_running_chores

logger = logging.getLogger("wardmark.work")

# The backend of `settings.TASKS` whose work waits for a worker.
BACKEND = "jobs"
# How long to wait, in seconds, after the database was away, and for a chore before the process ends.
DATABASE_PAUSE, LAST_CHORE = 5.0, 10.0
# Ctrl-C reaches the worker from the terminal and once more from whatever started it: signals so close together, in
# seconds, are one wish.
SAME_WISH = 5.0
TASKS_KEPT = timedelta(days=30)

_stopping = Event()


def is_stopping() -> bool:
    """Say whether this process was told to stop: long work ends at its next step and is taken up again later."""
    return _stopping.is_set()


class JobWorker(Worker):
    """The database worker of django-tasks-db, which also tells the work it is doing that it shall stop."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1,
            batch=False,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self._told_at: float | None = None

    def shutdown(self, signum, frame) -> None:
        """Stop after the present step; asked again much later, at once."""
        now = time.monotonic()
        if self._told_at is not None and now - self._told_at < SAME_WISH:
            return
        self._told_at = now
        _stopping.set()
        super().shutdown(signum, frame)


def work() -> None:
    """Do queued work and chores until SIGTERM or SIGINT; what is half done then is left so that it can go on."""
    worker = JobWorker()
    worker.configure_signals()
    chores = Thread(target=keep_running_chores, args=(_stopping,), name="chores", daemon=True)
    chores.start()
    try:
        while worker.running:
            _run_until_the_database_fails(worker)
    finally:
        _stopping.set()
        chores.join(LAST_CHORE)
        # Python gives up its handlers before the process is gone: a signal then would make this end look like a death.
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, signal.SIG_IGN)


def _run_until_the_database_fails(worker: JobWorker) -> None:
    try:
        worker.run()
    except DatabaseError:
        logger.exception("The database is away; the worker tries again in %.0f s", DATABASE_PAUSE)
        connection.close()
        _stopping.wait(DATABASE_PAUSE)


def forget_done_tasks(now: datetime | None = None) -> int:
    """Delete what the queue still knows of tasks that ended more than 30 days ago; return how many."""
    before = (now or timezone.now()) - TASKS_KEPT
    deleted, _by_model = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return deleted
