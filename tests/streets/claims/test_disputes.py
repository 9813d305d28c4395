"""Disputes: everything stands still, and nobody loses a shop by one person's decision in an hour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streets.claims.claiming import confirm, hand_in
from streets.claims.disputes import HEARING, close_dispute, open_dispute, possible_keepers
from streets.claims.errors import InDispute, NotPossible
from streets.claims.membership import invite
from streets.claims.ownership import ask
from streets.members import membership
from streets.models import AccountState, Claim, ClaimState, Dispute, MemberRole, ShopMember
from streets.payments import approve
from tests.streets.accounts import active, requested
from tests.streets.claims.people import THIRD, a_claim, a_letter, a_member, a_person
from wardmark.accounts.phones import Phone
from wardmark.base.models import remembered_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(shop, editor, owner, person) -> Dispute:
    """The editor's letter was claimed by somebody else than the owner."""
    a_claim(shop, editor, person)
    return Dispute.objects.get()


def decide(dispute, by, keeper, *, later=HEARING):
    close_dispute(dispute=dispute, by=by, keeper=keeper, why="Giấy phép đứng tên", now=timezone.now() + later)


def test_an_officer_opens_it_with_a_reason_and_once(shop, editor, owner):
    with pytest.raises(NotPossible):
        open_dispute(shop=shop, by=editor, why=" ", now=timezone.now())
    open_dispute(shop=shop, by=editor, why="Hai người cùng nhận", now=timezone.now())
    with pytest.raises(NotPossible):
        open_dispute(shop=shop, by=editor, why="Lần nữa", now=timezone.now())
    shop.refresh_from_db()
    assert shop.disputed_since


def test_opened_it_takes_in_the_claim_that_waits(shop, editor, person):
    claim = a_claim(shop, editor, person)
    open_dispute(shop=shop, by=editor, why="Hàng xóm báo", now=timezone.now())
    with pytest.raises(NotPossible):
        confirm(claim=claim, by=editor, now=timezone.now())
    claim.refresh_from_db()
    assert claim.state == ClaimState.DISPUTED


def test_while_it_is_open_nobody_is_invited_and_nothing_passes_on(shop, owner, stranger, dispute):
    helper = a_member(shop, stranger, MemberRole.STAFF)
    with pytest.raises(InDispute):
        invite(shop=shop, by=owner, phone=Phone.written(THIRD), role="staff", now=timezone.now())
    with pytest.raises(InDispute):
        ask(old_owner=membership(owner, shop), new_owner=helper, by=owner, now=timezone.now())


def test_the_owner_keeps_it_and_the_claim_is_refused_with_the_reason(shop, editor, owner, person, dispute):
    a_member(shop, helper := _somebody(), MemberRole.STAFF)
    assert possible_keepers(shop) == [owner, person]
    decide(dispute, editor, owner, later=timedelta(0))
    claim = Claim.objects.get()
    assert (claim.state, claim.reason, claim.sealed_phone) == (ClaimState.REFUSED, "Giấy phép đứng tên", "")
    assert membership(owner, shop).role == MemberRole.OWNER
    assert membership(helper, shop)
    shop.refresh_from_db()
    assert shop.disputed_since is None
    dispute.refresh_from_db()
    assert (dispute.keeper, dispute.closed_by) == (owner, editor)


def test_what_the_owner_before_had_asked_for_never_becomes_the_account(shop, second_officer, owner, person, dispute):
    account = requested(shop, owner)
    decide(dispute, second_officer, person)
    account.refresh_from_db()
    assert account.state == AccountState.REVOKED


def _somebody():
    return a_person("0900 000 009", "Bạn phụ quán")


@pytest.mark.parametrize("later", [timedelta(0), HEARING - timedelta(seconds=1)])
def test_an_owner_loses_nothing_within_a_day(shop, second_officer, owner, person, dispute, later):
    with pytest.raises(NotPossible):
        close_dispute(dispute=dispute, by=second_officer, keeper=person, why="x", now=dispute.opened_at + later)
    assert membership(owner, shop)


def test_an_owner_loses_nothing_by_who_made_the_letter(shop, editor, owner, person, dispute):
    with pytest.raises(NotPossible):
        decide(dispute, editor, person)
    assert membership(owner, shop)


def test_an_owner_loses_nothing_by_who_opened_the_dispute(shop, editor, owner):
    dispute = open_dispute(shop=shop, by=editor, why="Nghi ngờ", now=timezone.now())
    with pytest.raises(NotPossible):
        decide(dispute, editor, None)
    assert membership(owner, shop)


def test_by_another_officer_after_a_day_the_claimant_gets_it_with_nobody_of_before(
    shop, editor, second_officer, owner, person
):
    a_member(shop, helper := _somebody(), MemberRole.MANAGER)
    account = active(shop, editor, second_officer)
    a_claim(shop, editor, person)
    decide(Dispute.objects.get(), second_officer, person)
    assert membership(person, shop).role == MemberRole.OWNER
    assert membership(owner, shop) is None
    assert membership(helper, shop) is None
    assert Claim.objects.get().state == ClaimState.CONFIRMED
    # Whose account it is now must be looked at.
    account.refresh_from_db()
    assert account.state == AccountState.SUSPENDED
    shop.refresh_from_db()
    assert shop.active_account is None


