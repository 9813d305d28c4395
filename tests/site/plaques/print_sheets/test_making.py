"""The steps of a job under what may befall it: another worker, another address, a busy database, a full disk."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection
from django.utils.translation import override

from tests.factories import HeritageSitePageFactory
from tests.site.plaques.print_sheets.orders import (
    content,
    files_of,
    further_plaques,
    links_on_sheets,
    made,
    order,
    plaques,
)
from wardmark.base.models import ChoreRun
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.models import EventKind, FileKind, JobState, Plaque, PlaqueEvent, PlaqueState, PrintJob, SheetSize
from wardmark.plaques.models.print_jobs import MOST_LEFT_BEHIND
from wardmark.plaques.print_sheets import making, running
from wardmark.plaques.print_sheets.making import Making
from wardmark.plaques.print_sheets.ordering import OrderRefused, cancel

pytestmark = pytest.mark.django_db

UNPRINTABLE = "Đình 福"


def begun(job: PrintJob) -> Making:
    """Return a worker's work at a job, before its first step."""
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    return Making(PrintJob.objects.get(pk=job.pk))


def made_until(job: PrintJob, step: str) -> Making:
    """Return a job's making before its first step of that name."""
    at_work = begun(job)
    while at_work.next_step().__name__ != step:
        at_work.next_step()()
    return at_work


def left_to_the_next(at_work: Making) -> PrintJob:
    PrintJob.objects.filter(pk=at_work.job.pk).update(state=JobState.QUEUED)
    at_work.close()
    return at_work.job


def times_printed() -> int:
    return PlaqueEvent.objects.filter(kind=EventKind.PRINTED).count()


def stopped_when(monkeypatch, is_so) -> None:
    monkeypatch.setattr(making, "is_stopping", is_so)


# ---- files ---------------------------------------------------------------------------------------


def test_a_finished_job_keeps_its_file_when_what_is_left_over_cannot_be_removed(heritage, monkeypatch):
    def refuses(storage, name):
        raise OSError("read-only file system")

    monkeypatch.setattr(FileSystemStorage, "delete", refuses)
    job = made(order(plaques(1, heritage)))
    assert (job.state, job.failure) == (JobState.DONE, "")
    assert content(job).startswith(b"%PDF")


@pytest.mark.parametrize("fault", [ZeroDivisionError, making.NoLongerOurs])
def test_a_worker_that_lost_its_job_leaves_the_files_of_the_next_alone(heritage, monkeypatch, fault):
    job = order(plaques(2, heritage))

    def overtaken(at_work, *args):
        PrintJob.objects.filter(pk=job.pk).update(attempt=99)
        making.files.store(job, "part-99-0.pdf", b"of the next worker")
        raise fault

    monkeypatch.setattr(Making, "_part", overtaken)
    left = made(job)
    assert (left.state, left.failure) == (JobState.RUNNING, "")
    assert files_of(job) == ["part-99-0.pdf"]


def test_the_finished_file_is_fetched_once_however_many_steps_prove_it(heritage, monkeypatch):
    opened = []
    open_it = FileSystemStorage._open

    def counted(storage, name, mode="rb"):
        file = open_it(storage, name, mode)
        opened.append(file)
        return file

    monkeypatch.setattr(FileSystemStorage, "_open", counted)
    job = made(order(further_plaques(100, heritage), format_key="plain", made_as=FileKind.SVG))
    assert job.state == JobState.DONE
    assert len([file for file in opened if "result" in file.name]) == 1
    assert len([file for file in opened if "part" in file.name]) == 3
    assert all(file.closed for file in opened)


# ---- the address ---------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["draw", "join", "prove"])
def test_a_job_whose_address_was_changed_fails_and_mixes_nothing(heritage, settings, step):
    with override("en"):
        job = left_to_the_next(made_until(order(plaques(1, heritage)), step))
    settings.PLAQUE_BASE_URL = "https://new.example"
    job = made(job)
    assert job.state == JobState.FAILED
    assert "https://cg.example" in job.failure
    assert files_of(job) == []
    assert times_printed() == 0


