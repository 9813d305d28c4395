"""“Right name / other name”: what payers say with one tap, and what two who saw another name bring about.

Nobody is asked who they are. Two people are told from one by a hash of address and browser with a salt of the day. The
salt stands only in the shared cache and is dropped, as are the hashes: docs/decisions/0026-name-mismatches.md.
"""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from streets.models import NameCount, NameMismatch, NameVerdict, PaymentAccount, PaymentEventKind, Shop
from streets.payments import suspend
from streets.suspension_mail import tell_officers
from wardmark.base.languages import source_language

# Two people within so long suspend a card.
WITHIN = timedelta(hours=24)
# As long as a mismatch may still be compared with one of the day before.
_SALT_KEPT = timedelta(hours=49)
# From one network, so many shops' cards may be suspended by it alone in that time: a flood is no second person.
MOST_SHOPS_FROM_ONE_PLACE = 2
# So many may say something of one account in a minute and be counted; each process counts for itself.
MOST_PER_MINUTE = 20


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who taps, as far as a request tells; never stored, never shown."""

    address: str
    browser: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Visitor":
        return cls(address_of(request), request.headers.get("User-Agent", "")[:400])

    def hashed(self, day: date) -> tuple[str, str]:
        """Return this visitor and the network, as they are hashed on that day."""
        salt = _salt(day)
        return _hash(salt, f"{self.address}|{self.browser}"), _hash(salt, self.address)


def address_of(request: HttpRequest) -> str:
    """Return the visitor's network address; of IPv6 the half that a household has, for the other half changes daily."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # The last one was written by our own proxy, those before it by anybody.
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)


def say_name(*, account: PaymentAccount, verdict: NameVerdict, visitor: Visitor) -> bool:
    """Count what a payer said; suspend the account where a second, independent one saw another name within 24 hours.

    Return False, with nothing written, beyond so many a minute or where the account is not active any more. Safe
    against two at once: the second waits for the first, and finds it suspended.
    """
    minute = int(timezone.now().timestamp()) // 60
    free = (cache.add(f"name-{account.pk}-{verdict}-{minute}-{n}", True, 60) for n in range(MOST_PER_MINUTE))
    if not any(free):
        return False
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=account.shop_id)
        account = PaymentAccount.objects.select_related("shop").get(pk=account.pk)
        if not account.is_active:
            return False
        if verdict == NameVerdict.SAME:
            NameCount.objects.count_one(account=account, verdict=verdict)
            return True
        return _note_mismatch(account, visitor)


def forget_old() -> None:
    """Forget who saw another name more than 24 hours ago; the counts stay. A chore of the worker."""
    NameMismatch.objects.filter(at__lt=timezone.now() - WITHIN).delete()


def _note_mismatch(account: PaymentAccount, visitor: Visitor) -> bool:
    now, today = timezone.now(), timezone.localdate()
    # Since it was suspended and looked at, only what is said afterwards counts.
    looked_at = account.events.filter(kind__in=(PaymentEventKind.ACTIVATED, PaymentEventKind.RESUMED))
    since = max(now - WITHIN, *looked_at.values_list("at", flat=True))
    before = list(account.mismatches.filter(at__gt=since))
    if any(one.person == visitor.hashed(one.day)[0] for one in before):
        return True
    person, place = visitor.hashed(today)
    NameMismatch.objects.create(account=account, at=now, day=today, person=person, place=place)
    NameCount.objects.count_one(account=account, verdict=NameVerdict.OTHER)
    others = [one for one in before if one.place != visitor.hashed(one.day)[1]]
    if others or (before and not _is_flooding(account, visitor)):
        with override(source_language()):
            why = _("Two payers independently saw another name within 24 hours.")
        suspend(account=account, by=None, why=why)
        transaction.on_commit(partial(tell_officers.enqueue, account.pk), robust=True)
    return True


def _is_flooding(account: PaymentAccount, visitor: Visitor) -> bool:
    """Say whether this network saw other names at more shops than anybody pays at in a day."""
    lately = NameMismatch.objects.filter(at__gte=timezone.now() - WITHIN).exclude(account=account)
    marks = {day: visitor.hashed(day)[1] for day in lately.values_list("day", flat=True).distinct()}
    shops = {one.account_id for one in lately if one.place == marks[one.day]}
    return len(shops) >= MOST_SHOPS_FROM_ONE_PLACE


def _salt(day: date) -> bytes:
    """Return the salt of a day, the same for all processes; one that was dropped never comes back."""
    shared, key = caches["shared"], f"name-salt-{day:%Y%m%d}"
    shared.add(key, secrets.token_bytes(32), timeout=int(_SALT_KEPT.total_seconds()))
    return shared.get(key) or secrets.token_bytes(32)


def _hash(salt: bytes, words: str) -> str:
    return hmac.new(salt, words.encode(), hashlib.sha256).hexdigest()[:32]
