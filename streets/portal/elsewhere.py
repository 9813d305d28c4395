"""What of a shop waits or was not accepted besides changes and papers, each told on a screen of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from streets.models import InspectionReply
from streets.models.inspections import InspectionReplyQuerySet
from streets.payments import due_at
from streets.portal.guard import Kept
from wardmark.accounts.models import PhoneChange

# An answer that was refused is read on the screen of the inspections, which nobody ticks off: for so long it is told.
REFUSED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pointer:
    """One thing with the screen that says more. `approved_for` is when it takes effect, once an officer has agreed."""

    label: str
    address: str
    since: datetime | date | None = None
    approved_for: datetime | None = None
    reason: str = ""


def waits_elsewhere(kept: Kept) -> list[Pointer]:
    """Return what this member may know of: answers for who tells the page's story, all else for owners."""
    return [*(_answers(kept) if kept.may_tell else ()), *(_what_is_the_owners(kept) if kept.may_own else ())]


def refused_elsewhere(kept: Kept) -> list[Pointer]:
    """Return the answers to inspections that were refused of late, with the reason, until another one follows."""
    if not kept.may_tell:
        return []
    refused = _replies(kept).refused_since(timezone.localdate() - REFUSED_FOR)
    return [_answer(reply, kept) for reply in refused]


def _replies(kept: Kept) -> InspectionReplyQuerySet:
    return InspectionReply.objects.filter(inspection__shop=kept.shop).select_related("inspection")


def _answers(kept: Kept) -> Iterator[Pointer]:
    for reply in _replies(kept).waiting():
        yield _answer(reply, kept)


def _answer(reply: InspectionReply, kept: Kept) -> Pointer:
    day = date_format(reply.inspection.inspected_on, "SHORT_DATE_FORMAT")
    label = _("Your answer to the inspection of %(day)s") % {"day": day}
    return Pointer(label, _there("portal:inspections", kept), reply.written_on, reason=reply.refused_why)


def _what_is_the_owners(kept: Kept) -> Iterator[Pointer]:
    for account in kept.shop.payment_accounts.on_the_way():
        label = f"{_('Payment account')} {account.masked}"
        since = account.requested_at or account.made_at
        yield Pointer(label, _there("portal:payment", kept), since, _unless_in_dispute(due_at(account), kept))
    for change in kept.shop.ownership_changes.waiting():
        due = _unless_in_dispute(change.due_at, kept)
        yield Pointer(_("The shop is passing on"), _there("people:people", kept), change.asked_at, due)
    for change in PhoneChange.objects.waiting().filter(person=kept.member.user_id):
        digits = {"digits": change.last_three}
        label = _("Your sign-in phone is to become the number ending in %(digits)s.") % digits
        counts_from = change.counts_from if change.approved_at else None
        yield Pointer(label, reverse("accounts:home"), change.requested_at, counts_from)


def _unless_in_dispute(due: datetime | None, kept: Kept) -> datetime | None:
    """In a dispute nothing takes effect, and nobody knows when it will."""
    return None if kept.is_frozen else due


def _there(name: str, kept: Kept) -> str:
    return reverse(name, args=[kept.shop.page_key])
