"""What accounts keep sealed: numbers people sign in with, and those that shall take their place."""

from collections.abc import Iterator
from functools import partial

from wardmark.accounts import phone_changes, phones
from wardmark.accounts.models import PhoneChange, SignInPhone
from wardmark.base.resealing import Sealed


def sealed() -> Iterator[Sealed]:
    for row in list(SignInPhone.objects.order_by("pk")):
        yield Sealed(f"sign-in phone of user {row.person_id}", partial(phones.reseal, row))
    for change in list(PhoneChange.objects.exclude(sealed="").order_by("pk")):
        yield Sealed(f"phone change {change.key}", partial(phone_changes.reseal, change))