def test_a_proof_does_not_become_a_print_when_the_address_comes(heritage, settings):
    settings.PLAQUE_BASE_URL = "http://127.0.0.1:8000"
    job = left_to_the_next(made_until(order(plaques(1, heritage)), "join"))
    settings.PLAQUE_BASE_URL = "https://cg.example"
    assert made(job).state == JobState.FAILED


def test_what_was_proved_before_is_marked_with_the_address_it_carries(heritage, settings):
    [plaque] = plaques(1, heritage)
    job = left_to_the_next(made_until(order([plaque]), "mark"))
    settings.PLAQUE_BASE_URL = "https://new.example"
    assert made(job).state == JobState.DONE
    plaque.refresh_from_db()
    assert plaque.printed_base_url == "https://cg.example"


# ---- the database --------------------------------------------------------------------------------


def committed_by_somebody_else() -> None:
    def write() -> None:
        try:
            ChoreRun.objects.create(name=str(time.monotonic_ns()))
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_step_reads_so_that_it_can_write_after_somebody_else_did(heritage, monkeypatch):
    # More than a cursor fetches at once: it would stay open.
    at_work = begun(order(further_plaques(520, heritage), format_key="plain"))
    said = []

    def look_up(at_work):
        if not said:
            committed_by_somebody_else()
            PrintJob.objects.filter(pk=at_work.job.pk).update(heartbeat=None)
        said.append(1)

    monkeypatch.setattr(Making, "look_up", look_up)
    at_work.draw()
    assert at_work.job.drawn == at_work.chunk


