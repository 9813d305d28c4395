"""Guessing passwords: few tries with one name from one network, more for all names from it, and for one account.

A network's few tries are counted by what was typed, not by whose it is: else wrong ones with a user name would tell, by
the lock, whether a number belongs to the same account.

Whoever guesses at somebody's password from elsewhere locks that network alone out: the person still gets in from home.
Who guesses from many networks meets a ceiling for the account, which no network counts towards or minds from which its
password was typed right within a day, nor a session that began there. One network alone cannot fill it: with one name
it has a third of the ceiling's tries. Passkeys and codes by message never come here: they stay open.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from wardmark.accounts import phones, throttling
from wardmark.accounts.models import User
from wardmark.accounts.networks import network_of
from wardmark.accounts.people import person_named
from wardmark.accounts.throttling import Limit

_NAME, _NETWORK = "sign-in to an account", "sign-in from a network"
_EVERYWHERE, _KNOWN = "sign-in from anywhere", "right sign-in from a network"
LOCKED_FOR = timedelta(minutes=15)
PER_NAME = Limit(5, LOCKED_FOR)
# A carrier's or an office's whole street may share one address.
PER_NETWORK = Limit(60, LOCKED_FOR)
# From all networks together: 120 guesses a day, where a botnet could have had thousands.
PER_ACCOUNT_EVERYWHERE = Limit(30, timedelta(hours=6))
# Somebody has two names at most, a number and a user name.
PER_NAME_LONGER = Limit(PER_ACCOUNT_EVERYWHERE.most // 3, PER_ACCOUNT_EVERYWHERE.within)
_ONCE_A_DAY = Limit(1, timedelta(days=1))

# What a known network takes of the account's ceiling; giving it back does nothing.
_NO_PLACE = 0
Places = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a try counts for: `name` is what was typed, in one spelling; `account` is the same for all of a person's."""

    name: str
    account: str


def whose(person: User | None, typed: str) -> Whose:
    """Return whom a try counts for. A name that is nobody's is told from no other by it."""
    phone = phones.read(typed)
    # As the account is looked for: else one account had a count for each spelling.
    name = f"name {phone.number if phone else User.normalize_username(typed.strip()).casefold()}"
    return Whose(name, f"person {person.pk}" if person else name)


def begin(request: HttpRequest | None, tried: Whose, *, is_at_home: bool = False) -> Places | None:
    """Take a place for one try; None where the name from here, the account from everywhere or the network has none.

    `is_at_home` for somebody who is signed in to this account and was so from this network: it counts as known.
    """
    network = network_of(request)
    if (first := throttling.take(_NAME, f"{tried.name} from {network}", PER_NAME, PER_NAME_LONGER)) is None:
        return None
    if (second := throttling.take(_NETWORK, network, PER_NETWORK)) is None:
        throttling.give_back(first)
        return None
    if is_at_home or _is_known(tried, network):
        return first, second, _NO_PLACE
    if (third := throttling.take(_EVERYWHERE, tried.account, PER_ACCOUNT_EVERYWHERE)) is None:
        throttling.give_back(first)
        throttling.give_back(second)
        return None
    return first, second, third


def succeeded(request: HttpRequest | None, tried: Whose, places: Places) -> None:
    """Forget the wrong tries with this name before the right one; those of others from this network stay."""
    network = network_of(request)
    throttling.forget(_NAME, f"{tried.name} from {network}")
    for place in places[1:]:
        throttling.give_back(place)
    here = f"{tried.account} from {network}"
    throttling.forget(_KNOWN, here)
    throttling.take(_KNOWN, here)


def is_locked(request: HttpRequest, typed: str) -> bool:
    """Say whether the next try would be refused, whatever the password."""
    tried, network = whose(person_named(typed), typed), network_of(request)
    return (
        throttling.is_full(_NAME, f"{tried.name} from {network}", PER_NAME, PER_NAME_LONGER)
        or throttling.is_full(_NETWORK, network, PER_NETWORK)
        or (not _is_known(tried, network) and throttling.is_full(_EVERYWHERE, tried.account, PER_ACCOUNT_EVERYWHERE))
    )


def _is_known(tried: Whose, network: str) -> bool:
    """Say whether the right password of this account was typed from this network within a day."""
    return throttling.is_full(_KNOWN, f"{tried.account} from {network}", _ONCE_A_DAY)