def test_of_two_claims_one_is_confirmed_and_the_other_refused(shop, editor, person, stranger):
    a_claim(shop, editor, person)
    a_claim(shop, editor, stranger)
    decide(Dispute.objects.get(), editor, stranger, later=timedelta(0))
    assert membership(stranger, shop).role == MemberRole.OWNER
    assert set(Claim.objects.values_list("user__first_name", "state")) == {
        ("Chị Một", ClaimState.REFUSED),
        ("Cô Ba", ClaimState.CONFIRMED),
    }


def test_nobody_of_them_may_get_it_either(shop, editor, person, stranger):
    a_claim(shop, editor, person)
    a_claim(shop, editor, stranger)
    decide(Dispute.objects.get(), editor, None, later=timedelta(0))
    assert not shop.members.active().exists()
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.REFUSED}


def test_somebody_else_cannot_get_it(shop, editor, second_officer, stranger, dispute):
    with pytest.raises(NotPossible):
        decide(dispute, second_officer, stranger)


def test_it_is_decided_once_and_with_a_reason(shop, editor, owner, dispute):
    with pytest.raises(NotPossible):
        close_dispute(dispute=dispute, by=editor, keeper=owner, why="", now=timezone.now())
    decide(dispute, editor, owner)
    with pytest.raises(NotPossible):
        decide(dispute, editor, owner)


def test_a_letter_from_before_is_decided_with_the_dispute_not_beside_it(shop, editor, person):
    letter = a_letter(shop, editor).letter
    open_dispute(shop=shop, by=editor, why="Có người gọi điện", now=timezone.now())
    claim = hand_in(
        letter=letter, person=person, phone=None, is_phone_proved=True, made_account=False, now=timezone.now()
    )
    assert claim.state == ClaimState.DISPUTED
    with pytest.raises(NotPossible):
        confirm(claim=claim, by=editor, now=timezone.now())
    assert membership(person, shop) is None
    assert possible_keepers(shop) == [person]


class TestAClosedAccount:
    """Whoever is left out of a decision does not come back when the account is opened again."""

    @pytest.fixture(autouse=True)
    def closed(self, shop):
        person = a_person("0900 000 007", "Chủ cũ")
        a_member(shop, person)
        person.is_active = False
        person.save()
        yield person
        person.is_active = True
        person.save()
        assert membership(person, shop) is None
        assert shop.keeping_events.filter(kind="ended", about=remembered_name(person)).count() == 1

    def test_of_an_owner_before_a_claimant(self, shop, editor, person, stranger):
        a_claim(shop, editor, person)
        a_claim(shop, editor, stranger)
        decide(Dispute.objects.get(), editor, stranger)
        assert not ShopMember.objects.not_ended().exclude(user=stranger).exists()

    def test_of_an_owner_beside_one_who_keeps_the_shop(self, shop, editor, owner, person, dispute):
        decide(dispute, editor, owner)
        assert membership(owner, shop).role == MemberRole.OWNER

    def test_of_an_owner_where_nobody_keeps_it(self, shop, editor, person, stranger):
        a_claim(shop, editor, person)
        a_claim(shop, editor, stranger)
        decide(Dispute.objects.get(), editor, None)
        assert not ShopMember.objects.not_ended().exists()


@pytest.mark.parametrize("keeps", ["nobody", "the other"])
def test_a_claim_whose_account_is_gone_is_refused_with_the_rest(keeps, shop, editor, person, stranger):
    a_claim(shop, editor, person)
    a_claim(shop, editor, stranger)
    person.delete()
    decide(Dispute.objects.get(), editor, stranger if keeps == "the other" else None)
    assert Claim.objects.get(user=None).state == ClaimState.REFUSED
    assert (membership(stranger, shop) is not None) == (keeps == "the other")
    shop.refresh_from_db()
    assert shop.disputed_since is None


class TestOfTwoOwnersOneKeepsTheShop:
    @pytest.fixture
    def other(self, shop, owner, stranger):
        a_member(shop, stranger)
        return stranger

    def decided_for(self, owner, shop, editor, second_officer):
        dispute = open_dispute(shop=shop, by=editor, why="Hai chủ", now=timezone.now())
        decide(dispute, second_officer, owner)

    def test_what_the_other_had_asked_for_never_becomes_the_account(self, shop, editor, second_officer, owner, other):
        account = requested(shop, other)
        approve(account=account, by=second_officer)
        self.decided_for(owner, shop, editor, second_officer)
        account.refresh_from_db()
        assert account.state == AccountState.REVOKED

    def test_what_the_other_is_paid_to_is_checked_anew(self, shop, editor, second_officer, owner, other):
        account = active(shop, other, second_officer)
        self.decided_for(owner, shop, editor, second_officer)
        account.refresh_from_db()
        assert account.state == AccountState.SUSPENDED

    @pytest.mark.parametrize("by", ["owner", "editor"])
    def test_what_anybody_else_entered_stays(self, by, request, shop, editor, second_officer, owner, other):
        account = active(shop, request.getfixturevalue(by), second_officer)
        waiting = requested(shop, request.getfixturevalue(by))
        self.decided_for(owner, shop, editor, second_officer)
        account.refresh_from_db()
        waiting.refresh_from_db()
        assert (account.state, waiting.state) == (AccountState.ACTIVE, AccountState.PENDING)
