"""What officers do with a report. Each rule locks it, reads it anew, and writes one line of its history.

Of two officers at once the second is told what the first has done; nothing either wrote is lost, for the history keeps
it. That history is for ever: so no rule writes anybody's own number into it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wardmark.base.national_phones import numbers_in
from wardmark.base.people import person_name
from wardmark.base.public_words import NumberNamed, private_in, refuse_personal
from wardmark.base.written_numbers import numbers_written_in
from wardmark.reports.models import ReportEvent, ReportEventKind, ReportOutcome, ReportState, VisitorReport
from wardmark.reports.removing import remove_after_commit
from wardmark.reports.rights import may_handle

LONGEST_NOTE = ReportEvent._meta.get_field("note").max_length
# The history keeps an answer whole.
LONGEST_ANSWER = LONGEST_REASON = LONGEST_NOTE
LONGEST_OUTCOME = ReportOutcome._meta.get_field("words").max_length
LONGEST_ADDRESSEE = VisitorReport._meta.get_field("forwarded_to").max_length


class NotPossible(Exception):
    """Nothing was done; the message says why, for the officer."""


def take(*, report: VisitorReport, by: AbstractBaseUser) -> None:
    """Take an open report in hand oneself, from nobody or from a closed account; nothing happens where one has already.

    Raises NotPossible.
    """
    with _changing(report) as current:
        _need_open(current)
        if current.assigned_to_id == by.pk and current.state == ReportState.IN_WORK:
            return
        if current.assigned_to_id != by.pk and not current.waits:
            raise NotPossible(_("%(name)s has taken this report in hand.") % {"name": person_name(current.assigned_to)})
        _put_in_work(current, by)
        _write(current, ReportEventKind.TAKEN, by=by)


def assign(*, report: VisitorReport, to: AbstractBaseUser, by: AbstractBaseUser) -> None:
    """Give an open report to a colleague who may edit its page. Raises NotPossible."""
    with _changing(report) as current:
        _need_open(current)
        if not _may_have_in_hand(to, current):
            raise NotPossible(_("%(name)s may not handle reports of this page.") % {"name": person_name(to)})
        _put_in_work(current, to)
        _write(current, ReportEventKind.ASSIGNED, by=by, note=person_name(to))


def note(*, report: VisitorReport, words: str, by: AbstractBaseUser) -> None:
    """Write down something for colleagues, whatever the state. Raises NotPossible."""
    with _changing(report) as current:
        _write(current, ReportEventKind.NOTED, by=by, note=_checked(current, words, longest=LONGEST_NOTE))


def answer(
    *,
    report: VisitorReport,
    words: str,
    language: str,
    by: AbstractBaseUser,
    photo: File | None = None,
    photo_alt: str = "",
) -> None:
    """Close a report with an answer, which the reporter reads by the code. Raises NotPossible.

    The photo is one that `photographs.drawn_anew` drew, and needs words for whoever does not see it.
    """
    if photo and not photo_alt.strip():
        raise NotPossible(_("Please say in words what the photo shows."))
    kept: VisitorReport | None = None
    try:
        with _changing(report) as current:
            _need_open(current)
            current.answer = _checked(current, words, longest=LONGEST_ANSWER)
            current.answer_language = language
            if photo:
                current.answer_photo_alt = photo_alt.strip()[:200]
                current.answer_photo.save("answer.jpg", photo, save=False)
                kept = current
            _close(current, ReportState.ANSWERED)
            _write(current, ReportEventKind.ANSWERED, by=by, note=current.answer)
    except BaseException:
        # Stored beside the database, it would outlive what was undone.
        if kept is not None:
            kept.answer_photo.delete(save=False)
        raise


def reject(*, report: VisitorReport, reason: str, by: AbstractBaseUser) -> None:
    """Close a report that is not taken up, with the reason, which the reporter reads. Raises NotPossible."""
    with _changing(report) as current:
        _need_open(current)
        current.rejection_reason = _checked(current, reason, longest=LONGEST_REASON)
        _close(current, ReportState.REJECTED)
        _write(current, ReportEventKind.REJECTED, by=by, note=current.rejection_reason)


def forward(*, report: VisitorReport, to: str, by: AbstractBaseUser) -> None:
    """Close a report that somebody else is responsible for, and say who: the reporter reads it. Raises NotPossible."""
    with _changing(report) as current:
        _need_open(current)
        current.forwarded_to = _checked(current, to, longest=LONGEST_ADDRESSEE)
        _close(current, ReportState.FORWARDED)
        _write(current, ReportEventKind.FORWARDED, by=by, note=current.forwarded_to)


def merge(*, report: VisitorReport, into: VisitorReport, by: AbstractBaseUser) -> None:
    """Close a report as the same matter as another, whose outcome its reporter follows from now on.

    A report that was joined itself stands for the one it was joined with. Raises NotPossible.
    """
    target = VisitorReport.objects.get(pk=into.pk).leading()
    with _changing(report, also=target) as current:
        _need_open(current)
        if target.pk == current.pk:
            raise NotPossible(_("A report cannot be joined with itself."))
        if VisitorReport.objects.filter(pk=target.pk, merged_into__isnull=False).exists():
            # Only now is it locked: between two officers a ring could close, in which none stands for the others.
            raise NotPossible(_("The other report was joined with another one just now. Please look at it once more."))
        current.merged_into = target
        _close(current, ReportState.MERGED)
        _write(current, ReportEventKind.MERGED, by=by, note=str(target.pk))


def reopen(*, report: VisitorReport, reason: str, by: AbstractBaseUser) -> None:
    """Open a closed report again; what it was closed with, in public too, is taken back, and stays in the history.

    It belongs to whoever had it in hand and may still handle it, else to whoever opens it. Raises NotPossible.
    """
    with _changing(report) as current:
        if current.is_open:
            raise NotPossible(_("This report is open already."))
        words = _checked(current, reason, longest=LONGEST_NOTE)
        photo = current.answer_photo.name
        current.answer = current.answer_language = current.answer_photo_alt = ""
        current.rejection_reason = current.forwarded_to = ""
        current.answer_photo, current.merged_into, current.closed_at = "", None, None
        had_it = current.assigned_to
        _put_in_work(current, had_it if had_it and _may_have_in_hand(had_it, current) else by)
        _write(current, ReportEventKind.REOPENED, by=by, note=words)
        _take_off(current, by)
        remove_after_commit([photo])


def publish(*, report: VisitorReport, words: str, language: str, by: AbstractBaseUser) -> None:
    """Let everybody read on the page what an answered report led to: the officer's own words. Raises NotPossible."""
    with _changing(report) as current:
        if current.state != ReportState.ANSWERED or current.page_key is None:
            raise NotPossible(_("Only what came of an answered report of a page can stand on it."))
        if ReportOutcome.objects.filter(report=current).exists():
            raise NotPossible(_("The outcome of this report stands on the page already."))
        words = _checked(current, words, longest=LONGEST_OUTCOME)
        if private := private_in(words, page=current.page_in()):
            raise NotPossible(
                _(
                    "Everybody reads this: please leave out %(private)s. Only public numbers and addresses of the ward "
                    "and of the page may stand here."
                )
                % {"private": ", ".join(private)}
            )
        if current.text.strip() and current.text.strip() in words:
            raise NotPossible(_("Please write what was put right, without what was reported."))
        ReportOutcome.objects.create(
            report=current, page_key=current.page_key, words=words, language=language, published_by=by
        )
        _write(current, ReportEventKind.PUBLISHED, by=by, note=words)


