"""Telling two passers-by from one, and one from a flood, without knowing or keeping who any of them is.

A visitor is told by a hash of address and browser with a salt of the day. The salt stands only in the shared cache and
is dropped (from files by the chore `cache.remove_expired`), so that no hash can be traced back afterwards, nor made
again.
"""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone

# As long as something of a day may still be compared with something of the day before.
_SALT_KEPT = timedelta(hours=49)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who taps or writes, as far as a request tells; never stored, never shown."""

    address: str
    browser: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Visitor":
        return cls(address_of(request), request.headers.get("User-Agent", "")[:400])

    def hashed(self, day: date, *, purpose: str) -> tuple[str, str]:
        """Return this visitor and the network, as they are hashed on that day for that purpose."""
        salt = _salt(day, purpose)
        return _hash(salt, f"{self.address}|{self.browser}"), _hash(salt, self.address)


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be done in a period: by one visitor, and from one network, which many may share."""

    purpose: str
    per: timedelta
    by_visitor: int
    from_network: int

    def takes(self, visitor: Visitor) -> bool:
        """Count once more, or return False with nothing counted; of however many at once no more than may.

        Of a network that is refused no visitor is counted: under ever new names, one could leave any number of counts.
        """
        seconds = int(self.per.total_seconds())
        now = int(timezone.now().timestamp())
        # The day of the period's beginning: a salt that changes within it would begin the count anew.
        begin = now // seconds * seconds
        day = timezone.localtime(timezone.now() - timedelta(seconds=now - begin)).date()
        left = begin + seconds - now
        person, place = visitor.hashed(day, purpose=self.purpose)
        most = {
            f"{self.purpose}-network-{place}-{begin}": self.from_network,
            f"{self.purpose}-{person}-{begin}": self.by_visitor,
        }
        counted: list[str] = []
        for key, at_most in most.items():
            counted.append(key)
            if _count(key, 1, left) > at_most:
                for one in counted:
                    _count(one, -1, left)
                return False
        return True


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
    # Written as `::ffff:…`, all addresses of IPv4 together would be one household.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)


def _count(key: str, step: int, seconds: int) -> int:
    """Count and return how many it is now: in one step, so that two at once are told different numbers."""
    shared = caches["shared"]
    shared.add(key, 0, timeout=seconds)
    try:
        return shared.incr(key, step)
    except ValueError:
        # Its period was over between the two lines.
        return step


def _salt(day: date, purpose: str) -> bytes:
    """Return the salt of a day, the same for all processes; one that was dropped never comes back."""
    shared, key = caches["shared"], f"salt-{purpose}-{day:%Y%m%d}"
    shared.add(key, secrets.token_bytes(32), timeout=int(_SALT_KEPT.total_seconds()))
    return shared.get(key) or secrets.token_bytes(32)


def _hash(salt: bytes, words: str) -> str:
    return hmac.new(salt, words.encode(), hashlib.sha256).hexdigest()[:32]
