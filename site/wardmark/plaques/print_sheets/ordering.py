"""Ordering a print job, and cancelling it."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wardmark.plaques.artwork import FORMATS
from wardmark.plaques.inscriptions import proof_reason
from wardmark.plaques.models import FileKind, JobState, Output, Plaque, PrintJob, PrintPiece, SheetSize
from wardmark.plaques.print_sheets import files, running
from wardmark.plaques.print_sheets.imposition import imposition_for

# A job is looked through by people, and cut by a press, in one go.
MOST_PLAQUES = 5000


class OrderRefused(Exception):
    """A job cannot be ordered or cancelled as asked; the message says why, for the person who asked."""


@transaction.atomic
def order_prints(
    *,
    by: AbstractBaseUser,
    plaques: Sequence[Plaque],
    format_key: str,
    sheet_size: SheetSize | None = None,
    file_kind: FileKind | None = None,
) -> PrintJob:
    """Order these plaques, in this order, on print sheets of a size or as single files of a kind: one of the two.

    The job waits for the worker. Raises OrderRefused, and DoesNotFit where the format is larger than the sheet.
    """
    if not plaques:
        raise OrderRefused(_("There is no plaque to print."))
    if len(plaques) > MOST_PLAQUES:
        raise OrderRefused(
            _(
                "%(number)s plaques are too many for one job; the most is %(most)s. Print street by street, with "
                "“a page and everything under it”, or choose some in the list of plaques."
            )
            % {"number": number_format(len(plaques)), "most": number_format(MOST_PLAQUES)}
        )
    if sheet_size:
        imposition_for(FORMATS[format_key], sheet_size)
    job = PrintJob.objects.create(
        made_by=by,
        language=get_language() or "",
        format_key=format_key,
        output=Output.SHEETS if sheet_size else Output.FILES,
        sheet_size=sheet_size or "",
        file_kind="" if sheet_size else file_kind or "",
        proof_reason=proof_reason(),
        base_url=settings.PLAQUE_BASE_URL,
        total=len(plaques),
    )
    PrintPiece.objects.bulk_create(
        (PrintPiece(job=job, plaque=plaque, position=position) for position, plaque in enumerate(plaques)),
        batch_size=500,
    )
    running.enqueue(job)
    return job


@transaction.atomic
def cancel(*, job: PrintJob) -> None:
    """Stop a job: a worker at it ends after its present step, and nothing half made stays.

    Raises OrderRefused where it has ended already, or its plaques are being marked as printed.
    """
    stopped = PrintJob.objects.open().filter(pk=job.pk, marked_at=None)
    if not stopped.update(state=JobState.CANCELLED, ended_at=timezone.now(), result="", result_bytes=0):
        if PrintJob.objects.open().filter(pk=job.pk).exists():
            raise OrderRefused(_("Everything is made, and its plaques are being marked as printed: wait for the end."))
        raise OrderRefused(_("This job has ended already; there is nothing to cancel."))
    transaction.on_commit(lambda: files.clear(job))
