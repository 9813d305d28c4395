"""Another sign-in number: asked for, told to the old one, and counting a day later, for vendors after an officer's yes.

A thief with an open telephone in his hand could otherwise take the account for good. All functions lock the request,
after what `settings.PHONE_CHANGE_IN_TURN` locks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from wardmark.accounts import messages, phones
from wardmark.accounts.models import PhoneChange, PhoneChangeState, SignInPhone, User
from wardmark.accounts.people import end_sessions
from wardmark.accounts.phones import Phone
from wardmark.base.one_by_one import one_by_one
from wardmark.base.sealing import CannotBeOpened

WAITING, DONE, REFUSED, CANCELLED = (
    PhoneChangeState.WAITING,
    PhoneChangeState.DONE,
    PhoneChangeState.REFUSED,
    PhoneChangeState.CANCELLED,
)
APPROVE = "accounts.approve_phonechange"
_SALT = "cancel a change of sign-in phone"


class NotPossible(Exception):
    """A change cannot become what was asked; `message` says why, for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OneWaits(NotPossible):
    def __init__(self) -> None:
        super().__init__(_("Another change waits already. Please cancel it first."))


def needs_officer(person: User, *, proved: bool) -> bool:
    """Say whether a second officer must agree: for who keeps a shop, and where no code has proved the number."""
    return not proved or import_string(settings.PHONE_CHANGE_NEEDS_OFFICER)(person)


def request(*, person: User, phone: Phone, proved_at: datetime | None, cancel_address: str) -> PhoneChange:
    """Ask for another number and tell the old one. `cancel_address` is the page's address with `{token}` in it.

    Raises PhoneTaken for a proved number of somebody else, and NotPossible while another change waits. Ask for a fresh
    sign-in before.
    """
    # Who proved nothing must not learn here whose numbers are known: the officers' list says that it is taken.
    if proved_at is not None and phones.holder_of(phone) is not None:
        raise phones.PhoneTaken
    change = PhoneChange(
        person=person,
        fingerprint=phone.fingerprint(),
        last_three=phone.last_three,
        proved_at=proved_at,
        needs_officer=needs_officer(person, proved=proved_at is not None),
    )
    change.sealed = phone.sealed_for(f"change {change.key}")
    needs_officer_anyway = change.needs_officer
    # Until the old number is told: whatever breaks off in between must not let the new one count by itself.
    change.needs_officer = needs_officer_anyway or SignInPhone.objects.filter(person=person).exists()
    try:
        with transaction.atomic():
            _take_turn(person.pk)
            change.save()
    except IntegrityError as reason:
        raise OneWaits from reason
    if _tell_old_number(change, cancel_address.replace("{token}", cancel_token(change))):
        change.old_number_told_at, change.needs_officer = timezone.now(), needs_officer_anyway
        change.save(update_fields=["needs_officer", "old_number_told_at"])
    return change


def approve(*, change: PhoneChange, by: User) -> None:
    """Agree as a second person; the number counts once its day is over. Raises NotPossible."""
    with _changing(change) as current:
        if current.person_id == by.pk:
            raise NotPossible(_("A second person must approve it: it is your own number."))
        if current.approved_at is not None:
            raise NotPossible(_("Somebody else has approved this already."))
        current.approved_by, current.approved_at = by, timezone.now()


def refuse(*, change: PhoneChange, by: User, why: str) -> None:
    """End a request with a reason, which the person reads. Raises NotPossible."""
    if not why.strip():
        raise NotPossible(_("Please write why."))
    with _changing(change) as current:
        if current.person_id == by.pk:
            raise NotPossible(_("A second person must decide: it is your own number."))
        current.why = why.strip()[:300]
        _end(current, REFUSED, by)


def cancel(*, change: PhoneChange, by: User | None) -> None:
    """Take a request back: the person's own, or whoever holds the old number. Raises NotPossible."""
    with _changing(change) as current:
        _end(current, CANCELLED, by)


def end_for_holder(*, change: PhoneChange, by: User) -> bool:
    """Take a request back for whoever holds the new number and wants it forgotten, its last digits too.

    Return False where it has ended meanwhile.
    """
    try:
        with _changing(change) as current:
            _end(current, CANCELLED, by)
            current.last_three = ""
    except NotPossible:
        return False
    return True


