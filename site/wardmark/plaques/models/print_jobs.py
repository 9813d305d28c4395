"""Print jobs: many plaques as one file, made step by step by the worker.

Everything a step needs is in the database and the private storage, so that any worker can go on where another stopped.
"""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.base.models.chores import CLOCKS_DIFFER
from wardmark.base.people import person_name
from wardmark.plaques.models.plaques import Plaque


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# Something will still happen, and can be stopped.
OPEN = frozenset({JobState.QUEUED, JobState.RUNNING})
ENDED = frozenset(JobState) - OPEN


class Output(models.TextChoices):
    SHEETS = "sheets", _("Print sheets (PDF)")
    FILES = "files", _("Single files (ZIP)")


class SheetSize(models.TextChoices):
    A4 = "A4", _("A4, 210 × 297 mm")
    A3 = "A3", _("A3, 297 × 420 mm")
    SRA3 = "SRA3", _("SRA3, 320 × 450 mm")


class FileKind(models.TextChoices):
    """As `offer.Kind` calls them: what is in an archive is the file that is offered singly, byte for byte."""

    PDF = "pdf", _("PDF")
    PNG = "png", _("PNG, 300 dpi")
    PNG_600 = "png-600", _("PNG, 600 dpi")
    SVG = "svg", _("SVG")


# A worker at a job says so every few seconds, from a thread of its own (`running.SEEN_EVERY`), however long a step is;
# one silent for so long is gone.
GONE_AFTER = timedelta(seconds=90)
# A job whose worker ends so often at the same step ends it: it would take every worker with it.
MOST_LEFT_BEHIND = 3
# The job's files are kept for so long; the job itself, and what it printed, stays.
FILES_KEPT = timedelta(days=30)


def private_storage() -> Storage:
    """Return where the files lie: nowhere a browser can read them but through a view that asks who may."""
    return storages["documents"]


def result_path(job: "PrintJob", name: str) -> str:
    return f"{job.folder}/{name}"


class PrintJobQuerySet(models.QuerySet):
    def open(self) -> "PrintJobQuerySet":
        return self.filter(state__in=OPEN)

    def left(self, *, now: datetime | None = None) -> "PrintJobQuerySet":
        """Running ones whose worker has been silent for so long that it must be gone.

        A heartbeat in the future is from before the clock was set back, and its worker would have said more since.
        """
        now = now or timezone.now()
        silent = Q(heartbeat=None) | Q(heartbeat__lte=now - GONE_AFTER) | Q(heartbeat__gt=now + CLOCKS_DIFFER)
        return self.filter(silent, state=JobState.RUNNING)

    def with_old_files(self, *, now: datetime | None = None) -> "PrintJobQuerySet":
        before = (now or timezone.now()) - FILES_KEPT
        return self.filter(state__in=ENDED, ended_at__lte=before, files_cleared_at=None)


