"""Owners' phones and shops at the same moment: the shops' rows are locked first, then the person, then the change."""

import re
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from streets.claims import ownership
from streets.claims.claiming import confirm
from streets.claims.disputes import close_dispute
from streets.members import membership
from streets.models import Claim, MemberRole, Shop
from tests.factories import ShopPageFactory
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_claim, a_member, a_person
from tests.streets.test_owners_phones import asked
from wardmark.accounts import phone_changes
from wardmark.accounts.models import User
from wardmark.accounts.phones import Phone
from wardmark.base.personal_data import erase_everywhere

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
# Locked or written: whichever comes first holds the row until the end of the transaction.
HOLDS = re.compile(
    r'(?:UPDATE "(?P<written>\w+)")|(?:SELECT .* FROM "(?P<locked>\w+)".* FOR (?:NO KEY )?UPDATE)'
    r'|(?:INSERT INTO "(?P<new>\w+)")',
    re.S,
)
ORDER = ["streets_shop", "accounts_user", "accounts_phonechange"]


def done(change, officer):
    phone_changes.approve(change=change, by=officer)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        phone_changes.apply_due()


ENDS = {
    "approved": lambda change, officer: phone_changes.approve(change=change, by=officer),
    "refused": lambda change, officer: phone_changes.refuse(change=change, by=officer, why="Không đúng người."),
    "cancelled": lambda change, officer: phone_changes.cancel(change=change, by=change.person),
    "erased": lambda change, officer: erase_everywhere(Phone.written(SECOND).number, by=officer),
    "done": done,
}


def holding(queries) -> list[re.Match]:
    """Return the statements that hold rows of our tables."""
    found = [HOLDS.match(query["sql"]) for query in queries]
    return [match for match in found if match and (match["written"] or match["locked"] or match["new"]) in ORDER]


def held(queries) -> list[str]:
    """Return our tables whose rows were held, in the order in which that began."""
    return list(dict.fromkeys(match["written"] or match["locked"] or match["new"] for match in holding(queries)))


@pytest.fixture
def owner(shop):
    person = a_person(FIRST)
    a_member(shop.shop, person)
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("end", ENDS)
def test_whatever_becomes_of_a_change_the_shop_is_locked_before_it(end, owner, editor):
    change = asked(owner)
    with CaptureQueriesContext(connection) as queries:
        ENDS[end](change, editor)
    assert held(queries) == ORDER


@pytest.mark.django_db
def test_asked_for_it_waits_for_the_shop_first(owner):
    with CaptureQueriesContext(connection) as queries:
        asked(owner)
    assert held(queries) == ORDER


@pytest.mark.django_db
def test_erasing_a_number_locks_all_shops_it_is_about_before_anything_else(shop, owner, street, editor):
    other = ShopPageFactory(parent=street).shop
    claim = a_claim(other, editor, a_person(THIRD))
    Claim.objects.filter(pk=claim.pk).update(phone_mark=asked(owner).fingerprint)
    with CaptureQueriesContext(connection) as queries:
        assert erase_everywhere(Phone.written(SECOND).number, by=editor) == 2
    keys = re.search(r" IN \(([\d, ]+)\)", holding(queries)[0].string)[1]
    assert {int(key) for key in keys.split(",")} == {shop.shop_id, other.pk}
    assert held(queries) == ORDER


class TestPeopleOfOneDecision:
    """Whoever comes and whoever goes are locked in one order: in another shop it may be the other way round."""

    @pytest.fixture
    def helper(self, shop):
        helper = a_person(SECOND)
        a_member(shop.shop, helper, MemberRole.MANAGER)
        return helper

    @pytest.fixture
    def newcomer(self, ward):
        return a_person(THIRD)

    def by_dispute(self, shop, owner, helper, newcomer, editor, second_officer):
        a_claim(shop, editor, newcomer)
        later = timezone.now() + timedelta(hours=24)
        return partial(
            close_dispute, dispute=shop.disputes.get(), by=second_officer, keeper=newcomer, why="Đúng chủ", now=later
        )

    def by_a_claim(self, shop, owner, helper, newcomer, editor, second_officer):
        User.objects.filter(pk=owner.pk).update(is_active=False)
        return partial(confirm, claim=a_claim(shop, editor, newcomer), by=second_officer, now=timezone.now())

    def by_an_ownership_change(self, shop, owner, helper, newcomer, editor, second_officer):
        a_member(shop, newcomer, MemberRole.STAFF)
        people = {"old_owner": membership(owner, shop), "new_owner": membership(newcomer, shop)}
        change = ownership.ask(**people, by=owner, now=timezone.now() - timedelta(hours=25))
        return partial(ownership.approve, change=change, by=editor, now=timezone.now())

    @pytest.mark.django_db
    @pytest.mark.parametrize("decision", ["by_dispute", "by_a_claim", "by_an_ownership_change"])
    def test_are_locked_in_one_order(self, decision, shop, newcomer, owner, helper, editor, second_officer):
        decide = getattr(self, decision)(shop.shop, owner, helper, newcomer, editor, second_officer)
        with CaptureQueriesContext(connection) as queries:
            decide()
        first = next(match.string for match in holding(queries) if match["locked"] == "accounts_user")
        concerned = {owner.pk, newcomer.pk} | (set() if decision == "by_an_ownership_change" else {helper.pk})
        assert {int(key) for key in re.search(r" IN \(([\d, ]+)\)", first)[1].split(",")} == concerned
        assert re.search(
            r'SELECT "accounts_user"."id" .* ORDER BY (1|"accounts_user"."id") ASC FOR NO KEY UPDATE', first
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["the phone", "the shop"])
def test_of_an_owner_made_while_another_phone_is_asked_for_the_code_is_hidden(first, shop, account):
    """Whichever comes first, the other sees it: neither may look before the one at work is done."""
    person = a_person(FIRST)

    def ask():
        asked(person)

    def make_owner():
        a_member(shop.shop, person)

    def apart(act):
        try:
            act()
        finally:
            connection.close()

    now, then = (ask, make_owner) if first == "the phone" else (make_owner, ask)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            now()
            later = pool.submit(apart, then)
            wait([later], timeout=2)
        later.result()
    assert Shop.objects.get(pk=shop.shop_id).active_account is None
