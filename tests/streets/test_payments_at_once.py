"""Payers, officers and visitors at the same moment, with real commits."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import time_machine
from django.db import connection

from streets.models import NameVerdict, PaymentAccount, Shop
from streets.name_reports import say_name
from streets.payments import WAIT, NotPossible, approve, refuse, settle
from tests.streets.accounts import requested
from wardmark.base.passers_by import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_who_see_another_name_at_once_suspend_once(account):
    def say(number: int) -> None:
        try:
            own = PaymentAccount.objects.get(pk=account.pk)
            say_name(account=own, verdict=NameVerdict.OTHER, visitor=Visitor(f"203.0.113.{number}", "Chrome"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, range(4)))
    account.refresh_from_db()
    assert account.state == "suspended"
    assert account.events.filter(kind="suspended").count() == 1
    assert account.mismatches.count() == 2


def at_once(*calls) -> list:
    """Do all at the same moment, each with a connection of its own; return what each returned or raised."""

    def one(call):
        try:
            return call()
        except NotPossible as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_of_two_approvals_at_once_one_counts(shop, editor, second_officer, django_user_model):
    third = django_user_model.objects.create_user("bientap3")
    account = requested(shop.shop, editor)
    answers = at_once(
        *(
            partial(approve, account=PaymentAccount.objects.get(pk=account.pk), by=officer)
            for officer in (second_officer, third)
        )
    )
    assert sum(isinstance(answer, NotPossible) for answer in answers) == 1
    assert account.events.filter(kind="approved").count() == 1


def test_an_approval_and_a_refusal_at_once_leave_one_of_the_two(shop, editor, second_officer):
    account = requested(shop.shop, editor)
    own, other = (PaymentAccount.objects.get(pk=account.pk) for _ in range(2))
    at_once(partial(approve, account=own, by=second_officer), partial(refuse, account=other, by=editor, why=""))
    account.refresh_from_db()
    assert account.state == "revoked"
    assert Shop.objects.get(pk=shop.shop.pk).payment_changes_at is None


def test_many_looks_at_once_activate_it_once(shop, editor, second_officer):
    account = requested(shop.shop, editor)
    approve(account=account, by=second_officer)
    with time_machine.travel(account.requested_at + WAIT, tick=False):
        looked_at = [Shop.objects.get(pk=shop.shop.pk) for _ in range(4)]
        at_once(*(partial(settle, one) for one in looked_at))
    assert account.events.filter(kind="activated").count() == 1
    assert Shop.objects.get(pk=shop.shop.pk).active_account == account