class PrintJob(models.Model):
    """One order: these plaques in this format. `attempt` grows with every worker that takes it up."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("ordered on"), default=timezone.now)
    # Messages for people are written by the worker, which has no reader in front of it.
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)

    format_key = models.CharField(_("format"), max_length=40)
    output = models.CharField(_("output"), max_length=10, choices=Output.choices)
    sheet_size = models.CharField(_("sheet"), max_length=10, choices=SheetSize.choices, blank=True)
    file_kind = models.CharField(_("kind of file"), max_length=10, choices=FileKind.choices, blank=True)
    proof_reason = models.TextField(_("why it is a proof"), blank=True)
    # What every symbol of it begins with; `proof_reason` is about this address.
    base_url = models.CharField(_("printed address"), max_length=120, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    total = models.PositiveIntegerField(_("plaques"))
    drawn = models.PositiveIntegerField(_("drawn"), default=0)
    proved = models.PositiveIntegerField(_("proved"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    failure = models.TextField(_("what went wrong"), blank=True)

    attempt = models.PositiveIntegerField(default=0)
    # How often in a row a worker ended at it without finishing a step.
    left_behind = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    task_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    # When marking its plaques was begun; from then on it cannot be cancelled.
    marked_at = models.DateTimeField(_("marked as printed on"), null=True)

    # Offered once the job is done and every symbol in it was read back.
    result = models.FileField(_("file"), upload_to=result_path, storage=private_storage, max_length=200, blank=True)
    result_bytes = models.PositiveBigIntegerField(default=0)
    files_cleared_at = models.DateTimeField(null=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("print job")
        verbose_name_plural = _("print jobs")
        default_permissions = ("add",)
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "heartbeat"], name="plaques_job_state_heartbeat")]
        constraints = [
            models.CheckConstraint(
                condition=Q(output=Output.SHEETS, file_kind="") & ~Q(sheet_size="")
                | Q(output=Output.FILES, sheet_size="") & ~Q(file_kind=""),
                name="plaques_job_has_one_output",
            ),
            models.CheckConstraint(
                condition=Q(drawn__lte=F("total")) & Q(proved__lte=F("drawn")), name="plaques_job_counts_are_in_order"
            ),
        ]

    def __str__(self):
        return _("Print job %(number)s") % {"number": self.pk}

    @property
    def folder(self) -> str:
        """The job's own folder in the private storage; all its files are in it."""
        return f"print-jobs/{self.key}"

    @property
    def ordered_by(self) -> str:
        """Who ordered it, for people; empty once that account is gone."""
        return person_name(self.made_by)

    @property
    def made_as(self) -> str:
        """What is made of it, for people: the paper or the kind of file."""
        kind = self.get_sheet_size_display() if self.sheet_size else self.get_file_kind_display()
        return f"{self.get_output_display()}, {kind}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def can_be_cancelled(self) -> bool:
        """Whether nothing outside the job was changed by it yet."""
        return self.is_open and self.marked_at is None

    @property
    def is_proof(self) -> bool:
        """Whether all it makes says that it is not for print; such a job marks nothing as printed."""
        return bool(self.proof_reason)

    @property
    def can_be_downloaded(self) -> bool:
        return self.state == JobState.DONE and bool(self.result) and self.files_cleared_at is None

    @property
    def percent(self) -> int:
        """How much is done, from 0 to 100: drawing is one half, proving the other."""
        if self.state == JobState.DONE:
            return 100
        # What was refused needs no proof.
        wanted = max(1, 2 * self.total - self.refused)
        return min(99, 100 * (self.drawn + self.refused + self.proved) // wanted)

    @property
    def unmarked(self) -> "models.QuerySet[PrintPiece]":
        """Its pieces that are in the file and whose plaques do not know yet, in the order of the file."""
        return self.pieces.filter(marked=False).exclude(part=None).select_related("plaque").order_by("position")


class PrintPart(models.Model):
    """One chunk that is drawn and stored. `places` says what stands where: a list of `printed.Place` as dicts."""

    job = models.ForeignKey(PrintJob, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to="print-jobs", storage=private_storage, max_length=200)
    places = models.JSONField(default=list)

    class Meta:
        verbose_name = _("part of a print job")
        verbose_name_plural = _("parts of print jobs")
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="plaques_one_part_per_number")]

    def __str__(self):
        return f"{self.job_id}/{self.number}"


class PrintPiece(models.Model):
    """One plaque of a job, at its place in the order. Drawn once it has a part; else refused, or still to come.

    One that has a part and a refusal was taken out of use while the job was made: it is in the file all the same.
    """

    job = models.ForeignKey(PrintJob, on_delete=models.CASCADE, related_name="pieces")
    plaque = models.ForeignKey(Plaque, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    part = models.ForeignKey(PrintPart, null=True, on_delete=models.CASCADE, related_name="pieces")
    refusal = models.TextField(_("why it was refused"), blank=True)
    # Whether its plaque was marked as printed, or would not be: each once, whoever goes on with the job.
    marked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("plaque of a print job")
        verbose_name_plural = _("plaques of print jobs")
        default_permissions = ()
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="plaques_one_piece_per_position"),
            models.UniqueConstraint(fields=["job", "plaque"], name="plaques_one_piece_per_plaque"),
        ]

    def __str__(self):
        return f"{self.job_id}/{self.position}"
