"""Papers and claims at the same moment, with real commits: nobody gets more than in turn, nobody a crash."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone

from streets.claims import claiming, handed_codes, history
from streets.claims.claiming import hand_in
from streets.claims.errors import CodeRefused, KeepingRefused
from streets.claims.handed_codes import try_code
from streets.models import Claim, ClaimLetter, CodeState
from streets.models.handed_codes import MOST_TRIES
from tests.streets.claims.people import a_letter

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = "ACDEFHJK"


def at_once(*calls) -> list:
    """Do all at the same moment, each with a connection of its own; return what each returned or was refused with."""

    def one(call):
        try:
            return call()
        except KeepingRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def handing_in(letter, person):
    letter = ClaimLetter.objects.select_related("shop").get(pk=letter.pk)
    return partial(
        hand_in,
        letter=letter,
        person=person,
        phone=None,
        is_phone_proved=True,
        made_account=False,
        now=timezone.now(),
    )


def mistyping(letter):
    return partial(try_code, ClaimLetter, serial=letter.serial, typed=WRONG, now=timezone.now())


def test_of_two_who_hand_in_one_letter_one_claims(shop, editor, person, stranger):
    letter = a_letter(shop, editor).letter
    results = at_once(handing_in(letter, person), handing_in(letter, stranger))
    assert sum(isinstance(result, CodeRefused) for result in results) == 1
    assert Claim.objects.count() == 1


def test_many_tries_at_once_are_no_more_than_one_after_the_other(shop, editor):
    letter = a_letter(shop, editor).letter
    at_once(*(mistyping(letter) for _ in range(MOST_TRIES + 3)))
    letter.refresh_from_db()
    assert (letter.state, letter.wrong_tries) == (CodeState.SPENT, MOST_TRIES)


def test_mistyping_a_letter_that_is_handed_in_stops_neither(shop, editor, person, monkeypatch):
    """Each waits until the other has its first lock, if the other can have it: taken crosswise they would block."""
    letter = a_letter(shop, editor).letter
    shop_is_locked, paper_is_locked = Event(), Event()

    def locked(shop):
        shop = history.locked(shop)
        shop_is_locked.set()
        paper_is_locked.wait(2)
        return shop

    def refusal_of(row, *, now):
        paper_is_locked.set()
        shop_is_locked.wait(2)

    monkeypatch.setattr(claiming, "locked", locked)
    monkeypatch.setattr(handed_codes, "refusal_of", refusal_of)
    results = at_once(mistyping(letter), handing_in(letter, person))
    assert isinstance(results[0], CodeRefused)
    assert isinstance(results[1], Claim)
