import csv
import io
import re
from dataclasses import replace

import pytest
from django.db import DatabaseError
from django.utils.translation import override
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from tests.factories import HeritageSitePageFactory
from tests.site.plaques.print_sheets.orders import (
    archive,
    content,
    files_of,
    further_plaques,
    links_on_sheets,
    made,
    order,
    plaques,
)
from wardmark.plaques.inscriptions import inscriptions_for
from wardmark.plaques.models import EventKind, FileKind, JobState, Plaque, PlaqueEvent, PlaqueState, PrintJob, SheetSize
from wardmark.plaques.offer import Kind
from wardmark.plaques.print_sheets import laying_out, making
from wardmark.plaques.print_sheets.ordering import cancel

pytestmark = pytest.mark.django_db

# The type of the plates has no such letter, so every format refuses.
UNPRINTABLE = "Đình 福"


def links(chosen: list[Plaque]) -> list[str]:
    return [plaque.short_link for plaque in chosen]


def test_every_symbol_of_a_sheet_is_the_short_link_of_its_plaque_in_order(heritage):
    chosen = plaques(8, heritage)
    job = made(order(chosen))
    assert (job.state, job.drawn, job.proved, job.percent) == (JobState.DONE, 8, 8, 100)
    read = links_on_sheets(content(job))
    assert [len(sheet) for sheet in read] == [6, 2]
    assert [link for sheet in read for link in sheet] == links(chosen)


def test_a_print_sheet_of_two_hundred_pieces_is_read_to_the_last(heritage):
    chosen = further_plaques(200, heritage)
    job = made(order(chosen, format_key="plain", made_as=SheetSize.A3))
    assert job.state == JobState.DONE
    read = links_on_sheets(content(job))
    assert [len(sheet) for sheet in read] == [15] * 13 + [5]
    assert [link for sheet in read for link in sheet] == links(chosen)


def test_the_sheet_embeds_all_type_and_stays_small(heritage):
    job = made(order(further_plaques(60, heritage)))
    pdf = content(job)
    assert len(pdf) < 400_000
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()
            descendant = descendant.get("/DescendantFonts", [descendant])[0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]


@pytest.mark.parametrize("kind", FileKind.values)
def test_an_archive_holds_one_file_a_plaque_and_the_list_of_them(heritage, kind):
    chosen = plaques(3, heritage)
    job = made(order(chosen, format_key="plain", made_as=kind))
    assert job.state == JobState.DONE
    with archive(job) as files:
        names = [name for name in files.namelist() if name != "manifest.csv"]
        _headings, *rows = csv.reader(io.StringIO(files.read("manifest.csv").decode("utf-8-sig")))
    codes, short_links, _names, _formats, versions, listed = zip(*rows, strict=True)
    assert list(listed) == names
    assert list(short_links) == links(chosen)
    assert list(codes) == [plaque.printed_code for plaque in chosen]
    assert set(versions) == {"1"}
    assert all(name.endswith(f".{Kind(kind).extension}") for name in names)


def test_a_finished_job_keeps_its_file_and_nothing_else(heritage):
    job = made(order(plaques(2, heritage)))
    assert [f"{job.folder}/{name}" for name in files_of(job)] == [job.result.name]


def test_plaques_are_marked_printed_once_with_format_and_version(heritage):
    chosen = plaques(2, heritage)
    job = made(order(chosen))
    for _again in range(2):
        made(job)
    for plaque in Plaque.objects.filter(pk__in=[plaque.pk for plaque in chosen]):
        assert (plaque.state, plaque.printed_format) == (PlaqueState.PRINTED, "counter-card")
        assert plaque.artwork_version == 1
        assert plaque.printed_at is not None
    assert PlaqueEvent.objects.filter(kind=EventKind.PRINTED).count() == 2
    assert job.marked_at is not None


def test_a_proof_says_why_and_marks_nothing(heritage, settings):
    settings.PLAQUE_BASE_URL = "http://127.0.0.1:8000"
    chosen = plaques(3, heritage)
    job = made(order(chosen))
    assert job.state == JobState.DONE
    assert job.is_proof
    assert "http://127.0.0.1:8000" in job.proof_reason
    for plaque in Plaque.objects.filter(pk__in=[plaque.pk for plaque in chosen]):
        assert (plaque.state, plaque.artwork_version, job.marked_at) == (PlaqueState.PLANNED, 0, None)
    # Above and below on every piece, and once beside the sheet's name: a piece cut out says so by itself.
    said = PdfReader(io.BytesIO(content(job))).pages[0].extract_text()
    assert said.count("PROOF — not for print") == 2 * len(chosen) + 1
    [why] = re.findall(r"PROOF — not for print: (.*)", said)
    assert "http://127.0.0.1:8000" in why


def test_every_single_file_of_a_proof_says_so(heritage, settings):
    settings.PLAQUE_BASE_URL = "http://127.0.0.1:8000"
    with archive(made(order(plaques(2, heritage), format_key="plain", made_as=FileKind.PDF))) as packed:
        said = [
            PdfReader(io.BytesIO(packed.read(name))).pages[0].extract_text()
            for name in packed.namelist()
            if name.endswith(".pdf")
        ]
    assert [text.count("PROOF — not for print") for text in said] == [2, 2]


