"""Proving that somebody holds a telephone: a code is sent to it and typed back.

    phone_proof.begin(phone=phone, purpose="claim", request=request)
    ...
    if phone_proof.check(phone=phone, purpose="claim", code=typed): ...

A code has 6 digits, lives 5 minutes, may be tried 5 times and is good once, for the number and the purpose it was sent
for. Only the newest for both counts. Nothing of it can be read in the database.
"""

import hmac
import secrets
from datetime import timedelta

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from wardmark.accounts import messages, throttling
from wardmark.accounts.models import OneTimeCode
from wardmark.accounts.networks import network_of
from wardmark.accounts.phones import Phone
from wardmark.accounts.throttling import Limit
from wardmark.base.models import WardSettings
from wardmark.base.sealing import fingerprint, fingerprints

DIGITS = 6
LASTS = timedelta(minutes=5)
TRIES = 5
# Messages to one number: a person asks again once or twice; each costs the ward money.
PER_NUMBER = (Limit(3, timedelta(minutes=10)), Limit(10, timedelta(hours=24)))
# From one network, where many people may share an address of their carrier's.
PER_NETWORK = (Limit(20, timedelta(hours=1)), Limit(100, timedelta(hours=24)))


class CannotBegin(Exception):
    """No code was sent; `message` says why, for the person who waits."""

    message = gettext_lazy("No code can be sent just now.")


class TooOften(CannotBegin):
    message = gettext_lazy("Several codes were sent already. Please use the last one, or try again in a while.")


class NoGateway(CannotBegin):
    message = gettext_lazy("This site sends no messages. Please ask the ward’s officers.")


class NotDelivered(CannotBegin):
    message = gettext_lazy("The message could not be sent just now. Please try again in a minute.")


def begin(*, phone: Phone, purpose: str, request: HttpRequest | None) -> None:
    """Send a code to a number, in the reader's language; an earlier code for this purpose ends.

    Raises CannotBegin: NoGateway, TooOften (the number's or the network's messages are used up) or NotDelivered.
    """
    code = _new_code(phone, purpose, request)
    try:
        messages.send(phone=phone.number, text=_text(code))
    except messages.NotSent as reason:
        messages.logger.error("A code could not be sent: %s", reason.cause)
        raise NotDelivered from reason


def begin_unseen(*, phone: Phone, purpose: str, request: HttpRequest | None, is_known: bool) -> None:
    """Begin where a stranger must not learn whether a number belongs to somebody: an unknown one gets no message.

    All else is the same for both, the limits among it. Raises NoGateway and TooOften.
    """
    text = _text(_new_code(phone, purpose, request))
    if is_known:
        messages.send_unseen(phone=phone.number, text=text)


def check(*, phone: Phone, purpose: str, code: str) -> bool:
    """Say whether this is the code that was sent; a right one is used up by it, a wrong one costs a try.

    False alike for wrong, expired, used, tried too often and never sent. It raises nothing, so that no rolled back
    transaction gives a try back; call it outside of one all the same.
    """
    typed = "".join(letter for letter in code if not letter.isspace())
    now = timezone.now()
    mine = OneTimeCode.objects.filter(
        phone_mark__in=_phone_marks(phone), purpose=purpose, ended_at=None, made_at__gt=now - LASTS
    )
    sent = mine.order_by("-made_at", "-pk").first()
    if sent is None:
        return False
    one = OneTimeCode.objects.filter(pk=sent.pk, ended_at=None)
    # In the database itself, so that many at once have no more tries than one after the other.
    if not one.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return False
    words = f"{sent.salt}|{purpose}|{phone.number}|{typed}"
    if not any(hmac.compare_digest(sent.code_mark, mark) for mark in fingerprints(words, purpose="one-time code")):
        return False
    return one.update(ended_at=now) == 1


def forget_old() -> None:
    """Drop codes of more than a day ago. A chore of the worker."""
    OneTimeCode.objects.filter(made_at__lt=timezone.now() - timedelta(days=1)).delete()


def forget_number(phone: Phone) -> int:
    """Drop all codes sent to a number; return how many."""
    return OneTimeCode.objects.filter(phone_mark__in=_phone_marks(phone)).delete()[0]


def _new_code(phone: Phone, purpose: str, request: HttpRequest | None) -> str:
    if not messages.is_configured():
        raise NoGateway
    network = network_of(request)
    place = throttling.take("codes to a network", network, *PER_NETWORK) if network else 0
    if place is None:
        raise TooOften
    if throttling.take("codes to a number", phone.number, *PER_NUMBER) is None:
        throttling.give_back(place)
        raise TooOften
    now, salt = timezone.now(), secrets.token_hex(16)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    OneTimeCode.objects.filter(phone_mark__in=_phone_marks(phone), purpose=purpose, ended_at=None).update(ended_at=now)
    OneTimeCode.objects.create(
        purpose=purpose,
        phone_mark=_phone_marks(phone)[0],
        salt=salt,
        code_mark=fingerprint(f"{salt}|{purpose}|{phone.number}|{code}", purpose="one-time code"),
        made_at=now,
    )
    return code


def _phone_marks(phone: Phone) -> list[str]:
    return fingerprints(phone.number, purpose="phone of a one-time code")


def _text(code: str) -> str:
    return _(
        "%(site)s: your code is %(code)s. It is good for 5 minutes. Nobody from the ward will ever ask for it."
    ) % {
        "site": site_name(),
        "code": code,
    }


def site_name() -> str:
    """Return what the ward is called in the active language, for the first words of a message."""
    ward = WardSettings.worded(Site.objects.filter(is_default_site=True).first())
    return (ward.wording.name if ward and ward.wording else "") or "Wardmark"
