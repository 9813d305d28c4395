"""Guessing passwords: few tries for one account from one network, more for all accounts from it.

Whoever guesses at somebody's password from elsewhere locks that network alone out: the person still gets in from home.
"""

from datetime import timedelta

from django.http import HttpRequest

from wardmark.accounts import phones, throttling
from wardmark.accounts.models import User
from wardmark.accounts.networks import network_of
from wardmark.accounts.people import person_named
from wardmark.accounts.throttling import Limit

_ACCOUNT, _NETWORK = "sign-in to an account", "sign-in from a network"
LOCKED_FOR = timedelta(minutes=15)
PER_ACCOUNT = Limit(5, LOCKED_FOR)
# A carrier's or an office's whole street may share one address.
PER_NETWORK = Limit(60, LOCKED_FOR)


def whose(person: User | None, typed: str) -> str:
    """Return whom a try counts for: the account, by whichever of its names, else what was typed."""
    if person:
        return f"person {person.pk}"
    # A number that is nobody's in all its spellings as well: else a lock would tell which numbers are somebody's.
    phone = phones.read(typed)
    return f"name {phone.number if phone else typed.strip().casefold()}"


def begin(request: HttpRequest | None, account: str) -> tuple[int, int] | None:
    """Take a place for one try; None where this account from this network, or the network, has none left."""
    network = network_of(request)
    if (first := throttling.take(_ACCOUNT, f"{account} from {network}", PER_ACCOUNT)) is None:
        return None
    if (second := throttling.take(_NETWORK, network, PER_NETWORK)) is None:
        throttling.give_back(first)
        return None
    return first, second


def succeeded(request: HttpRequest | None, account: str, places: tuple[int, int]) -> None:
    """Forget the wrong tries before the right one; those of others from this network stay."""
    throttling.forget(_ACCOUNT, f"{account} from {network_of(request)}")
    throttling.give_back(places[1])


def is_locked(request: HttpRequest, typed: str) -> bool:
    """Say whether the next try would be refused, whatever the password."""
    account, network = whose(person_named(typed), typed), network_of(request)
    return throttling.is_full(_ACCOUNT, f"{account} from {network}", PER_ACCOUNT) or throttling.is_full(
        _NETWORK, network, PER_NETWORK
    )
