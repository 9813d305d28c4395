"""Taking up print jobs that a worker left: killed, out of memory, or its machine switched off.

The queue itself would leave such a task running for ever. Safe to run twice at once, and as often as one likes.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wardmark.plaques.models import JobState, PrintJob
from wardmark.plaques.models.print_jobs import GONE_AFTER, MOST_LEFT_BEHIND
from wardmark.plaques.print_sheets import files, running

logger = logging.getLogger("wardmark.plaques")


def take_up_left_jobs(now: datetime | None = None) -> int:
    """Queue again every job whose worker is gone, and every queued job that no worker will find; return how many."""
    now = now or timezone.now()
    left = [_take_up(job) for job in PrintJob.objects.left(now=now)]
    lost = [_queue_again(job, now) for job in PrintJob.objects.filter(state=JobState.QUEUED)]
    return sum(left) + sum(lost)


@transaction.atomic
def _take_up(job: PrintJob) -> bool:
    """Queue a job again, or fail it after too many workers. False where another reaper was first, or it lives."""
    same = PrintJob.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt, heartbeat=job.heartbeat)
    if not same.update(state=JobState.QUEUED, left_behind=F("left_behind") + 1):
        return False
    DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback="The worker that ran this is gone."
    )
    if job.left_behind + 1 >= MOST_LEFT_BEHIND:
        _give_up(job)
        return False
    logger.warning("Print job %s was left by its worker and is queued again", job.pk)
    running.enqueue(job)
    return True


def _give_up(job: PrintJob) -> None:
    logger.error("Print job %s was left by %d workers in a row; it is given up", job.pk, MOST_LEFT_BEHIND)
    with override(job.language):
        why = _("The worker stopped %(times)s times at this job without getting further, so it was given up.")
    PrintJob.objects.filter(pk=job.pk).update(
        state=JobState.FAILED,
        failure=why % {"times": MOST_LEFT_BEHIND},
        ended_at=timezone.now(),
        result="",
        result_bytes=0,
    )
    transaction.on_commit(lambda: files.clear(job))


@transaction.atomic
def _queue_again(job: PrintJob, now: datetime) -> bool:
    """Queue a waiting job whose task a worker took and lost before it began; one just taken is about to begin."""
    waits = Q(status=TaskResultStatus.READY)
    begins = Q(status=TaskResultStatus.RUNNING, started_at__range=(now - GONE_AFTER, now + GONE_AFTER))
    if DBTaskResult.objects.filter(waits | begins, pk=job.task_id).exists():
        return False
    # Two reapers at once: the second finds another task.
    same = PrintJob.objects.select_for_update().filter(pk=job.pk, state=JobState.QUEUED, task_id=job.task_id)
    if same.first() is None:
        return False
    running.enqueue(job)
    return True
