"""The steps in which a print job is made: draw chunk by chunk, join, prove chunk by chunk, mark as printed, offer.

Every step ends in one transaction that says it is done. A step whose worker was killed is simply done again by the next
one; a worker that was only slow finds that another has taken the job up, and what it made is never offered.
"""

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wardmark.base.work import is_stopping
from wardmark.plaques.artwork import FORMATS, Format
from wardmark.plaques.artwork.plate import PROOF_MARK
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import JobState, Output, PrintJob, PrintPart, PrintPiece
from wardmark.plaques.print_sheets import archive, files, sheets
from wardmark.plaques.print_sheets.imposition import Imposition, imposition_for
from wardmark.plaques.print_sheets.laying_out import LaidOut, lay_out_next
from wardmark.plaques.print_sheets.printed import Place, by_sheet, places_of
from wardmark.plaques.print_sheets.proving import prove_file, prove_sheets
from wardmark.plaques.printing import mark_printed

logger = logging.getLogger("wardmark.plaques")

# How many plaques are drawn, or proved, in one step: about a second's work, after which the job can be stopped. A
# picture takes a second by itself. Sheets are filled up.
PLAQUES_PER_STEP, PICTURES_PER_STEP = 48, 8
# Marking locks the whole of SQLite: short enough for scans to be counted in between.
MARKED_PER_STEP = 16


class NoLongerOurs(Exception):
    """The job was cancelled, or another worker has taken it up."""


class ToldToStop(Exception):
    """The worker was told to end."""


class NothingToPrint(Exception):
    """Every plaque of the job is refused."""


class AddressChanged(Exception):
    """`PLAQUE_BASE_URL` is not what it was when the job was ordered: its plaques would carry two addresses."""