def test_what_the_format_refuses_leaves_its_place_to_the_next_and_is_not_marked(heritage):
    first, last = plaques(1, heritage), plaques(6, heritage)
    refused = Plaque.objects.for_page(HeritageSitePageFactory(parent=heritage, title=UNPRINTABLE))
    job = made(order([*first, refused, *last]))
    assert (job.state, job.drawn, job.refused) == (JobState.DONE, 7, 1)
    assert [len(sheet) for sheet in links_on_sheets(content(job))] == [6, 1]
    [piece] = job.pieces.exclude(refusal="")
    assert piece.plaque == refused
    assert UNPRINTABLE in piece.refusal
    refused.refresh_from_db()
    assert refused.state == PlaqueState.PLANNED


def test_a_job_whose_every_plaque_is_refused_fails_and_says_so(heritage):
    page = HeritageSitePageFactory(parent=heritage, title=UNPRINTABLE)
    with override("en"):
        job = made(order([Plaque.objects.for_page(page)]))
    assert job.state == JobState.FAILED
    assert job.failure == "None of these plaques can be printed in this format."
    assert files_of(job) == []


def test_the_artwork_that_is_not_its_plaques_fails_the_job_and_is_named(heritage, monkeypatch):
    chosen = plaques(3, heritage)

    def exchanged(wanted):
        words = inscriptions_for(wanted)
        words[chosen[1].pk] = replace(words[chosen[1].pk], short_link=chosen[0].short_link)
        return words

    monkeypatch.setattr(laying_out, "inscriptions_for", exchanged)
    with override("en"):
        job = made(order(chosen))
    assert job.state == JobState.FAILED
    assert chosen[1].printed_code in job.failure
    assert not job.can_be_downloaded
    assert files_of(job) == []
    assert not Plaque.objects.exclude(state=PlaqueState.PLANNED).exists()


def test_what_was_cancelled_between_two_steps_leaves_nothing(heritage, monkeypatch, django_capture_on_commit_callbacks):
    chosen = further_plaques(60, heritage)
    job = order(chosen)
    draw = making.Making.draw

    def cancelled_while_drawing(at_work):
        draw(at_work)
        with django_capture_on_commit_callbacks(execute=True):
            cancel(job=job)

    monkeypatch.setattr(making.Making, "draw", cancelled_while_drawing)
    job = made(job)
    assert (job.state, job.drawn) == (JobState.CANCELLED, 48)
    assert files_of(job) == []
    assert not Plaque.objects.exclude(state=PlaqueState.PLANNED).exists()


def test_a_cancelled_job_is_not_begun(heritage):
    job = order(plaques(1, heritage))
    cancel(job=job)
    assert made(job).state == JobState.CANCELLED


def test_a_worker_told_to_stop_leaves_the_job_to_the_next(heritage, monkeypatch):
    job = order(further_plaques(60, heritage))
    with monkeypatch.context() as patch:
        patch.setattr(making, "is_stopping", lambda: PrintJob.objects.get(pk=job.pk).drawn > 0)
        left = made(job)
    assert (left.state, left.drawn) == (JobState.QUEUED, 48)
    task = DBTaskResult.objects.get(pk=left.task_id)
    assert (task.status, task.args_kwargs["args"]) == (TaskResultStatus.READY, [job.pk])
    assert made(job).state == JobState.DONE


def test_a_worker_whose_job_was_taken_up_by_another_throws_its_step_away(heritage, monkeypatch):
    chosen = further_plaques(60, heritage)
    job = order(chosen)
    write = making.Making._part

    def overtaken(at_work, *args):
        written = write(at_work, *args)
        PrintJob.objects.filter(pk=job.pk).update(attempt=99)
        return written

    with monkeypatch.context() as patch:
        patch.setattr(making.Making, "_part", overtaken)
        left = made(job)
    assert (left.state, left.drawn, left.parts.count()) == (JobState.RUNNING, 0, 0)
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    done = made(job)
    assert done.state == JobState.DONE
    assert [link for sheet in links_on_sheets(content(done)) for link in sheet] == links(chosen)


def test_a_fault_fails_the_job_in_the_language_of_who_ordered_it(heritage, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError("secret")

    with override("en"):
        job = order(plaques(1, heritage))
    monkeypatch.setattr(making.sheets, "draw_sheets", broken)
    job = made(job)
    assert job.state == JobState.FAILED
    assert job.failure.startswith("Something went wrong")
    assert "secret" not in job.failure


def test_a_database_that_is_away_leaves_the_job_to_the_reaper(heritage, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError("gone")

    job = order(plaques(1, heritage))
    monkeypatch.setattr(making.sheets, "draw_sheets", away)
    with pytest.raises(DatabaseError):
        made(job)
    assert PrintJob.objects.get(pk=job.pk).state == JobState.RUNNING


def test_a_step_asks_no_more_of_the_database_for_more_plaques(heritage, django_assert_max_num_queries):
    small, large = order(further_plaques(2, heritage)), order(further_plaques(40, heritage))
    for job in (small, large):
        PrintJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
        at_work = making.Making(PrintJob.objects.get(pk=job.pk))
        with django_assert_max_num_queries(30):
            at_work.draw()
