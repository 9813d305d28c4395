"""Making what a print job ordered, in steps: draw chunk by chunk, join, prove chunk by chunk, mark as printed.

Every step ends in one transaction that says it is done. A step whose worker was killed is simply done again by the next
one; a worker that was only slow finds that another has taken the job up, and what it made is thrown away.
"""

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from wardmark.base.work import BACKEND, is_stopping
from wardmark.plaques.artwork import FORMATS, ArtworkRefused, Drawing, Format, lay_out
from wardmark.plaques.artwork.plate import PROOF_MARK
from wardmark.plaques.inscriptions import inscriptions_for
from wardmark.plaques.models import JobState, Output, PrintJob, PrintPart, PrintPiece
from wardmark.plaques.print_sheets import archive, files, sheets
from wardmark.plaques.print_sheets.imposition import Imposition, imposition_for
from wardmark.plaques.print_sheets.printed import Place, by_sheet, places_of
from wardmark.plaques.print_sheets.proving import PlaqueNotProved, prove_file, prove_sheets
from wardmark.plaques.printing import mark_printed

logger = logging.getLogger("wardmark.plaques")

# How many plaques are drawn, or proved, between two moments at which a job can be stopped: about a second's work.
# Sheets are filled up.
PLAQUES_PER_STEP = 48
SEEN_EVERY = timedelta(seconds=5)


class NoLongerOurs(Exception):
    """The job was cancelled, or another worker has taken it up."""


class NothingToPrint(Exception):
    """The format refuses every plaque of the job."""


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
    with override(job.language):
        _make(job)


def _make(job: PrintJob) -> None:
    making = _Making(job)
    try:
        while step := making.next_step():
            if is_stopping():
                _put_back(making)
                return
            step()
    except NoLongerOurs:
        if PrintJob.objects.filter(pk=job.pk, state=JobState.CANCELLED).exists():
            files.clear(job)
    except NothingToPrint:
        _fail(making, _("None of these plaques can be printed in this format."))
    except PlaqueNotProved as failure:
        logger.exception("Print job %s is not proved", job.pk)
        _fail(making, _why_not_proved(failure))
    except DatabaseError:
        # What cannot be written now cannot be called failed either: the reaper will take the job up.
        raise
    except Exception:
        logger.exception("Print job %s failed", job.pk)
        _fail(making, _("Something went wrong while it was made; whoever runs the site finds it in the log."))


def _why_not_proved(failure: PlaqueNotProved) -> str:
    if failure.code is None:
        return _("A sheet carries a symbol that belongs to none of its plaques, so nothing of this job is offered.")
    return _(
        "Plaque %(code)s was drawn but does not read back as its short link in the finished file, so nothing of this "
        "job is offered."
    ) % {"code": failure.code}


def _put_back(making: "_Making") -> None:
    """Leave the job to the next worker: this one was told to stop."""
    with transaction.atomic(), _unless_lost(), making.committing() as job:
        job.state = JobState.QUEUED
        job.task_id = make_prints.enqueue(job.pk).id


def _fail(making: "_Making", why: str) -> None:
    with _unless_lost(), making.committing() as job:
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