@dataclass
class Making:
    """One worker at one job: what it reads once, and the steps."""

    job: PrintJob
    _lost: Event = field(default_factory=Event)
    _open: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        self._open.close()

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
    def _filling(self) -> int:
        """How many plaques stand together: on one sheet, or each for itself."""
        return self.imposition.per_sheet if self.on_sheets else 1

    @property
    def chunk(self) -> int:
        """Plaques of one step; whole sheets where there are any, so that every sheet but the last is full."""
        most = PICTURES_PER_STEP if self.job.file_kind.startswith("png") else PLAQUES_PER_STEP
        return max(1, most // self._filling) * self._filling

    def next_step(self) -> Callable[[], None] | None:
        """Return what is to be done next, None at the end. Raises AddressChanged while the file is not complete."""
        job = self.job
        if job.state != JobState.RUNNING:
            return None
        if job.drawn + job.refused < job.total:
            step = self.draw
        elif not job.result:
            step = self.join
        elif job.proved < job.drawn:
            step = self.prove
        else:
            return self.finish if job.is_proof or not job.unmarked.exists() else self.mark
        if job.base_url != settings.PLAQUE_BASE_URL:
            raise AddressChanged(job.base_url)
        return step

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

    def say_so(self) -> None:
        """Write that somebody is at the job, and note where it is lost; called from the heartbeat's thread."""
        same = PrintJob.objects.filter(pk=self.job.pk)
        ours = {"state": JobState.RUNNING, "attempt": self.job.attempt}
        if not same.filter(**ours).update(heartbeat=timezone.now()) and same.exclude(**ours).exists():
            self._lost.set()

    def look_up(self) -> None:
        """Ask between two plaques whether to go on. Raises ToldToStop and NoLongerOurs."""
        if is_stopping():
            raise ToldToStop
        if self._lost.is_set():
            raise NoLongerOurs

    # ---- drawing ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the next chunk. What is refused leaves its place to the next plaque."""
        batch = lay_out_next(self.job, self.format, most=self.chunk, between=self.look_up)
        drawn = batch.in_full(self._filling)
        part = self._part(drawn) if drawn else None
        with self.committing() as job:
            if part:
                part.save()
                PrintPiece.objects.filter(pk__in=[one.piece.pk for one in drawn]).update(part=part)
            PrintPiece.objects.bulk_update(batch.refused, ["refusal"])
            job.drawn += len(drawn)
            job.refused += len(batch.refused)

    def _part(self, drawn: list[LaidOut]) -> PrintPart:
        """Write the file of a part; it counts once it is saved."""
        part = PrintPart(job=self.job, number=self.job.parts.count())
        name = f"part-{self.job.attempt}-{part.number}"
        pieces = [(one.drawing, one.place) for one in drawn]
        if self.on_sheets:
            pdf, places = self._sheets(pieces)
            part.file.name = files.store(self.job, f"{name}.pdf", pdf)
        else:
            places = [one.place for one in drawn]
            with tempfile.TemporaryFile() as file:
                archive.write_part(file, pieces, self.job.file_kind, self.look_up)
                file.seek(0)
                part.file.name = files.store(self.job, f"{name}.zip", file)
        part.places = [place.as_json() for place in places]
        return part

    def _sheets(self, pieces: list) -> tuple[bytes, list[Place]]:
        return sheets.draw_sheets(
            pieces,
            self.imposition,
            first_sheet=self.job.drawn // self.imposition.per_sheet,
            label=f"{self.job} · {self.format.label}",
            warning=self._why_not_for_print() if self.job.is_proof else "",
        )

    def _why_not_for_print(self) -> str:
        """The mark of a proof and, in the few words a sheet's margin holds, its reason."""
        reason = _("%(url)s is no public https address") % {"url": self.job.base_url}
        return f"{PROOF_MARK}: {reason}"

    # ---- joining ---------------------------------------------------------------------------------

    def join(self) -> None:
        """Make one file of all parts. It is not offered before it is proved."""
        if not self.job.drawn:
            raise NothingToPrint
        name = f"result-{self.job.attempt}.{'pdf' if self.on_sheets else 'zip'}"
        with tempfile.TemporaryFile() as file:
            self._join_into(file)
            size = file.tell()
            file.seek(0)
            stored = files.store(self.job, name, file)
        with self.committing() as job:
            job.result, job.result_bytes = stored, size

    def _join_into(self, file: IO[bytes]) -> None:
        parts = self._opened(self.job.parts.order_by("number"))
        if self.on_sheets:
            file.write(sheets.join((part.read() for part in parts), title=str(self.format.label)))
        else:
            archive.join(file, parts, archive.manifest(self._places, format_label=str(self.format.label)))

    def _opened(self, parts: Iterable[PrintPart]) -> Iterator[IO[bytes]]:
        """Yield the files of the parts, each open until the next is asked for."""
        for part in parts:
            self.look_up()
            with part.file.open("rb") as file:
                yield file

    # ---- proving ---------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> list[Place]:
        return places_of(self.job)

    @cached_property
    def _delivered(self) -> IO[bytes]:
        """The finished file as it lies in the storage, fetched once: it may be a gigabyte, and far away."""
        copy = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (closed with the job)
        with self.job.result.storage.open(self.job.result.name, "rb") as stored:
            shutil.copyfileobj(stored, copy)
        return copy

    def prove(self) -> None:
        """Read the next chunk back from the finished file itself."""
        places = self._places[self.job.proved : self.job.proved + self.chunk]
        self._delivered.seek(0)
        if self.on_sheets:
            prove_sheets(self._delivered.read(), by_sheet(places), level=self.format.level, seen=self.look_up)
        else:
            for place, content in archive.contents(self._delivered, places):
                prove_file(content, self.job.file_kind, place, level=self.format.level)
                self.look_up()
        with self.committing() as job:
            job.proved += len(places)

    # ---- the end ---------------------------------------------------------------------------------

    def mark(self) -> None:
        """Tell the next plaques that they were printed, each once."""
        versions = {place.plaque: place.version for place in self._places}
        with self.committing() as job:
            pieces = list(job.unmarked[:MARKED_PER_STEP])
            for piece in pieces:
                self._mark(piece, versions[piece.plaque_id])
            PrintPiece.objects.bulk_update(pieces, ["marked", "refusal"])
            job.marked_at = job.marked_at or timezone.now()

    def _mark(self, piece: PrintPiece, version: int) -> None:
        try:
            mark_printed(
                plaque=piece.plaque,
                format=self.format,
                version=version,
                base_url=self.job.base_url,
                by=self.job.made_by,
            )
        except NotPossible as refusal:
            piece.refusal = str(refusal)
        piece.marked = True

    def finish(self) -> None:
        """Offer the file, and leave no other of the job."""
        with self.committing() as job:
            job.state, job.ended_at = JobState.DONE, timezone.now()
        files.clear(self.job, keep=self.job.result.name)
