"""How far a print job is, in words and as a figure."""

from django.utils.translation import gettext as _

from wardmark.plaques.models import JobState, Output, PrintJob


def words(job: PrintJob) -> str:
    """Say in the reader's language what is happening with a job now."""
    if job.state == JobState.RUNNING:
        return _running_words(job)
    match job.state:
        case JobState.QUEUED if job.attempt:
            return _("Interrupted; it goes on where it stopped as soon as a worker is free.")
        case JobState.QUEUED:
            return _("Waiting for the worker.")
        case JobState.DONE:
            return _("Ready: every symbol in the file was read back.")
        case JobState.CANCELLED:
            return _("Cancelled. Nothing was printed, and no file was kept.")
    return job.failure


def _running_words(job: PrintJob) -> str:
    done = job.drawn + job.refused
    if done < job.total:
        return _("Drawing: %(done)s of %(total)s plaques.") % {"done": done, "total": job.total}
    if not job.result:
        return _("Joining the sheets.") if job.output == Output.SHEETS else _("Packing the files.")
    if job.marked_at:
        return _("Marking the plaques as printed.")
    return _("Reading every symbol back: %(done)s of %(total)s.") % {"done": job.proved, "total": job.drawn}


def as_json(job: PrintJob) -> dict[str, object]:
    """Return what the job's page asks for while it is open in a browser."""
    return {"percent": job.percent, "words": words(job), "isOpen": job.is_open}
