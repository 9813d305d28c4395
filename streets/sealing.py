"""Account numbers at rest: sealed for the serial of their account, and comparable without being opened."""

from dataclasses import dataclass, field

from wardmark.base import sealing

_PURPOSE = "payment"


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
    return sealing.seal(number.bin, number.account, bound_to=serial)


def unseal(token: str, *, serial: str) -> Number:
    """Return the number that was sealed for the account of this serial. Raises CannotBeOpened, naming the serial."""
    words = sealing.unseal(token, bound_to=serial)
    if len(words) != 2:
        raise sealing.CannotBeOpened(serial)
    return Number(*words)


def fingerprint(number: Number) -> str:
    """Return what tells whether two accounts are the same, and nothing to who lacks the key."""
    return sealing.fingerprint(f"{number.bin}:{number.account}", purpose=_PURPOSE)


def fingerprints(number: Number) -> list[str]:
    """Return its fingerprints by all keys: while keys are being changed, older rows still carry those of the last."""
    return sealing.fingerprints(f"{number.bin}:{number.account}", purpose=_PURPOSE)
