"""What this app holds about a telephone number, for whoever answers a data-subject request, and its erasure.

Named by dotted path in settings by the app that answers; numbers come as people write them.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wardmark.accounts import phone_proof
from wardmark.accounts.models import PhoneChange, PhoneChangeState, SignInPhone
from wardmark.accounts.phones import Phone
from wardmark.base.people import person_name


def held_about_phone(phone: str) -> list[str]:
    """Return a line for each thing that is held about a number; empty for a number nobody gave, or for none."""
    number = _read(phone)
    if number is None:
        return []
    row = SignInPhone.objects.filter(fingerprint__in=number.fingerprints()).select_related("person").first()
    lines = []
    if row:
        name = person_name(row.person)
        since = date_format(localtime(row.since), "SHORT_DATE_FORMAT")
        lines.append(_("Account: %(name)s signs in with it since %(day)s.") % {"name": name, "day": since})
    for change in PhoneChange.objects.filter(fingerprint__in=number.fingerprints()).select_related("person"):
        day = date_format(localtime(change.requested_at), "SHORT_DATE_FORMAT")
        lines.append(_("Account: to be the new sign-in number, asked for on %(day)s.") % {"day": day})
    return lines


@transaction.atomic
def erase_phone(phone: str) -> int:
    """Erase a number from here and return how many rows had it.

    Whoever signed in with it comes in by passkey or user name alone from now on; a change to it ends.
    """
    number = _read(phone)
    if number is None:
        return 0
    erased = SignInPhone.objects.filter(fingerprint__in=number.fingerprints()).delete()[0]
    erased += PhoneChange.objects.filter(fingerprint__in=number.fingerprints()).update(
        state=PhoneChangeState.CANCELLED, sealed="", fingerprint="", last_three=""
    )
    return erased + phone_proof.forget_number(number)


def _read(phone: str) -> Phone | None:
    try:
        return Phone.written(phone)
    except ValidationError:
        return None
