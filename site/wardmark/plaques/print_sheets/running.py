"""Running a print job in the worker: from the queue through its steps to its end, good or bad."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from django.db import DatabaseError, OperationalError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from wardmark.base.heartbeat import heartbeat
from wardmark.base.work import BACKEND
from wardmark.plaques.models import JobState, PrintJob
from wardmark.plaques.models.print_jobs import MOST_LEFT_BEHIND
from wardmark.plaques.print_sheets import files
from wardmark.plaques.print_sheets.making import AddressChanged, Making, NoLongerOurs, NothingToPrint, ToldToStop
from wardmark.plaques.print_sheets.proving import PlaqueNotProved

logger = logging.getLogger("wardmark.plaques")

SEEN_EVERY = timedelta(seconds=5)


def enqueue(job: PrintJob) -> None:
    """Let a worker make the job, once the present transaction is committed."""
    job.task_id = make_prints.enqueue(job.pk).id
    job.save(update_fields=["task_id"])


@task(backend=BACKEND)
def make_prints(job_id: int) -> None:
    """Make a queued job, or go on where another worker stopped; nothing where it is not queued any more."""
    claimed = PrintJob.objects.filter(pk=job_id, state=JobState.QUEUED)
    if not claimed.update(state=JobState.RUNNING, heartbeat=timezone.now(), attempt=F("attempt") + 1):
        return
    job = PrintJob.objects.get(pk=job_id)
    name = f"print job {job.pk}"
    with closing(Making(job)) as making, override(job.language), heartbeat(making.say_so, every=SEEN_EVERY, name=name):
        _make(making)


def _make(making: Making) -> None:
    try:
        while step := making.next_step():
            making.look_up()
            step()
    except ToldToStop:
        _put_back(making)
    except NoLongerOurs:
        # What lies in its folder is another worker's, unless the job was cancelled: that is final.
        if PrintJob.objects.filter(pk=making.job.pk, state=JobState.CANCELLED).exists():
            files.clear(making.job)
    except OperationalError:
        if not _left_to_another(making):
            raise
    except DatabaseError:
        # What cannot be written now cannot be called failed either: the reaper will take the job up.
        raise
    except Exception as failure:
        logger.exception("Print job %s failed", making.job.pk)
        _fail(making, _in_words(failure, making.job))


def _in_words(failure: Exception, job: PrintJob) -> str:
    """Say in the active language why a job failed, for the person who ordered it."""
    match failure:
        case NothingToPrint():
            return _("None of these plaques can be printed in this format.")
        case AddressChanged():
            return _(
                "The address on the plaques was changed after this job was ordered, from %(url)s. Order it again, so "
                "that all its plaques carry the same address."
            ) % {"url": job.base_url or "–"}
        case PlaqueNotProved(code=None):
            return _("A sheet carries a symbol that belongs to none of its plaques, so nothing of this job is offered.")
        case PlaqueNotProved():
            return _(
                "Plaque %(code)s was drawn but does not read back as its short link in the finished file, so nothing "
                "of this job is offered."
            ) % {"code": failure.code}
    return _("Something went wrong while it was made; whoever runs the site finds it in the log.")


def _put_back(making: Making, *, in_vain: int = 0) -> None:
    """Leave the job to the next worker. `in_vain`: how often in a row a worker left it without finishing a step."""
    with _unless_lost(), making.committing() as job:
        job.state, job.left_behind = JobState.QUEUED, in_vain
        job.task_id = make_prints.enqueue(job.pk).id


def _left_to_another(making: Making) -> bool:
    """Put back a job at which the database was busy. False where that came too often: then the reaper decides."""
    in_vain = making.job.left_behind + 1
    if in_vain >= MOST_LEFT_BEHIND:
        return False
    logger.exception("The database refused print job %s; it is queued again", making.job.pk)
    _put_back(making, in_vain=in_vain)
    return True


def _fail(making: Making, why: str) -> None:
    """End the job as failed and remove its files; a job that is no longer ours keeps both."""
    with _unless_lost():
        with making.committing() as job:
            job.state, job.failure, job.ended_at = JobState.FAILED, why, timezone.now()
            job.result, job.result_bytes = "", 0
        files.clear(making.job)


@contextmanager
def _unless_lost() -> Iterator[None]:
    """A job that is no longer ours needs neither be failed nor put back."""
    try:
        yield
    except NoLongerOurs:
        return
