"""The telephone number of a person: read and written here alone, encrypted for its person, never in a log.

`Phone` is what other code passes on: its repr shows three digits, so that no log, error page or debugger has more.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wardmark.accounts.models import SignInPhone, User
from wardmark.base import national_phones, sealing

_PURPOSE = "sign-in phone"
# Mobile numbers, to which messages go, after the country's code.
_MOBILE = ("3", "5", "7", "8", "9")


class PhoneTaken(Exception):
    """Somebody else signs in with this number. Say so only to who has proved to hold it."""

    message = _("Somebody signs in with this number already. Please take another one, or ask the ward’s officers.")


@dataclass(frozen=True, slots=True)
class Phone:
    """A national number in the form +84…, which nothing prints."""

    number: str = field(repr=False)

    @classmethod
    def written(cls, text: str) -> "Phone":
        """Read a mobile number as people write it. Raises ValidationError, in the reader's language."""
        number = national_phones.normalised(text)
        if not number.startswith("+84") or len(number) != 12 or number[3] not in _MOBILE:
            raise ValidationError(
                _("Please write the number of a mobile, which takes messages: 10 digits, for example 0912 345 678."),
                code="mobile",
            )
        return cls(number)

    @property
    def last_three(self) -> str:
        return self.number[-3:]

    @property
    def shown(self) -> str:
        """The number in groups, for the person's own eyes."""
        return national_phones.shown(self.number)

    @property
    def masked(self) -> str:
        """The number for everybody else's."""
        return f"••• {self.last_three}"

    def fingerprint(self) -> str:
        return sealing.fingerprint(self.number, purpose=_PURPOSE)

    def fingerprints(self) -> list[str]:
        return sealing.fingerprints(self.number, purpose=_PURPOSE)

    def sealed_for(self, whom: str) -> str:
        return sealing.seal(self.number, bound_to=f"{_PURPOSE} of {whom}")

    @classmethod
    def unsealed(cls, token: str, *, whom: str) -> "Phone":
        """Read what was sealed for this row. Raises sealing.CannotBeOpened."""
        [number] = sealing.unseal(token, bound_to=f"{_PURPOSE} of {whom}")
        return cls(number)

    @classmethod
    def resealed(cls, token: str, *, whom: str) -> tuple[str, str]:
        """Return this row's text and its fingerprint, both by the newest key. Raises sealing.CannotBeOpened."""
        mark = cls.unsealed(token, whom=whom).fingerprint()
        return sealing.resealed(token, bound_to=f"{_PURPOSE} of {whom}"), mark


def read(text: str) -> Phone | None:
    """Return the mobile number that a text is, or None: for where a user name may stand as well."""
    try:
        return Phone.written(text)
    except ValidationError:
        return None


def holder_of(phone: Phone) -> User | None:
    """Return who signs in with this number, whether or not the account is open."""
    row = SignInPhone.objects.filter(fingerprint__in=phone.fingerprints()).select_related("person").first()
    return row.person if row else None


def phone_of(person: AbstractBaseUser) -> Phone | None:
    """Return a person's number, or None. Raises sealing.CannotBeOpened where its key is gone."""
    row = SignInPhone.objects.filter(person=person).first()
    return Phone.unsealed(row.sealed, whom=f"person {person.pk}") if row else None


def has_proved(person: AbstractBaseUser) -> bool:
    """Say whether a code, or an officer, has made sure of the number this person signs in with."""
    return SignInPhone.objects.filter(person=person, proved_at__isnull=False).exists()


def last_three_of(person: AbstractBaseUser) -> str:
    """Return the last digits of a person's number, readable even without its key; empty without a number."""
    return SignInPhone.objects.filter(person=person).values_list("last_three", flat=True).first() or ""


def give_phone(*, person: AbstractBaseUser, phone: Phone, proved_at: datetime | None) -> None:
    """Let a person sign in with this number, in place of any other. Raises PhoneTaken, with nothing changed."""
    others = SignInPhone.objects.filter(fingerprint__in=phone.fingerprints()).exclude(person=person)
    values = {
        "sealed": phone.sealed_for(f"person {person.pk}"),
        "fingerprint": phone.fingerprint(),
        "last_three": phone.last_three,
        "proved_at": proved_at,
        "since": timezone.now(),
    }
    try:
        with transaction.atomic():
            if others.exists():
                raise PhoneTaken
            SignInPhone.objects.update_or_create(person=person, defaults=values)
    except IntegrityError as reason:
        raise PhoneTaken from reason


@transaction.atomic
def reseal(row: SignInPhone) -> bool:
    """Encrypt one number with the newest key; return False where it is already. Raises sealing.CannotBeOpened."""
    current = SignInPhone.objects.select_for_update().get(pk=row.pk)
    sealed, mark = Phone.resealed(current.sealed, whom=f"person {current.person_id}")
    if (sealed, mark) == (current.sealed, current.fingerprint):
        return False
    current.sealed, current.fingerprint = sealed, mark
    current.save(update_fields=["sealed", "fingerprint"])
    return True