def unpublish(*, report: VisitorReport, by: AbstractBaseUser) -> None:
    """Take the outcome of a report off its page. Raises NotPossible."""
    with _changing(report) as current:
        if not _take_off(current, by):
            raise NotPossible(_("No outcome of this report stands on the page."))


@transaction.atomic
def show_phone(*, report: VisitorReport, by: AbstractBaseUser) -> str:
    """Open the reporter's number, and write down that it was looked at; "" where there is none.

    Raises CannotBeOpened.
    """
    number = report.phone()
    if number:
        _write(report, ReportEventKind.PHONE_SHOWN, by=by)
    return number


@contextmanager
def _changing(report: VisitorReport, also: VisitorReport | None = None) -> Iterator[VisitorReport]:
    """Lend a report, locked and read anew, to be changed, and save it; the caller's own then says the same.

    Two are locked in one order, so that two officers who join them crosswise wait instead of blocking each other.
    """
    with transaction.atomic():
        keys = {one.pk for one in (report, also) if one is not None}
        rows = VisitorReport.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        current = {row.pk: row for row in rows}[report.pk]
        yield current
        current.save()
    report.refresh_from_db()


def _need_open(report: VisitorReport) -> None:
    if report.is_open:
        return
    last = report.events.filter(state=report.state).order_by("-at", "-pk").first()
    raise NotPossible(
        _("This report was closed meanwhile: %(state)s%(by)s. Please open it again first, if that is wrong.")
        % {"state": report.get_state_display(), "by": f" ({last.who})" if last and last.who else ""}
    )


def _may_have_in_hand(officer: AbstractBaseUser, report: VisitorReport) -> bool:
    return officer.is_active and may_handle(officer, report)


def _put_in_work(report: VisitorReport, officer: AbstractBaseUser) -> None:
    report.state, report.assigned_to = ReportState.IN_WORK, officer
    report.taken_at = report.taken_at or timezone.now()


def _close(report: VisitorReport, state: ReportState) -> None:
    now = timezone.now()
    report.state, report.closed_at, report.taken_at = state, now, report.taken_at or now


def _take_off(report: VisitorReport, by: AbstractBaseUser) -> bool:
    outcome = ReportOutcome.objects.filter(report=report).first()
    if outcome is None:
        return False
    # By itself, not by its queryset: that is how the pages are made anew.
    outcome.delete()
    _write(report, ReportEventKind.UNPUBLISHED, by=by)
    return True


def _checked(report: VisitorReport, words: str, *, longest: int) -> str:
    """Return what an officer wrote, if it is something, not too long, and with no number of anybody's own."""
    words = words.strip()
    if not words:
        raise NotPossible(_("Please write a few words."))
    if len(words) > longest:
        raise NotPossible(_("Please write at most %(longest)d characters.") % {"longest": longest})
    for number in {*numbers_in(words), *numbers_written_in(words)}:
        is_left = VisitorReport.objects.with_phone(number).filter(pk=report.pk).exists()
        if is_left or number in numbers_written_in(report.text):
            raise NotPossible(_("Please leave out the reporter’s telephone number: what is written here stays."))
    try:
        refuse_personal(words, page_of=report.page_in)
    except NumberNamed as named:
        raise NotPossible(str(named)) from named
    return words


def _write(report: VisitorReport, kind: ReportEventKind, *, by: AbstractBaseUser, note: str = "") -> None:
    ReportEvent.objects.create(report=report, kind=kind, state=report.state, by=by, note=note[:LONGEST_NOTE])
