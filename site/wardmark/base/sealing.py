"""Secrets at rest: encrypted, and comparable without being decrypted.

The keys are `settings.SEALING_KEYS`, the newest first: it seals, all of them open. What is sealed is bound to a name,
that of the row it stands in, so that a sealed text that was moved to another row is found out. Where a development
machine has no keys, one is derived from its secret key; in production their lack is an error (`sealing_keys` below).
"""

import base64
import hashlib
import hmac
import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured


class CannotBeOpened(Exception):
    """A sealed text cannot be read: its key is gone, or it was changed or moved. It says for what, and no secret."""


def seal(*words: str, bound_to: str) -> str:
    """Return words encrypted with the newest key, for the row of this name alone."""
    return _safe().encrypt(json.dumps([bound_to, *words]).encode()).decode()


def unseal(token: str, *, bound_to: str) -> list[str]:
    """Return the words that were sealed for the row of this name. Raises CannotBeOpened."""
    try:
        sealed_for, *words = json.loads(_safe().decrypt(token.encode()))
    except (ImproperlyConfigured, InvalidToken, ValueError) as reason:
        raise CannotBeOpened(bound_to) from reason
    if sealed_for != bound_to:
        raise CannotBeOpened(bound_to)
    return words


def resealed(token: str, *, bound_to: str) -> str:
    """Return the same words sealed with the newest key; the token itself where that has sealed it already.

    Raises CannotBeOpened.
    """
    words = unseal(token, bound_to=bound_to)
    try:
        Fernet(_keys()[0]).decrypt(token.encode())
    except InvalidToken:
        return seal(*words, bound_to=bound_to)
    return token


def fingerprint(words: str, *, purpose: str) -> str:
    """Return what tells whether two secrets of one purpose are the same, and nothing to who lacks the key."""
    return _fingerprint(_keys()[0], words, purpose)


def fingerprints(words: str, *, purpose: str) -> list[str]:
    """Return its fingerprints by all keys: while keys are being changed, older rows still carry those of the last."""
    return [_fingerprint(key, words, purpose) for key in _keys()]


def sealing_keys(app_configs, **kwargs) -> list[CheckMessage]:
    """Check SEALING_KEYS: there in production, and each one a key."""
    if settings.SEALING_KEYS_REQUIRED and not settings.SEALING_KEYS:
        return [
            Error(
                "SEALING_KEYS is not set: no account number and no telephone number can be stored or read.",
                hint="docs/operators-guide.md says how to make a key, and how to keep it.",
                id="base.E004",
            )
        ]
    faulty = [number for number, key in enumerate(settings.SEALING_KEYS, start=1) if not _is_key(key)]
    return [
        Error(
            f"Key no. {number} in SEALING_KEYS is no key: it must be 32 bytes in URL-safe base64.",
            hint="docs/operators-guide.md says how to make one.",
            id="base.E005",
        )
        for number in faulty
    ]


def _is_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def _fingerprint(key: str, words: str, purpose: str) -> str:
    # A key of its own for each use, so that a fingerprint says nothing of the key that encrypts, nor of another use.
    own = _derived(key.encode(), f"wardmark fingerprint: {purpose}".encode())
    return hmac.new(own, words.encode(), hashlib.sha256).hexdigest()


def _safe() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> list[str]:
    if settings.SEALING_KEYS:
        return settings.SEALING_KEYS
    if settings.SEALING_KEYS_REQUIRED:
        raise ImproperlyConfigured("SEALING_KEYS is not set: no secret can be stored or read.")
    own = _derived(settings.SECRET_KEY.encode(), b"wardmark sealing key of a machine without SEALING_KEYS")
    return [base64.urlsafe_b64encode(own).decode()]


@lru_cache(maxsize=16)
def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)
