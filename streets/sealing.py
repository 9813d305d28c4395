"""Account numbers at rest: encrypted, and comparable without being decrypted.

The keys are `settings.PAYMENT_KEYS`, the newest first: it seals, all of them open. A number is sealed together with the
serial of its account, so that a sealed number that was moved to another row is found out. Where a development machine
has no keys, one is derived from its secret key; in production their lack is an error (`payment_keys` below).
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured


class CannotBeOpened(Exception):
    """A sealed number cannot be read: its key is gone, or it was changed or moved. It names the account, no number."""


@dataclass(frozen=True, slots=True)
class Number:
    """An account's number at a bank. Never shown by its repr, so that no log can have it."""

    bin: str
    account: str = field(repr=False)

    @property
    def last_four(self) -> str:
        return self.account[-4:]


def seal(number: Number, *, serial: str) -> str:
    """Return a number encrypted with the newest key, bound to the serial of its account."""
    words = json.dumps([serial, number.bin, number.account])
    return _safe().encrypt(words.encode()).decode()


def unseal(token: str, *, serial: str) -> Number:
    """Return the number that was sealed for the account of this serial. Raises CannotBeOpened."""
    try:
        sealed_for, bin_, account = json.loads(_safe().decrypt(token.encode()))
    except (ImproperlyConfigured, InvalidToken, ValueError) as reason:
        raise CannotBeOpened(serial) from reason
    if sealed_for != serial:
        raise CannotBeOpened(serial)
    return Number(bin_, account)


def fingerprint(number: Number) -> str:
    """Return what tells whether two accounts are the same, and nothing to who lacks the key."""
    return _fingerprint(_keys()[0], number)


def fingerprints(number: Number) -> list[str]:
    """Return its fingerprints by all keys: while keys are being changed, older rows still carry those of the last."""
    return [_fingerprint(key, number) for key in _keys()]


def payment_keys(app_configs, **kwargs) -> list[CheckMessage]:
    """Check PAYMENT_KEYS: there in production, and each one a key."""
    if settings.PAYMENT_KEYS_REQUIRED and not settings.PAYMENT_KEYS:
        return [
            Error(
                "PAYMENT_KEYS is not set: no account number can be stored or read.",
                hint="docs/operators-guide.md says how to make a key, and how to keep it.",
                id="streets.E001",
            )
        ]
    faulty = [number for number, key in enumerate(settings.PAYMENT_KEYS, start=1) if not _is_key(key)]
    return [
        Error(
            f"Key no. {number} in PAYMENT_KEYS is no key: it must be 32 bytes in URL-safe base64.",
            hint="docs/operators-guide.md says how to make one.",
            id="streets.E002",
        )
        for number in faulty
    ]


def _is_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def _fingerprint(key: str, number: Number) -> str:
    # A key of its own for this use, so that a fingerprint says nothing of the key that encrypts.
    own = _derived(key.encode(), b"wardmark payment fingerprint")
    return hmac.new(own, f"{number.bin}:{number.account}".encode(), hashlib.sha256).hexdigest()


def _safe() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> list[str]:
    if settings.PAYMENT_KEYS:
        return settings.PAYMENT_KEYS
    if settings.PAYMENT_KEYS_REQUIRED:
        raise ImproperlyConfigured("PAYMENT_KEYS is not set: no account number can be stored or read.")
    own = _derived(settings.SECRET_KEY.encode(), b"wardmark payment key of a machine without PAYMENT_KEYS")
    return [base64.urlsafe_b64encode(own).decode()]


@lru_cache(maxsize=16)
def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
