import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.site.plaques.print_sheets.orders import files_of, made, order, plaques
from wardmark.plaques.models import JobState, PrintJob
from wardmark.plaques.models.print_jobs import GONE_AFTER
from wardmark.plaques.print_sheets import files
from wardmark.plaques.print_sheets.reaper import MOST_LEFT_BEHIND, take_up_left_jobs


def left_by_its_worker(job: PrintJob) -> PrintJob:
    """Make the job look as a killed worker leaves it."""
    DBTaskResult.objects.filter(pk=PrintJob.objects.get(pk=job.pk).task_id).update(status=TaskResultStatus.RUNNING)
    silent_since = timezone.now() - GONE_AFTER
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempt=1, heartbeat=silent_since)
    return PrintJob.objects.get(pk=job.pk)


def waiting_tasks() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


@pytest.mark.django_db
def test_a_job_whose_worker_is_silent_is_queued_again_and_its_dead_task_ended(heritage):
    job = left_by_its_worker(order(plaques(1, heritage)))
    assert take_up_left_jobs() == 1
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.FAILED
    again = PrintJob.objects.get(pk=job.pk)
    assert again.state == JobState.QUEUED
    assert DBTaskResult.objects.get(pk=again.task_id).status == TaskResultStatus.READY
    assert made(job).state == JobState.DONE


@pytest.mark.django_db
def test_a_job_whose_worker_was_seen_lately_is_left_alone(heritage):
    job = left_by_its_worker(order(plaques(1, heritage)))
    PrintJob.objects.filter(pk=job.pk).update(heartbeat=timezone.now())
    assert take_up_left_jobs() == 0
    assert PrintJob.objects.get(pk=job.pk).state == JobState.RUNNING


@pytest.mark.django_db
@pytest.mark.parametrize("heartbeat", [timedelta(days=365), None])
def test_a_heartbeat_from_before_the_clock_was_set_back_keeps_no_job_for_ever(heritage, heartbeat):
    job = left_by_its_worker(order(plaques(1, heritage)))
    PrintJob.objects.filter(pk=job.pk).update(heartbeat=heartbeat and timezone.now() + heartbeat)
    assert take_up_left_jobs() == 1
    assert PrintJob.objects.get(pk=job.pk).state == JobState.QUEUED


@pytest.mark.django_db
def test_a_worker_whose_clock_is_a_little_ahead_is_left_alone(heritage):
    job = left_by_its_worker(order(plaques(1, heritage)))
    PrintJob.objects.filter(pk=job.pk).update(heartbeat=timezone.now() + timedelta(seconds=30))
    assert take_up_left_jobs() == 0


@pytest.mark.django_db
def test_a_waiting_job_whose_task_was_lost_is_queued_again(heritage):
    job = order(plaques(1, heritage))
    assert take_up_left_jobs() == 0
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert take_up_left_jobs() == 1
    assert waiting_tasks() == 1
    assert made(job).state == JobState.DONE


@pytest.mark.django_db
def test_a_waiting_job_whose_task_was_taken_this_moment_is_left_to_that_worker(heritage):
    order(plaques(1, heritage))
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    assert take_up_left_jobs() == 0
    assert waiting_tasks() == 0
    assert take_up_left_jobs(now=timezone.now() + GONE_AFTER + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_a_job_that_ends_every_worker_is_given_up(heritage, django_capture_on_commit_callbacks):
    with override("en"):
        job = order(plaques(1, heritage))
    files.store(job, "part-1-0.pdf", b"half")
    for _worker in range(MOST_LEFT_BEHIND):
        left_by_its_worker(job)
        with django_capture_on_commit_callbacks(execute=True):
            take_up_left_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.failure.startswith(f"The worker stopped {MOST_LEFT_BEHIND} times")
    assert files_of(job) == []


@pytest.mark.django_db
def test_a_step_that_is_finished_clears_the_count_of_lost_workers(heritage):
    job = order(plaques(1, heritage))
    PrintJob.objects.filter(pk=job.pk).update(left_behind=MOST_LEFT_BEHIND - 1)
    assert made(job).left_behind == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", ["worker", "task"])
def test_reapers_at_once_queue_a_job_once(heritage, lost):
    job = order(plaques(1, heritage))
    if lost == "worker":
        left_by_its_worker(job)
    else:
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    together = threading.Barrier(4)
    counts = []

    def reap():
        try:
            together.wait()
            counts.append(take_up_left_jobs())
        finally:
            connection.close()

    threads = [threading.Thread(target=reap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 1]
    assert waiting_tasks() == 1