@dataclass
class _Making:
    """One worker at one job: what it reads once, and the steps."""

    job: PrintJob
    _said_so: datetime = field(default_factory=timezone.now)

    @cached_property
    def format(self) -> Format:
        return FORMATS[self.job.format_key]

    @cached_property
    def imposition(self) -> Imposition:
        return imposition_for(self.format, self.job.sheet_size)

    @property
    def on_sheets(self) -> bool:
        return self.job.output == Output.SHEETS

    @property
    def chunk(self) -> int:
        """Plaques of one step; whole sheets where there are any, so that every sheet but the last is full."""
        if not self.on_sheets:
            return PLAQUES_PER_STEP
        per_sheet = self.imposition.per_sheet
        return max(1, PLAQUES_PER_STEP // per_sheet) * per_sheet

    def next_step(self) -> Callable[[], None] | None:
        job = self.job
        if job.state != JobState.RUNNING:
            return None
        if job.drawn + job.refused < job.total:
            return self.draw
        if not job.result:
            return self.join
        return self.prove if job.proved < job.drawn else self.finish

    @contextmanager
    def committing(self) -> Iterator[PrintJob]:
        """Yield the job as it stands, locked, and write what is changed. Raises NoLongerOurs, with nothing written."""
        with transaction.atomic():
            current = PrintJob.objects.select_for_update().get(pk=self.job.pk)
            if (current.state, current.attempt) != (JobState.RUNNING, self.job.attempt):
                raise NoLongerOurs(current.state)
            current.heartbeat = timezone.now()
            current.left_behind = 0
            yield current
            current.save()
        self.job = current

    def seen(self) -> None:
        """Say within a long step, every few seconds, that somebody is at the job."""
        now = timezone.now()
        if now - self._said_so >= SEEN_EVERY:
            PrintJob.objects.filter(pk=self.job.pk, attempt=self.job.attempt).update(heartbeat=now)
            self._said_so = now

    # ---- drawing ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the next chunk. What the format refuses leaves its place to the next plaque."""
        drawings, refused = self._lay_out_next()
        number = self.job.parts.count()
        part = PrintPart(job=self.job, number=number)
        if drawings:
            part.file.name, places = self._write_part(number, [(drawing, place) for _p, drawing, place in drawings])
            part.places = [place.as_json() for place in places]
        with self.committing() as job:
            if drawings:
                part.save()
                PrintPiece.objects.filter(pk__in=[piece.pk for piece, _d, _p in drawings]).update(part=part)
            PrintPiece.objects.bulk_update(refused, ["refusal"])
            job.drawn += len(drawings)
            job.refused += len(refused)

    def _lay_out_next(self) -> tuple[list[tuple[PrintPiece, Drawing, Place]], list[PrintPiece]]:
        waiting = self.job.pieces.filter(part=None, refusal="").select_related("plaque").order_by("position")
        drawings: list[tuple[PrintPiece, Drawing, Place]] = []
        refused: list[PrintPiece] = []
        for piece, inscription in self._inscribed(waiting):
            version = piece.plaque.artwork_version + 1
            try:
                drawing = lay_out(self.format, replace(inscription, version=version))
            except ArtworkRefused as refusal:
                piece.refusal = str(refusal)
                refused.append(piece)
            else:
                drawings.append((piece, drawing, self._unplaced(piece, drawing, inscription.name, version)))
            self.seen()
            if len(drawings) == self.chunk:
                break
        return drawings, refused

    def _inscribed(self, waiting) -> Iterator:
        """Yield the pieces with their words, fetched a chunk at a time."""
        pieces = waiting.iterator(chunk_size=500)
        while batch := list(islice(pieces, self.chunk)):
            words = inscriptions_for([piece.plaque for piece in batch])
            yield from ((piece, words[piece.plaque_id]) for piece in batch)

    def _unplaced(self, piece: PrintPiece, drawing: Drawing, name: str, version: int) -> Place:
        plaque = piece.plaque
        place = Place(
            plaque.pk,
            plaque.printed_code,
            plaque.short_link,
            module=drawing.symbol.module_mm,
            name=name,
            version=version,
        )
        if self.on_sheets:
            return place
        return replace(place, file=archive.file_name(place, kind=self.job.file_kind, format_key=self.job.format_key))

    def _write_part(self, number: int, pieces: list[tuple[Drawing, Place]]) -> tuple[str, list[Place]]:
        name = f"part-{self.job.attempt}-{number}"
        if self.on_sheets:
            first = self.job.drawn // self.imposition.per_sheet
            pdf, places = sheets.draw_sheets(
                pieces,
                self.imposition,
                first_sheet=first,
                label=f"{self.job} · {self.format.label}",
                warning=PROOF_MARK if self.job.is_proof else "",
            )
            return files.store(self.job, f"{name}.pdf", pdf), places
        with tempfile.TemporaryFile() as file:
            archive.write_part(file, pieces, self.job.file_kind, self.seen)
            file.seek(0)
            return files.store(self.job, f"{name}.zip", file), [place for _drawing, place in pieces]

    # ---- joining ---------------------------------------------------------------------------------

    def join(self) -> None:
        """Make one file of all parts. It is not offered before it is proved."""
        if not self.job.drawn:
            raise NothingToPrint
        parts = self.job.parts.order_by("number")
        name = f"result-{self.job.attempt}"
        with tempfile.TemporaryFile() as file:
            if self.on_sheets:
                file.write(sheets.join(map(_read, parts), title=str(self.format.label)))
                name += ".pdf"
            else:
                places = places_of(self.job)
                manifest = archive.manifest(places, format_label=str(self.format.label))
                archive.join(file, (part.file.open("rb") for part in parts), manifest)
                name += ".zip"
            size = file.tell()
            file.seek(0)
            stored = files.store(self.job, name, file)
        with self.committing() as job:
            job.result, job.result_bytes = stored, size

    # ---- proving ---------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> list[Place]:
        return places_of(self.job)

    @cached_property
    def _delivered(self) -> bytes:
        return _read_file(self.job.result)

    def prove(self) -> None:
        """Read the next chunk back from the finished file itself."""
        places = self._places[self.job.proved : self.job.proved + self.chunk]
        if self.on_sheets:
            prove_sheets(self._delivered, by_sheet(places), level=self.format.level, seen=self.seen)
        else:
            self._prove_files(places)
        with self.committing() as job:
            job.proved += len(places)

    def _prove_files(self, places: list[Place]) -> None:
        with self.job.result.storage.open(self.job.result.name) as file:
            for place, content in archive.contents(file, places):
                prove_file(content, self.job.file_kind, place, level=self.format.level)
                self.seen()

    # ---- the end ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Offer the file, and mark its plaques as printed unless it is a proof: once, in one transaction."""
        with self.committing() as job:
            job.state, job.ended_at = JobState.DONE, timezone.now()
            if not job.is_proof:
                versions = {place.plaque: place.version for place in self._places}
                for piece in job.printable:
                    mark_printed(
                        plaque=piece.plaque,
                        format=self.format,
                        version=versions[piece.plaque_id],
                        base_url=settings.PLAQUE_BASE_URL,
                        by=job.made_by,
                    )
                job.marked_at = job.ended_at
        files.clear(self.job, keep=self.job.result.name)


def _read(part: PrintPart) -> bytes:
    return _read_file(part.file)


def _read_file(file: FieldFile) -> bytes:
    with file.open("rb") as opened:
        return opened.read()
