"""The last step of a claim or an invitation: the account is made and the paper is used up, both or neither."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from streets.claims.claiming import hand_in
from streets.claims.errors import NotPossible
from streets.claims.membership import accept
from streets.claims.passages import Passage
from streets.models import ClaimLetter, HandedCode
from wardmark.accounts import throttling
from wardmark.accounts.models import User
from wardmark.accounts.people import give_password, make_person, person_who_proved
from wardmark.accounts.phones import Phone, PhoneTaken
from wardmark.accounts.throttling import Limit

KNOWN_NUMBERS = Limit(3, timedelta(days=1))


class AccountClosed(NotPossible):
    def __init__(self) -> None:
        super().__init__(_("The account of this number is closed. Please call the ward."))


class SignInFirst(NotPossible):
    """A number that nobody proved does not open the account it belongs to."""

    def __init__(self) -> None:
        super().__init__(_("This number has an account already. If it is yours, sign in, then type the code again."))


class TooManyNumbers(NotPossible):
    """One paper does not ask about number after number whether it has an account."""

    def __init__(self) -> None:
        super().__init__(
            _("Several numbers that have an account already were given with this code. Sign in, or call the ward.")
        )


def account_of(passage: Passage) -> User | None:
    """Return the account of a number that was proved, None where it has none. Raises AccountClosed."""
    person = person_who_proved(passage.phone) if passage.is_proved else None
    if person is not None and not person.is_active:
        raise AccountClosed
    return person


@transaction.atomic
def arrive(*, row: HandedCode, person: User, phone: Phone | None, is_proved: bool, now: datetime) -> None:
    """Use a letter or an invitation up for somebody who has an account. Raises KeepingRefused."""
    _use(row, person, phone, is_proved=is_proved, made_account=False, now=now)


def arrive_anew(*, passage: Passage, password: str, now: datetime) -> User:
    """Make the account and use the paper up. Without a password the person adds a passkey, or gets codes by message.

    Raises KeepingRefused, and ValidationError for a password that is too easy. Call it outside a transaction: who
    proved no number may meet one that has an account three times a day with one paper.
    """
    if password:
        # Before the number is looked at: else an easy one would ask about numbers without using the paper up.
        validate_password(password, User(first_name=passage.name))
    if passage.is_proved:
        return _arrive_anew(passage, password, now)
    place = throttling.take("known numbers of a paper", passage.serial, KNOWN_NUMBERS)
    if place is None:
        raise TooManyNumbers
    try:
        person = _arrive_anew(passage, password, now)
    except SignInFirst:
        raise
    except Exception:
        throttling.give_back(place)
        raise
    throttling.give_back(place)
    return person


@transaction.atomic
def _arrive_anew(passage: Passage, password: str, now: datetime) -> User:
    row = passage.row()
    try:
        person = make_person(name=passage.name, phone=passage.phone, proved_at=now if passage.is_proved else None)
    except PhoneTaken as taken:
        raise SignInFirst from taken
    if password:
        give_password(person=person, password=password)
    _use(row, person, passage.phone, is_proved=passage.is_proved, made_account=True, now=now)
    return person


def _use(row: HandedCode, person: User, phone: Phone, *, is_proved: bool, made_account: bool, now: datetime) -> None:
    if isinstance(row, ClaimLetter):
        hand_in(letter=row, person=person, phone=phone, is_phone_proved=is_proved, made_account=made_account, now=now)
    else:
        accept(invitation=row, person=person, phone=phone, now=now)