def test_a_job_at_which_the_database_was_busy_is_queued_again_but_not_for_ever(heritage, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    job = order(plaques(1, heritage))
    with monkeypatch.context() as patch:
        patch.setattr(making.sheets, "draw_sheets", busy)
        for times in range(1, MOST_LEFT_BEHIND):
            left = made(job)
            assert (left.state, left.left_behind) == (JobState.QUEUED, times)
        with pytest.raises(OperationalError):
            made(job)
    assert PrintJob.objects.get(pk=job.pk).state == JobState.RUNNING
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    assert (made(job).state, PrintJob.objects.get(pk=job.pk).left_behind) == (JobState.DONE, 0)


# ---- being alive, and being told -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_a_long_step_is_seen_all_the_while(heritage, monkeypatch):
    join = making.sheets.join
    seen = []

    def slow(parts, *, title):
        before, end = PrintJob.objects.get().heartbeat, time.monotonic() + 30
        while time.monotonic() < end and PrintJob.objects.get().heartbeat == before:
            time.sleep(0.02)
        seen.append(PrintJob.objects.get().heartbeat - before)
        return join(parts, title=title)

    monkeypatch.setattr(running, "SEEN_EVERY", timedelta(seconds=0.1))
    monkeypatch.setattr(making.sheets, "join", slow)
    assert made(order(plaques(1, heritage))).state == JobState.DONE
    assert seen > [timedelta()]


@pytest.mark.django_db(transaction=True)
def test_a_long_step_ends_soon_after_its_job_was_cancelled(heritage, monkeypatch):
    def endless(at_work, *args):
        cancel(job=at_work.job)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            at_work.look_up()
            time.sleep(0.02)

    monkeypatch.setattr(running, "SEEN_EVERY", timedelta(seconds=0.1))
    monkeypatch.setattr(Making, "_part", endless)
    job = made(order(plaques(1, heritage)))
    assert (job.state, job.failure, job.drawn) == (JobState.CANCELLED, "", 0)


def test_a_worker_told_to_stop_ends_within_the_step_and_the_next_begins_it_again(heritage, monkeypatch):
    asked = []
    job = order(further_plaques(20, heritage))
    with monkeypatch.context() as patch:
        stopped_when(patch, lambda: asked.append(1) or len(asked) > 3)
        left = made(job)
    assert (left.state, left.drawn, left.left_behind) == (JobState.QUEUED, 0, 0)
    assert made(job).drawn == 20


def test_a_step_ends_after_as_many_refused_as_drawn_ones(heritage):
    page = HeritageSitePageFactory(parent=heritage, title=UNPRINTABLE)
    refused = [Plaque.objects.issue(page_key=page.translation_key) for _ in range(60)]
    at_work = begun(order(refused))
    at_work.draw()
    assert (at_work.job.drawn, at_work.job.refused) == (0, 48)
    at_work.draw()
    assert at_work.job.refused == 60


def test_sheets_are_full_also_where_a_step_ended_with_the_refused(heritage):
    page = HeritageSitePageFactory(parent=heritage, title=UNPRINTABLE)
    refused = [Plaque.objects.issue(page_key=page.translation_key) for _ in range(50)]
    fine = further_plaques(15, heritage)
    job = made(order([*fine[:8], *refused, *fine[8:]]))
    assert (job.state, job.drawn, job.refused) == (JobState.DONE, 15, 50)
    read = links_on_sheets(content(job))
    assert [len(sheet) for sheet in read] == [6, 6, 3]
    assert [link for sheet in read for link in sheet] == [plaque.short_link for plaque in fine]


def test_pictures_are_made_few_at_a_time(heritage):
    at_work = begun(order(further_plaques(12, heritage), format_key="plain", made_as=FileKind.PNG))
    at_work.draw()
    assert at_work.job.drawn == 8


# ---- marking -------------------------------------------------------------------------------------


def test_plaques_are_marked_a_few_at_a_time_and_each_once_whoever_goes_on(heritage, monkeypatch):
    chosen = further_plaques(40, heritage)
    at_work = made_until(order(chosen), "mark")
    at_work.mark()
    assert times_printed() == making.MARKED_PER_STEP
    done = made(left_to_the_next(at_work))
    assert done.state == JobState.DONE
    assert times_printed() == 40
    assert not Plaque.objects.filter(pk__in=[plaque.pk for plaque in chosen]).exclude(artwork_version=1).exists()


def test_a_job_whose_plaques_are_being_marked_is_not_cancelled(heritage):
    at_work = made_until(order(further_plaques(20, heritage)), "mark")
    at_work.mark()
    with pytest.raises(OrderRefused):
        cancel(job=at_work.job)
    assert not at_work.job.can_be_cancelled
    assert made(left_to_the_next(at_work)).state == JobState.DONE


def test_the_version_that_was_printed_is_recorded_by_each_of_two_jobs(heritage):
    [plaque] = plaques(1, heritage)
    first, second = order([plaque]), order([plaque], made_as=SheetSize.A4)
    both = [left_to_the_next(made_until(job, "mark")) for job in (first, second)]
    for job in both:
        made(job)
    plaque.refresh_from_db()
    assert (plaque.artwork_version, times_printed()) == (1, 2)


def test_a_plaque_retired_before_it_is_drawn_is_refused_with_the_reason(heritage):
    gone, fine = plaques(2, heritage)
    with override("en"):
        job = order([gone, fine])
    retire(plaque=gone, by=None, why="Đã gỡ")
    job = made(job)
    assert (job.state, job.drawn, job.refused) == (JobState.DONE, 1, 1)
    assert "retired" in job.pieces.get(plaque=gone).refusal


def test_a_plaque_whose_page_was_deleted_is_refused_unless_it_leads_elsewhere(heritage):
    pages = [HeritageSitePageFactory(parent=heritage) for _ in range(2)]
    nowhere, elsewhere = (Plaque.objects.for_page(page) for page in pages)
    job = order([nowhere, elsewhere])
    for page in pages:
        page.delete()
    with changing(elsewhere, kind=EventKind.CHANGED, by=None) as current:
        current.forward_key = heritage.translation_key
    job = made(job)
    assert [piece.plaque for piece in job.pieces.exclude(refusal="")] == [nowhere]
    assert job.drawn == 1


def test_a_plaque_retired_after_it_was_drawn_is_named_and_not_marked(heritage):
    gone, fine = plaques(2, heritage)
    at_work = made_until(order([gone, fine]), "mark")
    retire(plaque=gone, by=None, why="Đã gỡ")
    job = made(left_to_the_next(at_work))
    assert (job.state, times_printed()) == (JobState.DONE, 1)
    assert job.pieces.get(plaque=gone).refusal
    gone.refresh_from_db()
    assert (gone.state, gone.artwork_version) == (PlaqueState.RETIRED, 0)
