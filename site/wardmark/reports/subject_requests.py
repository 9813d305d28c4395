"""What officers do with a request about personal data. Every step is in the site's log, the data itself never.

The ward answers within two working days (Decree 356/2025/NĐ-CP on Law 91/2025/QH15), counted by its own office's days.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wardmark.base.national_phones import normalised, numbers_in
from wardmark.base.personal_data import Held, erase_everywhere, held_under, withdraw_everywhere
from wardmark.base.sealing import seal
from wardmark.base.working_time import NoWorkingTime, add_working_days
from wardmark.reports.erasing import erase_phone, erase_photos, erase_text
from wardmark.reports.models import Channel, SubjectRequest, SubjectRight, SubjectState, VisitorReport

ANSWERED_WITHIN_DAYS = 2
# As long as the number in a visitor's report: time to come back with a question.
ASKER_KEPT = timedelta(days=30)


class RequestRefused(Exception):
    """Nothing was done; the message says why, for the officer."""


@transaction.atomic
def enter(
    *, right: SubjectRight | str, channel: Channel | str, asker: str, received_at: datetime, by: AbstractBaseUser
) -> SubjectRequest:
    """Write down a request that reached the ward; its clock runs from when it came. Raises RequestRefused."""
    if not asker.strip():
        raise RequestRefused(_("Please write who asks, and how this was made sure of."))
    if received_at > timezone.now():
        raise RequestRefused(_("A request cannot have come in the future."))
    request = SubjectRequest(
        right=right,
        channel=channel,
        received_at=received_at,
        due_at=_due(received_at),
        made_by=by,
    )
    request.sealed_asker = seal(asker.strip(), bound_to=request.bound_to)
    request.save()
    _write(request, "enter", by=by)
    return request


@transaction.atomic
def show_asker(*, request: SubjectRequest, by: AbstractBaseUser) -> str:
    """Open who asks, and write down that it was looked at. Raises CannotBeOpened."""
    asker = request.asker()
    _write(request, "show", by=by)
    return asker


@transaction.atomic
def look_up(*, request: SubjectRequest, phone: str, by: AbstractBaseUser) -> list[Held]:
    """Return what the ward holds under a number. Raises ValidationError for what is no number, RequestRefused.

    What this person may not read in its place is read here: that it was is written down as well.
    """
    number = normalised(phone)
    with _open(request):
        held = held_under(number)
        _write(request, "look_up", by=by, records=len(held))
        if read := [one for one in held if one.contents and not one.url_for(by)]:
            _write(request, "read", by=by, records=len(read))
    return held


@transaction.atomic
def withdraw(*, request: SubjectRequest, phone: str, by: AbstractBaseUser) -> int:
    """Forget a number wherever its holder consented; return at how many records. Raises as `look_up`."""
    number = normalised(phone)
    with _open(request):
        records = withdraw_everywhere(number, by=by)
        _write(request, "withdraw", by=by, records=records)
    return records


@transaction.atomic
def erase(*, request: SubjectRequest, phone: str, by: AbstractBaseUser) -> int:
    """Forget a number and all that came with it; return at how many records. Raises as `look_up`."""
    number = normalised(phone)
    with _open(request):
        records = erase_everywhere(number, by=by)
        _write(request, "erase", by=by, records=records)
    return records


@transaction.atomic
def erase_report(*, request: SubjectRequest, report: VisitorReport, by: AbstractBaseUser) -> bool:
    """Forget all that was sent with one report, of whom no number is known; return whether there was anything.

    That the report is the asker's, whoever calls has made sure of. Raises RequestRefused.
    """
    with _open(request):
        erased = [rule(report=report, by=by) for rule in (erase_phone, erase_text, erase_photos)]
        _write(request, "erase_report", by=by, records=int(any(erased)), report=report.pk)
    return any(erased)


def answer(*, request: SubjectRequest, done: str, by: AbstractBaseUser) -> None:
    """Close a request with what was done. Raises RequestRefused."""
    _close(request, SubjectState.ANSWERED, words=done, by=by)


def refuse(*, request: SubjectRequest, reason: str, by: AbstractBaseUser) -> None:
    """Close a request that the ward may not grant, with the reason the person is told. Raises RequestRefused."""
    _close(request, SubjectState.REFUSED, words=reason, by=by)


def forget_askers() -> None:
    """Forget who asked, 30 days after the answer; what was done stays. A chore of the worker."""
    old = SubjectRequest.objects.filter(closed_at__lte=timezone.now() - ASKER_KEPT).exclude(sealed_asker="")
    old.update(sealed_asker="")


def _due(received_at: datetime) -> datetime:
    try:
        return add_working_days(received_at, ANSWERED_WITHIN_DAYS)
    except NoWorkingTime as closed:
        raise RequestRefused(
            _(
                "The clock cannot run: by the ward’s office hours the office is not open for weeks. Please have the "
                "office hours put right (Settings → The ward), then enter the request."
            )
        ) from closed
    except ValueError as unknown:
        raise RequestRefused(_("Please check when it came: the holidays of that year are not known.")) from unknown


def _close(request: SubjectRequest, state: SubjectState, *, words: str, by: AbstractBaseUser) -> None:
    if not words.strip() or numbers_in(words):
        raise RequestRefused(_("Please write what was done, without names and telephone numbers: it stays."))
    with transaction.atomic(), _open(request) as current:
        current.state, current.answer = state, words.strip()
        current.closed_at, current.closed_by = timezone.now(), by
        current.save()
        _write(current, "answer" if state == SubjectState.ANSWERED else "refuse", by=by)
    request.refresh_from_db()


@contextmanager
def _open(request: SubjectRequest) -> Iterator[SubjectRequest]:
    """Lend a request, fetched anew and locked, that nobody closed meanwhile."""
    current = SubjectRequest.objects.select_for_update().get(pk=request.pk)
    if not current.is_open:
        raise RequestRefused(_("Somebody else has closed this request already."))
    yield current


def _write(request: SubjectRequest, action: str, *, by: AbstractBaseUser, **counts: int) -> None:
    log(instance=request, action=f"reports.subject.{action}", user=by, data=counts or None)