def show_numbers(*, change: PhoneChange, by: User) -> tuple[Phone | None, Phone | None]:
    """Open the present and the wanted number of a change that waits, and write down that they were looked at.

    None for one that is not there or whose key is missing.
    """
    if change.state != WAITING:
        return None, None
    present, wanted = _present(change), wanted_phone(change)
    if present or wanted:
        log(instance=change, action="accounts.phone_change.show", user=by)
    return present, wanted


def wanted_phone(change: PhoneChange) -> Phone | None:
    """Return the number that is asked for; None once that has ended, or where its key is missing."""
    try:
        return Phone.unsealed(change.sealed, whom=f"change {change.key}") if change.sealed else None
    except CannotBeOpened:
        return None


def apply_due() -> None:
    """Let those numbers count whose day is over; a chore of the worker. Raises SomeFailed once all had their turn."""
    due = PhoneChange.objects.due(timezone.now())
    one_by_one(due, _apply, what="changes of sign-in phones", name_of=lambda change: change.key)


def cancel_token(change: PhoneChange) -> str:
    """Return what the old number is sent to cancel with: nothing personal, and nothing anybody can make up."""
    return signing.dumps(change.key.hex, salt=_SALT)


def change_of(token: str) -> PhoneChange | None:
    """Return the request that a token is for, waiting or ended; None for a token that was never given."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return PhoneChange.objects.filter(key=key).select_related("person").first()


@transaction.atomic
def reseal(change: PhoneChange) -> bool:
    """Encrypt the number that is asked for with the newest key; return False where nothing is left to be encrypted.

    Raises sealing.CannotBeOpened.
    """
    current = PhoneChange.objects.select_for_update().get(pk=change.pk)
    if not current.sealed:
        return False
    sealed, mark = Phone.resealed(current.sealed, whom=f"change {current.key}")
    if (sealed, mark) == (current.sealed, current.fingerprint):
        return False
    current.sealed, current.fingerprint = sealed, mark
    current.save(update_fields=["sealed", "fingerprint"])
    return True


def _present(change: PhoneChange) -> Phone | None:
    try:
        return phones.phone_of(change.person)
    except CannotBeOpened:
        return None


def _apply(change: PhoneChange) -> None:
    try:
        with _changing(change) as current:
            if current.approved_at is None and needs_officer(current.person, proved=current.proved_at is not None):
                # Who asked keeps a shop by now.
                current.needs_officer = True
                return
            phone = Phone.unsealed(current.sealed, whom=f"change {current.key}")
            # An officer who approved has made sure of the number that no code could reach.
            phones.give_phone(person=current.person, phone=phone, proved_at=current.proved_at or current.approved_at)
            _end(current, DONE, None)
            # Whoever holds an open device came in by the old number.
            end_sessions(current.person)
    except phones.PhoneTaken:
        with _changing(change) as current:
            current.why = str(gettext_lazy("Somebody else signs in with this number meanwhile."))
            _end(current, REFUSED, None)
    except NotPossible:
        messages.logger.info("The change %s of a sign-in phone has ended meanwhile", change.key)


def _end(change: PhoneChange, state: PhoneChangeState, by: User | None) -> None:
    change.state, change.ended_by, change.ended_at = state, by, timezone.now()
    # What was asked for needs to be known no longer; its last digits say which it was.
    change.sealed = change.fingerprint = ""


@contextmanager
def _changing(change: PhoneChange) -> Iterator[PhoneChange]:
    with transaction.atomic():
        _take_turn(change.person_id)
        # Locked alone: PostgreSQL cannot lock the outer side of a join.
        current = PhoneChange.objects.select_for_update().get(pk=change.pk)
        if current.state != WAITING:
            raise NotPossible(_("This change has ended already."))
        yield current
        current.save()
    change.refresh_from_db()


def _take_turn(person: int) -> None:
    import_string(settings.PHONE_CHANGE_IN_TURN)(person)


def _tell_old_number(change: PhoneChange, address: str) -> bool:
    """Say whether the old number was told; where one cannot be, an officer must look before the new one counts."""
    if not SignInPhone.objects.filter(person=change.person).exists():
        return False
    text = _(
        "Somebody wants to change the sign-in phone of your account to the number ending in %(digits)s. It will count "
        "in 24 hours at the earliest. If it was not you, cancel it here: %(address)s"
    ) % {"digits": change.last_three, "address": address}
    try:
        messages.send(phone=phones.phone_of(change.person).number, text=text)
    except (CannotBeOpened, messages.NotSent) as reason:
        messages.logger.warning("The old number could not be told of a change: %s", type(reason).__name__)
        return False
    return True
