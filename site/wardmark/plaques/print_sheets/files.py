"""The files of print jobs: each job's in a folder of its own in the private storage."""

import logging
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import IO

from django.core.files.base import File
from django.utils import timezone

from wardmark.plaques.models import PrintJob
from wardmark.plaques.models.print_jobs import private_storage

logger = logging.getLogger("wardmark.plaques")


def store(job: PrintJob, name: str, content: bytes | IO[bytes]) -> str:
    """Keep a file in the job's folder and return the name under which it is found again."""
    file = BytesIO(content) if isinstance(content, bytes) else content
    return private_storage().save(f"{job.folder}/{name}", File(file, name=name))


def clear(job: PrintJob, *, keep: str = "") -> bool:
    """Remove all files of a job but one, also those of a step that was never finished; say whether that was done.

    Never raises: a job is what it is, with a file too many or not, and what stays goes with the job's old files.
    """
    try:
        _remove(job, keep)
    except Exception:
        logger.exception("The files of print job %s could not be removed", job.pk)
        return False
    return True


def _remove(job: PrintJob, keep: str) -> None:
    storage = private_storage()
    with suppress(FileNotFoundError):
        _folders, names = storage.listdir(job.folder)
        for name in names:
            if f"{job.folder}/{name}" != keep:
                storage.delete(f"{job.folder}/{name}")
        if not keep:
            # A worker that does not know yet may have put something into it just now.
            with suppress(OSError):
                storage.delete(job.folder)


def clear_old_jobs(now: datetime | None = None) -> int:
    """Remove the files of jobs that ended more than 30 days ago and return how many; the jobs stay in the list."""
    cleared = [job.pk for job in PrintJob.objects.with_old_files(now=now) if clear(job)]
    PrintJob.objects.filter(pk__in=cleared).update(files_cleared_at=now or timezone.now(), result="")
    return len(cleared)
