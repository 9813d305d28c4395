"""The worker as a process, and what needs none."""

import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from tests import workers
from tests.factories import StandardPageFactory
from wardmark.base.models import ChoreRun
from wardmark.base.search import find_pages
from wardmark.base.work import BACKEND, TASKS_KEPT, forget_done_tasks


@pytest.mark.django_db(transaction=True)
def test_a_published_page_is_in_search_without_a_worker(ward):
    page = StandardPageFactory(parent=ward.homes["vi"], title="Giếng cổ", live=False)
    page.save_revision().publish()
    assert [found.title for found in find_pages(Page.objects.live(), "gieng co", limit=5)] == ["Giếng cổ"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_does_the_chores_and_ends_cleanly_when_told(tmp_path, ending):
    worker = workers.start(tmp_path)
    try:
        end = time.monotonic() + 60
        while not ChoreRun.objects.exclude(last_finished=None).exists():
            assert worker.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        worker.send_signal(ending)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
        worker.wait(timeout=20)
    log = (tmp_path / "worker.log").read_text()
    assert "Traceback" not in log, log


@pytest.mark.django_db
def test_tasks_done_long_ago_are_forgotten_and_those_to_do_are_not():
    day = timezone.now()
    common = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x.y", "backend_name": BACKEND, "run_after": day}
    old = day - TASKS_KEPT - timedelta(hours=1)
    DBTaskResult.objects.create(status=TaskResultStatus.SUCCESSFUL, finished_at=old, **common)
    DBTaskResult.objects.create(status=TaskResultStatus.FAILED, finished_at=old, **common)
    kept = [
        DBTaskResult.objects.create(status=TaskResultStatus.SUCCESSFUL, finished_at=day, **common),
        DBTaskResult.objects.create(status=TaskResultStatus.READY, **common),
        DBTaskResult.objects.create(status=TaskResultStatus.RUNNING, **common),
    ]
    assert forget_done_tasks(day) == 2
    assert set(DBTaskResult.objects.all()) == set(kept)
