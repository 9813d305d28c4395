"""Guessing passwords: few tries for one account from one network, more for all accounts from it, and for one account.

Whoever guesses at somebody's password from elsewhere locks that network alone out: the person still gets in from home.
Who guesses from many networks meets a ceiling for the account, which no network counts towards or minds from which its
password was typed right within a day. Passkeys and codes by message never come here: they stay open.
"""

from datetime import timedelta

from django.http import HttpRequest

from wardmark.accounts import phones, throttling
from wardmark.accounts.models import User
from wardmark.accounts.networks import network_of
from wardmark.accounts.people import person_named
from wardmark.accounts.throttling import Limit

_ACCOUNT, _NETWORK = "sign-in to an account", "sign-in from a network"
_EVERYWHERE, _KNOWN = "sign-in from anywhere", "right sign-in from a network"
LOCKED_FOR = timedelta(minutes=15)
PER_ACCOUNT = Limit(5, LOCKED_FOR)
# A carrier's or an office's whole street may share one address.
PER_NETWORK = Limit(60, LOCKED_FOR)
# From all networks together: 120 guesses a day, where a botnet could have had thousands.
PER_ACCOUNT_EVERYWHERE = Limit(30, timedelta(hours=6))
_ONCE_A_DAY = Limit(1, timedelta(days=1))

# What a known network takes of the account's ceiling; giving it back does nothing.
_NO_PLACE = 0
Places = tuple[int, int, int]


def whose(person: User | None, typed: str) -> str:
    """Return whom a try counts for: the account, by whichever of its names, else what was typed."""
    if person:
        return f"person {person.pk}"
    # A number that is nobody's in all its spellings as well: else a lock would tell which numbers are somebody's.
    phone = phones.read(typed)
    return f"name {phone.number if phone else typed.strip().casefold()}"


def begin(request: HttpRequest | None, account: str) -> Places | None:
    """Take a place for one try; None where the account, from here or from everywhere, or the network has none left."""
    network = network_of(request)
    if (first := throttling.take(_ACCOUNT, f"{account} from {network}", PER_ACCOUNT)) is None:
        return None
    if (second := throttling.take(_NETWORK, network, PER_NETWORK)) is None:
        throttling.give_back(first)
        return None
    if _is_known(account, network):
        return first, second, _NO_PLACE
    if (third := throttling.take(_EVERYWHERE, account, PER_ACCOUNT_EVERYWHERE)) is None:
        throttling.give_back(first)
        throttling.give_back(second)
        return None
    return first, second, third


def succeeded(request: HttpRequest | None, account: str, places: Places) -> None:
    """Forget the wrong tries before the right one; those of others from this network stay."""
    here = f"{account} from {network_of(request)}"
    throttling.forget(_ACCOUNT, here)
    for place in places[1:]:
        throttling.give_back(place)
    throttling.forget(_KNOWN, here)
    throttling.take(_KNOWN, here)


def is_locked(request: HttpRequest, typed: str) -> bool:
    """Say whether the next try would be refused, whatever the password."""
    account, network = whose(person_named(typed), typed), network_of(request)
    return (
        throttling.is_full(_ACCOUNT, f"{account} from {network}", PER_ACCOUNT)
        or throttling.is_full(_NETWORK, network, PER_NETWORK)
        or (not _is_known(account, network) and throttling.is_full(_EVERYWHERE, account, PER_ACCOUNT_EVERYWHERE))
    )


def _is_known(account: str, network: str) -> bool:
    """Say whether the right password of this account was typed from this network within a day."""
    return throttling.is_full(_KNOWN, f"{account} from {network}", _ONCE_A_DAY)
