import threading
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as site_settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from wardmark.base.chores import WORKER_MISSED_AFTER, run_due_chores, worker_is_missing
from wardmark.base.models import ChoreRun
from wardmark.base.models.chores import CLOCKS_DIFFER, GONE_AFTER, RETRY_AFTER

NOON = timezone.make_aware(timezone.datetime(2026, 5, 16, 12, 0))
HOURLY = timedelta(hours=1)
# What the chores of these tests did.
done: list[str] = []


def sweep() -> None:
    done.append("sweep")


def stumble() -> None:
    done.append("stumble")
    raise ValueError("the broom is broken")


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@pytest.fixture
def chores(settings):
    """Return a function that makes these the chores of the site, all hourly."""

    def set_(*functions: str):
        settings.CHORES = {
            name: {"function": f"{__name__}.{name}", "every": HOURLY, "title": name.title()} for name in functions
        }

    return set_


def at(moment) -> list[str]:
    with time_machine.travel(moment, tick=False):
        return run_due_chores()


@pytest.mark.django_db
def test_a_chore_runs_when_it_is_due_and_not_before(chores):
    chores("sweep")
    moments = [0, 59, 60, 61, 119, 120]
    ran = [bool(at(NOON + timedelta(minutes=minutes))) for minutes in moments]
    assert ran == [True, False, True, False, False, True]
    assert done == ["sweep"] * 3


@pytest.mark.django_db
def test_a_chore_that_fails_is_written_down_and_tried_again_and_keeps_none_from_running(chores):
    chores("stumble", "sweep")
    at(NOON)
    run = ChoreRun.objects.get(name="stumble")
    assert run.has_failed
    assert run.failure == "ValueError: the broom is broken"
    assert done == ["stumble", "sweep"]
    assert at(NOON + RETRY_AFTER - timedelta(seconds=1)) == []
    assert at(NOON + RETRY_AFTER) == ["stumble"]


@pytest.mark.django_db
def test_a_chore_that_works_again_is_no_longer_failed(chores, settings):
    chores("stumble")
    at(NOON)
    settings.CHORES["stumble"]["function"] = f"{__name__}.sweep"
    at(NOON + HOURLY)
    run = ChoreRun.objects.get(name="stumble")
    assert not run.has_failed
    assert (run.failure, run.last_finished) == ("", NOON + HOURLY)


@pytest.mark.django_db
def test_a_chore_another_worker_is_at_is_left_to_it_until_that_worker_is_gone(chores):
    chores("sweep")
    ChoreRun.objects.create(name="sweep", last_started=NOON, seen=NOON)
    assert at(NOON + GONE_AFTER - timedelta(seconds=1)) == []
    assert at(NOON + GONE_AFTER) == ["sweep"]


@pytest.mark.django_db(transaction=True)
def test_of_workers_at_once_one_takes_the_chore():
    ChoreRun.objects.create(name="sweep")
    together = threading.Barrier(4)
    taken = []

    def claim():
        try:
            together.wait()
            taken.append(ChoreRun.objects.claim("sweep", every=HOURLY))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, False, False, True]


@pytest.mark.django_db
def test_the_chores_of_the_site_exist_and_run():
    for chore in site_settings.CHORES.values():
        assert callable(import_string(chore["function"]))
    assert run_due_chores() == list(site_settings.CHORES)
    assert not any(run.has_failed for run in ChoreRun.objects.all())


@pytest.mark.django_db
def test_silence_for_minutes_means_that_no_worker_runs(chores):
    chores("sweep")
    assert worker_is_missing()
    at(NOON)
    with time_machine.travel(NOON + WORKER_MISSED_AFTER - timedelta(seconds=1), tick=False):
        assert not worker_is_missing()
    with time_machine.travel(NOON + WORKER_MISSED_AFTER + timedelta(seconds=1), tick=False):
        assert worker_is_missing()


@pytest.mark.django_db
@pytest.mark.parametrize("seen", [None, NOON])
def test_a_clock_that_was_set_back_stops_no_chore(chores, seen):
    chores("sweep")
    ChoreRun.objects.create(name="sweep", last_started=NOON, seen=seen)
    assert at(NOON - timedelta(days=365)) == ["sweep"]


@pytest.mark.django_db
def test_a_worker_whose_clock_is_a_little_ahead_keeps_its_chore(chores):
    chores("sweep")
    ChoreRun.objects.create(name="sweep", last_started=NOON, seen=NOON)
    assert at(NOON - CLOCKS_DIFFER) == []


@pytest.mark.django_db
def test_a_chore_begun_in_the_future_is_no_sign_of_a_worker(chores):
    chores("sweep")
    at(NOON)
    with time_machine.travel(NOON - timedelta(days=365), tick=False):
        assert worker_is_missing()


@pytest.mark.django_db
def test_editors_see_when_each_chore_ran_and_whether_it_failed(editor_client, chores):
    chores("stumble", "sweep")
    page = editor_client.get(reverse("chore_report")).content.decode()
    assert "Stumble" in page
    assert "help-critical" in page
    run_due_chores()
    page = editor_client.get(reverse("chore_report")).content.decode()
    assert "the broom is broken" in page
    assert "help-critical" not in page


@pytest.mark.django_db
def test_the_report_is_in_the_menu_of_those_who_may_see_it(editor_client, editor):
    url = reverse("chore_report")
    assert url in editor_client.get(reverse("wagtailadmin_home")).content.decode()
    editor.groups.get().permissions.remove(*editor.groups.get().permissions.filter(codename="view_chorerun"))
    assert url not in editor_client.get(reverse("wagtailadmin_home")).content.decode()
    assert editor_client.get(url).status_code == 302
