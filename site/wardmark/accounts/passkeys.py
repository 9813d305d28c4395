"""Passkeys: a phone's fingerprint, face or screen lock instead of a password.

The ceremonies and the model are django-otp-webauthn's; what is ours is who may begin one, and what it is then good for.
A challenge is good once and for the browser session it was given to.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from django_otp_webauthn.utils import rewrite_exceptions
from webauthn.helpers.structs import UserVerificationRequirement

from wardmark.accounts import messages, phones, throttling
from wardmark.accounts.models import User
from wardmark.accounts.phone_proof import site_name
from wardmark.accounts.throttling import Limit
from wardmark.base.languages import source_language
from wardmark.base.people import person_name
from wardmark.base.sealing import CannotBeOpened

logger = logging.getLogger("wardmark.accounts.passkeys")
LONGEST_NAME = 64
# One person's phones, tablets and keys.
MOST = 10
# From the question to the answer; a browser itself gives up after less.
GOOD_FOR = timedelta(minutes=5)
# Messages to one person about new passkeys: each costs the ward money, and who was told ten times knows.
TOLD = Limit(10, timedelta(days=1))


class Refused(Exception):
    """A passkey was not taken; `message` is for the person."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


class _Ceremony(WebAuthnHelper):
    """As the library does it, but for what people see, and a finger or a code is always asked for."""

    def get_relying_party_name(self) -> str:
        return site_name()

    def get_credential_name(self, user: User) -> str:
        return person_name(user)

    def get_credential_display_name(self, user: User) -> str:
        return self.get_credential_name(user)

    def get_generate_registration_options_kwargs(self, *, user: User) -> dict:
        options = super().get_generate_registration_options_kwargs(user=user)
        options["authenticator_selection"].user_verification = UserVerificationRequirement.REQUIRED
        return options


def are_possible(request: HttpRequest) -> bool:
    """Say whether passkeys work at this address: a browser takes them for one host only."""
    return request.get_host().partition(":")[0] == settings.OTP_WEBAUTHN_RP_ID


def of(person: AbstractBaseUser) -> Any:
    """Return a person's passkeys, the newest first."""
    return WebAuthnCredential.objects.filter(user=person, confirmed=True).order_by("-created_at", "-pk")


def has_passkey(person: AbstractBaseUser) -> bool:
    return of(person).exists()


def begin_adding(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser needs to make a passkey for who is signed in. Raises Refused beyond ten of them."""
    _refuse_beyond_most(request.user)
    options, state = _Ceremony(request).register_begin(user=request.user)
    _keep(request, "add", state)
    return options


def add(request: HttpRequest, *, answer: dict[str, Any], name: str) -> WebAuthnCredential:
    """Keep the passkey that the browser made, and tell the person's telephone of it. Raises Refused."""
    state = _take(request, "add")
    with _refusing(), transaction.atomic(), rewrite_exceptions():
        _lock(request.user)
        _refuse_beyond_most(request.user)
        passkey = _Ceremony(request).register_complete(user=request.user, state=state, data=answer)
        passkey.name = tidy_name(name)
        passkey.save(update_fields=["name"])
    _tell_of_new(request.user)
    return passkey


def tidy_name(name: str) -> str:
    """Return what a person calls a device, as it can be kept: PostgreSQL takes no zero byte."""
    return name.replace("\x00", "").strip()[:LONGEST_NAME]


@transaction.atomic
def remove(passkey: WebAuthnCredential) -> None:
    """Let a device sign in no longer. Raises Refused for the last way somebody without a password has."""
    person = _lock(passkey.user)
    others = of(person).exclude(pk=passkey.pk)
    if not person.has_usable_password() and not others.exists():
        raise Refused(_("This is your only way in. Please set a password first."))
    passkey.delete()


def begin_showing(request: HttpRequest, *, purpose: str) -> dict[str, Any]:
    """Return what the browser needs to ask for a passkey: for `sign-in` anybody's, for `confirm` the person's own."""
    person = request.user if purpose == "confirm" else None
    options, state = _Ceremony(request).authenticate_begin(user=person, require_user_verification=True)
    _keep(request, purpose, state)
    return options


def show(request: HttpRequest, *, purpose: str, answer: dict[str, Any]) -> User:
    """Return whose passkey was shown. Raises Refused: unknown, another person's, replayed, or of a closed account."""
    state = _take(request, purpose)
    person = request.user if purpose == "confirm" else None
    with _refusing(), transaction.atomic(), rewrite_exceptions():
        passkey = _Ceremony(request).authenticate_complete(user=person, state=state, data=answer)
    if not passkey.confirmed or not passkey.user.is_active:
        raise Refused(_("This passkey is not known here. Please sign in with your password."))
    return passkey.user


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever is wrong with a browser's answer into one refusal: what exactly helps only who forges it."""
    try:
        yield
    # The library's parser stumbles over some malformed answers with errors of Python's own.
    except (OTPWebAuthnApiError, IntegrityError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("A passkey was refused: %s", type(error).__name__)
        raise Refused(_("This passkey was not taken. Please try again, or use your password.")) from error
    except DatabaseError as error:
        # Django's own for a row that was removed between reading and saving; a driver's is of a narrower kind.
        if type(error) is not DatabaseError:
            raise
        raise Refused(_("This passkey is not known here. Please sign in with your password.")) from error


def _tell_of_new(person: AbstractBaseUser) -> None:
    """Tell a person's number of a passkey, in the ward's language: another may have made it on an open phone."""
    if not messages.is_configured():
        return
    try:
        phone = phones.phone_of(person)
    except CannotBeOpened:
        logger.warning("Person %s could not be told of a new passkey: the number's key is missing", person.pk)
        return
    if phone is None or throttling.take("told of new passkeys", f"person {person.pk}", TOLD) is None:
        return
    with override(source_language()):
        text = gettext(
            "%(site)s: a device can sign in to your account from now on, by a passkey. If it was not you, remove it "
            "here and set a new password: %(address)s"
        ) % {"site": site_name(), "address": f"{settings.PLAQUE_BASE_URL}{reverse('accounts:passkeys')}"}
    messages.send_unseen(phone=phone.number, text=text)


def _lock(person: AbstractBaseUser) -> User:
    """Let nobody else add or remove a passkey of this person until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _refuse_beyond_most(person: AbstractBaseUser) -> None:
    if of(person).count() >= MOST:
        raise Refused(_("You have ten passkeys already. Please remove one that you no longer use."))


def _keep(request: HttpRequest, purpose: str, state: dict[str, Any]) -> None:
    request.session[f"passkey-{purpose}"] = state | {"at": timezone.now().timestamp()}


def _take(request: HttpRequest, purpose: str) -> dict[str, Any]:
    state = request.session.pop(f"passkey-{purpose}", None)
    late = Refused(_("This took too long. Please try again."))
    if state is None:
        # Nothing is saved: whoever was never asked would else be given a session.
        raise late
    try:
        # At once, whatever happens next: a challenge is never good twice.
        request.session.save()
    except UpdateError as reason:
        # Signed out elsewhere meanwhile: the session's row is gone.
        request.session.flush()
        raise Refused(_("Please load the page again and show that it is you.")) from reason
    if timezone.now().timestamp() - state["at"] > GOOD_FOR.total_seconds():
        raise late
    return state
