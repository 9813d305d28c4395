"""What the ward holds under a telephone number, asked of whichever apps hold something.

`settings.PERSONAL_DATA_HOLDERS` names them by dotted path, so that no app need know another. Each holder compares
fingerprints: nothing is opened to be searched.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.functional import Promise
from django.utils.module_loading import import_string


def _nobody(user: AbstractBaseUser) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Held:
    """One record under a number: what it is, without the data itself, and where officers read it.

    `may_follow` says of a person whether that place is open to them; who answers requests often has no other right.
    """

    what: str
    since: datetime
    url: str = ""
    # Why it stays when everything else is erased; empty for what is erased.
    kept_because: str | Promise = ""
    may_follow: Callable[[AbstractBaseUser], bool] = _nobody
    # The data itself, for whoever may not read it in its place.
    contents: str = ""

    def url_for(self, user: AbstractBaseUser) -> str:
        """Return where this person reads it; "" where the place is not open to them."""
        return self.url if self.url and self.may_follow(user) else ""


class Holder(ABC):
    """A part of the site that keeps telephone numbers."""

    @abstractmethod
    def held(self, phone: str) -> list[Held]:
        """Return what is held under a number in its kept form (`national_phones.normalised`)."""

    @abstractmethod
    def withdraw(self, phone: str, *, by: AbstractBaseUser) -> int:
        """Forget the number alone wherever consent was why it is held; return at how many records."""

    @abstractmethod
    def erase(self, phone: str, *, by: AbstractBaseUser) -> int:
        """Forget the number and what its holder wrote and sent with it; return at how many records."""


def holders() -> Iterator[Holder]:
    for name in settings.PERSONAL_DATA_HOLDERS:
        yield import_string(name)()


def held_under(phone: str) -> list[Held]:
    """Return all that is held under a number, the latest first."""
    return sorted((held for holder in holders() for held in holder.held(phone)), key=lambda held: held.since)[::-1]


@transaction.atomic
def withdraw_everywhere(phone: str, *, by: AbstractBaseUser) -> int:
    """Forget a number wherever consent was why it is held: everywhere or nowhere. Return at how many records."""
    return sum(holder.withdraw(phone, by=by) for holder in holders())


@transaction.atomic
def erase_everywhere(phone: str, *, by: AbstractBaseUser) -> int:
    """Forget a number and what was sent with it: everywhere or nowhere. Return at how many records."""
    return sum(holder.erase(phone, by=by) for holder in holders())
