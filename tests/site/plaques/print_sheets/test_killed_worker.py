"""A worker process that is really killed in the middle of a job, and the job that is finished all the same."""

import signal
import time

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests import workers
from tests.site.plaques.print_sheets.orders import content, files_of, further_plaques, links_on_sheets, order
from wardmark.plaques.models import EventKind, JobState, Plaque, PlaqueEvent, PrintJob
from wardmark.plaques.models.print_jobs import GONE_AFTER
from wardmark.plaques.print_sheets import files
from wardmark.plaques.print_sheets.making import Making
from wardmark.plaques.print_sheets.ordering import cancel
from wardmark.plaques.print_sheets.reaper import take_up_left_jobs

pytestmark = pytest.mark.django_db(transaction=True)

PIECES = 200


@pytest.fixture
def start_worker(tmp_path):
    """Return a function that starts a worker; all are gone after the test."""
    started = []

    def start():
        started.append(workers.start(tmp_path))
        return started[-1]

    yield start
    for worker in started:
        if worker.poll() is None:
            worker.kill()
        worker.wait(timeout=30)


def undisturbed(job: PrintJob) -> bytes:
    """Return the file the job makes when nothing happens to it; the job is as new afterwards."""
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    making = Making(PrintJob.objects.get(pk=job.pk))
    while making.next_step() != making.prove:
        making.next_step()()
    made = content(making.job)
    files.clear(job)
    job.pieces.update(part=None)
    job.parts.all().delete()
    job.save()
    return made


def kill(worker) -> None:
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(timeout=30) == -signal.SIGKILL


def take_up(job: PrintJob) -> None:
    """The reaper comes too early, finds the job's heartbeat fresh, and comes again when it is stale."""
    assert take_up_left_jobs() == 0
    assert take_up_left_jobs(now=timezone.now() + GONE_AFTER) == 1
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_a_job_is_finished_as_if_nothing_had_happened_after_two_killed_workers(heritage, start_worker):
    chosen = further_plaques(PIECES, heritage)
    job = order(chosen)
    wanted = undisturbed(job)

    first = start_worker()
    workers.wait_until(job, lambda now: 0 < now.drawn < PIECES, first)
    kill(first)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert 0 < job.drawn < PIECES
    drawn = job.drawn
    dead = job.task_id
    assert DBTaskResult.objects.get(pk=dead).status == TaskResultStatus.RUNNING
    take_up(job)
    assert DBTaskResult.objects.get(pk=dead).status == TaskResultStatus.FAILED

    second = start_worker()
    workers.wait_until(job, lambda now: 0 < now.proved < PIECES, second)
    kill(second)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert 0 < job.proved < PIECES
    assert job.parts.order_by("number").first().pieces.count() == 48 <= drawn
    take_up(job)

    third = start_worker()
    done = workers.wait_until(job, lambda now: not now.is_open, third)
    assert (done.state, done.failure, done.attempt) == (JobState.DONE, "", 3)
    assert content(done) == wanted
    assert [link for sheet in links_on_sheets(wanted) for link in sheet] == [plaque.short_link for plaque in chosen]
    assert PlaqueEvent.objects.filter(kind=EventKind.PRINTED).count() == PIECES
    assert not Plaque.objects.filter(pk__in=[plaque.pk for plaque in chosen]).exclude(artwork_version=1).exists()
    assert [f"{job.folder}/{name}" for name in files_of(job)] == [done.result.name]

    third.terminate()
    assert third.wait(timeout=30) == 0


def test_a_worker_told_to_end_in_the_middle_of_a_job_ends_soon_and_cleanly(heritage, start_worker):
    job = order(further_plaques(PIECES, heritage))
    worker = start_worker()
    workers.wait_until(job, lambda now: now.drawn > 0, worker)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.QUEUED, "")
    assert job.drawn < PIECES or job.proved < PIECES
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.READY


def test_signals_that_come_together_are_one_wish_to_end(heritage, start_worker):
    job = order(further_plaques(PIECES, heritage))
    worker = start_worker()
    workers.wait_until(job, lambda now: now.drawn > 0, worker)
    # Ctrl-C from the terminal, then what the shell that started it sends.
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGTERM):
        worker.send_signal(told)
        time.sleep(0.05)
    assert worker.wait(timeout=30) == 0
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.QUEUED, "")
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.READY


def test_a_job_cancelled_while_a_worker_is_at_it_leaves_nothing(heritage, start_worker):
    job = order(further_plaques(PIECES, heritage))
    worker = start_worker()
    workers.wait_until(job, lambda now: now.drawn > 0, worker)
    cancel(job=job)
    job.refresh_from_db()
    while DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.RUNNING:
        assert worker.poll() is None
        time.sleep(0.05)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert files_of(job) == []
    assert not PlaqueEvent.objects.filter(kind=EventKind.PRINTED).exists()
