"""What accounts hold under a telephone number, for requests about personal data."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wardmark.accounts import phone_changes, phone_proof
from wardmark.accounts.models import PhoneChange, SignInPhone
from wardmark.accounts.phones import Phone
from wardmark.base.personal_data import Held, Holder


class HeldInAccounts(Holder):
    """Numbers people sign in with, those that shall take their place, and codes that were sent.

    The number of an open account stays: without it somebody might be locked out for good, and with it who keeps a shop.
    """

    def held(self, phone: str) -> list[Held]:
        number = Phone(phone)
        kept_because = _("It is changed by its holder, signed in, or goes when their account is closed.")
        return [
            *(
                Held(
                    what=_("A person signs in with this number."),
                    since=row.since,
                    kept_because=kept_because if row.person.is_active else "",
                )
                for row in _signing_in(number).select_related("person")
            ),
            *(
                Held(what=_("Somebody wants to sign in with this number from now on."), since=change.requested_at)
                for change in _wanted(number)
            ),
        ]

    def withdraw(self, phone: str, *, by: AbstractBaseUser) -> int:
        return self.erase(phone, by=by)

    @transaction.atomic
    def erase(self, phone: str, *, by: AbstractBaseUser) -> int:
        number = Phone(phone)
        erased = _signing_in(number).filter(person__is_active=False).delete()[0]
        for change in _wanted(number):
            erased += phone_changes.end_for_holder(change=change, by=by)
        # Nothing is said of the codes: they are fingerprints of a day.
        phone_proof.forget_number(number)
        return erased


def _signing_in(number: Phone) -> QuerySet[SignInPhone]:
    return SignInPhone.objects.filter(fingerprint__in=number.fingerprints())


def _wanted(number: Phone) -> QuerySet[PhoneChange]:
    return PhoneChange.objects.filter(fingerprint__in=number.fingerprints())
