"""People and their ways in, for whoever makes accounts: only claims and invitations do, nobody signs up alone."""

import secrets
from datetime import datetime

from django.contrib.auth import login
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from wardmark.accounts import phones
from wardmark.accounts.models import SignInPhone, User
from wardmark.accounts.phones import Phone, give_phone, holder_of

BACKEND = "wardmark.accounts.backends.PhoneOrNameBackend"
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def person_with_phone(phone: Phone) -> User | None:
    """Return who signs in with this number, or None; show nobody which. Once it is proved: `person_who_proved`."""
    return holder_of(phone)


@transaction.atomic
def person_who_proved(phone: Phone) -> User | None:
    """Return whose number this is, for somebody who has just proved it by a code; None for nobody's.

    Where nobody had proved it before, somebody else may have opened the account by writing it down: the first proof
    ends every other way in.
    """
    rows = SignInPhone.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(fingerprint__in=phone.fingerprints()).first()
    if row is None:
        return None
    if row.proved_at is None:
        row.person.set_unusable_password()
        row.person.save(update_fields=["password"])
        WebAuthnCredential.objects.filter(user=row.person).delete()
        end_sessions(row.person)
        row.proved_at = timezone.now()
        row.save(update_fields=["proved_at"])
    return row.person


def person_named(text: str) -> User | None:
    """Return whom a sign-in form means by a telephone number, in any of its written forms, or a user name."""
    if (phone := phones.read(text)) and (person := holder_of(phone)):
        return person
    return User.objects.filter(username=User.normalize_username(text.strip())).first()


@transaction.atomic
def make_person(*, name: str, phone: Phone, proved_at: datetime | None) -> User:
    """Make the account of somebody who signs in by telephone: no password yet, and a user name nobody needs.

    `proved_at` is when the number was proved by a code or made sure of by an officer. Raises phones.PhoneTaken.
    """
    person = User(username=_free_name(), first_name=name.strip()[:150])
    person.set_unusable_password()
    person.save()
    give_phone(person=person, phone=phone, proved_at=proved_at)
    return person


def give_password(*, person: User, password: str) -> None:
    """Set a password; every session that was open ends. Raises ValidationError where it is too easy."""
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])


def sign_in(request: HttpRequest, person: AbstractBaseUser) -> None:
    """Sign somebody in who has just shown who it is; counts as fresh for `reauthentication`."""
    login(request, person, backend=BACKEND)


def end_sessions(person: User) -> None:
    """Sign a person out everywhere."""
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])


def _free_name() -> str:
    while User.objects.filter(username=(name := "p-" + "".join(secrets.choice(_LETTERS) for _ in range(10)))).exists():
        pass
    return name
