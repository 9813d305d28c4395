"""What streets hold under a telephone number is found and forgotten; what stands in public is named and stays."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from streets.claims import membership
from streets.claims.claiming import confirm
from streets.claims.membership import invite
from streets.models import ChangeRequest, Claim, ClaimState, CodeState, KeepingEvent, MemberInvitation, MemberRole
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_claim, a_member, a_person
from wardmark.accounts.models import SignInPhone
from wardmark.accounts.phones import Phone
from wardmark.base.personal_data import erase_everywhere, held_under, withdraw_everywhere

pytestmark = pytest.mark.django_db
OTHER = Phone("+84900000004")


@pytest.fixture
def keeper(shop):
    owner = a_person(SECOND, "Anh Hai")
    a_member(shop.shop, owner)
    return owner


@pytest.fixture
def invited(shop, keeper):
    """An open invitation for the third number, and one for another."""
    now = timezone.now()
    invite(shop=shop.shop, by=keeper, phone=OTHER, role=MemberRole.STAFF, now=now)
    return invite(shop=shop.shop, by=keeper, phone=Phone.written(THIRD), role=MemberRole.STAFF, now=now).invitation


def test_a_record_is_a_link_for_whoever_may_open_it_alone(shop, keeper, invited, editor, django_user_model):
    officer = django_user_model.objects.create_user("baove")
    officer.groups.add(Group.objects.get(name="Data protection officers"))
    [held] = held_under(number(THIRD))
    assert held.url_for(officer) == ""
    assert held.url_for(editor) == held.url


def number(text: str) -> str:
    return Phone.written(text).number


@pytest.mark.parametrize("forget", [erase_everywhere, withdraw_everywhere])
def test_an_invited_number_is_found_and_forgotten_and_its_code_ends(shop, keeper, invited, editor, forget):
    shop.shop.disputed_since = timezone.now()
    shop.shop.save()
    [held] = held_under(number(THIRD))
    assert "Quán Thử" in held.what
    assert THIRD not in held.what
    assert not held.kept_because
    assert forget(number(THIRD), by=editor) == 1
    invited.refresh_from_db()
    assert (invited.state, invited.sealed_phone, invited.phone_mark) == (CodeState.CANCELLED, "", "")
    assert KeepingEvent.objects.filter(serial=invited.serial, kind="invitation_cancelled", by=editor).exists()
    assert held_under(number(THIRD)) == []
    assert MemberInvitation.objects.with_phone(OTHER).get().state == CodeState.OPEN
    assert forget(number(THIRD), by=editor) == 0


def test_a_lapsed_invitation_is_forgotten_too(invited, editor):
    MemberInvitation.objects.update(valid_until=timezone.now())
    assert erase_everywhere(number(THIRD), by=editor) == 1
    assert not MemberInvitation.objects.with_phone(Phone.written(THIRD)).exists()


def test_a_number_that_was_replaced_meanwhile_is_forgotten_once(invited, editor):
    membership.end_for_holder(invitation=invited, by=editor, now=timezone.now())
    assert not membership.end_for_holder(invitation=invited, by=editor, now=timezone.now())


def test_the_number_of_a_claim_is_found_and_forgotten_and_the_claim_still_waits(shop, editor):
    claim = a_claim(shop.shop, editor, a_person(FIRST))
    kept = [bool(held.kept_because) for held in held_under(number(FIRST))]
    assert sorted(kept) == [False, True]
    assert erase_everywhere(number(FIRST), by=editor) == 1
    claim.refresh_from_db()
    assert (claim.state, claim.sealed_phone, claim.phone_mark) == (ClaimState.PENDING, "", "")
    # The account is open: with its number somebody comes in.
    assert SignInPhone.objects.count() == 1
    confirm(claim=claim, by=editor, now=timezone.now())
    assert Claim.objects.get().state == ClaimState.CONFIRMED


def test_a_decided_claim_holds_nothing(shop, editor):
    confirm(claim=a_claim(shop.shop, editor, a_person(FIRST)), by=editor, now=timezone.now())
    assert [bool(held.kept_because) for held in held_under(number(FIRST))] == [True]


def test_a_public_number_is_named_once_with_why_it_stays(shop, editor):
    shop.phone = number(THIRD)
    shop.save_revision(user=editor).publish()
    ChangeRequest.objects.create(
        shop=shop.shop, field="phone", before="", after=number(THIRD), change_class="before", state="waiting"
    )
    held = held_under(number(THIRD))
    assert len(held) == 2
    assert all(one.kept_because for one in held)
    assert erase_everywhere(number(THIRD), by=editor) == 0
    shop.refresh_from_db()
    assert shop.phone == number(THIRD)
