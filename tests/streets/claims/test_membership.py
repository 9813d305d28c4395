"""Those who help to keep a shop: invited for one number, changed and ended by an owner, free to go."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from streets.claims.claiming import confirm
from streets.claims.errors import AlreadyYours, CodeCancelled, CodeUsed, NotPossible
from streets.claims.forgetting import forget_lapsed
from streets.claims.handed_codes import try_code
from streets.claims.membership import (
    MOST_OPEN_INVITATIONS,
    ForAnotherNumber,
    accept,
    cancel_invitation,
    change_role,
    end_membership,
    invite,
    leave,
    phone_of_invitation,
)
from streets.members import membership
from streets.models import AccountState, MemberInvitation, MemberRole
from streets.payments import approve
from tests.streets.accounts import requested
from tests.streets.claims.people import FIRST, THIRD, a_claim, a_member
from wardmark.accounts.phones import Phone

pytestmark = pytest.mark.django_db
HELPER = Phone.written(THIRD)


def invited(shop, owner, *, phone=HELPER, role="staff"):
    return invite(shop=shop, by=owner, phone=phone, role=role, now=timezone.now())


def test_invited_and_accepted_somebody_helps_from_now_on(shop, owner, stranger):
    one = invited(shop, owner, role="manager")
    assert phone_of_invitation(one.invitation) == HELPER
    row = try_code(MemberInvitation, serial=one.invitation.serial, typed=one.code, now=timezone.now())
    accept(invitation=row, person=stranger, phone=HELPER, now=timezone.now())
    assert membership(stranger, shop).role == MemberRole.MANAGER
    row.refresh_from_db()
    assert (row.sealed_phone, row.phone_mark) == ("", "")
    with pytest.raises(CodeUsed):
        accept(invitation=row, person=stranger, phone=HELPER, now=timezone.now())


@pytest.mark.parametrize("phone", [Phone.written(FIRST), None])
def test_an_invitation_is_for_one_number(shop, owner, person, phone):
    one = invited(shop, owner)
    with pytest.raises(ForAnotherNumber):
        accept(invitation=one.invitation, person=person, phone=phone, now=timezone.now())
    assert membership(person, shop) is None


def test_invited_again_the_first_code_is_no_longer_good(shop, owner):
    first, second = invited(shop, owner), invited(shop, owner)
    with pytest.raises(CodeCancelled):
        try_code(MemberInvitation, serial=first.invitation.serial, typed=first.code, now=timezone.now())
    assert try_code(MemberInvitation, serial=second.invitation.serial, typed=second.code, now=timezone.now())


def test_a_cancelled_invitation_opens_nothing(shop, owner, stranger):
    one = invited(shop, owner)
    cancel_invitation(invitation=one.invitation, by=owner, now=timezone.now())
    with pytest.raises(CodeCancelled):
        accept(invitation=one.invitation, person=stranger, phone=HELPER, now=timezone.now())
    with pytest.raises(NotPossible):
        cancel_invitation(invitation=one.invitation, by=owner, now=timezone.now())


def test_an_owner_is_not_invited_and_not_the_whole_ward(shop, owner):
    with pytest.raises(NotPossible):
        invited(shop, owner, role="owner")
    for number in range(MOST_OPEN_INVITATIONS):
        invited(shop, owner, phone=Phone.written(f"0911 000 0{number:02}"))
    with pytest.raises(NotPossible):
        invited(shop, owner, phone=Phone.written("0912 000 000"))


def test_who_helps_already_is_told_so(shop, owner, stranger):
    a_member(shop, stranger, MemberRole.STAFF)
    with pytest.raises(AlreadyYours):
        accept(invitation=invited(shop, owner).invitation, person=stranger, phone=HELPER, now=timezone.now())


def test_an_owner_changes_roles_and_ends_memberships(shop, owner, stranger):
    member = a_member(shop, stranger, MemberRole.STAFF)
    change_role(member=member, role="manager", by=owner, now=timezone.now())
    assert membership(stranger, shop).role == MemberRole.MANAGER
    with pytest.raises(NotPossible):
        change_role(member=member, role="owner", by=owner, now=timezone.now())
    end_membership(member=member, by=owner, now=timezone.now())
    assert membership(stranger, shop) is None
    with pytest.raises(NotPossible):
        end_membership(member=member, by=owner, now=timezone.now())


@pytest.mark.parametrize("role", [MemberRole.STAFF, MemberRole.MANAGER, None])
def test_whoever_is_no_owner_changes_nobody(shop, owner, person, stranger, role):
    if role:
        a_member(shop, person, role)
    member = a_member(shop, stranger, MemberRole.STAFF)
    deeds = [
        lambda: invited(shop, person),
        lambda: change_role(member=member, role="manager", by=person, now=timezone.now()),
        lambda: end_membership(member=member, by=person, now=timezone.now()),
        lambda: end_membership(member=membership(owner, shop), by=person, now=timezone.now()),
    ]
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    assert membership(stranger, shop).role == MemberRole.STAFF
    assert membership(owner, shop)


def test_staff_leave_by_themselves_and_the_last_owner_does_not(shop, owner, stranger):
    leave(member=a_member(shop, stranger, MemberRole.STAFF), now=timezone.now())
    assert membership(stranger, shop) is None
    with pytest.raises(NotPossible):
        leave(member=membership(owner, shop), now=timezone.now())
    assert membership(owner, shop)


def test_an_owner_does_not_end_another_owner(shop, owner, stranger):
    other = a_member(shop, stranger)
    with pytest.raises(NotPossible):
        end_membership(member=other, by=owner, now=timezone.now())
    leave(member=membership(owner, shop), now=timezone.now())
    assert membership(stranger, shop)


def test_an_owner_who_leaves_takes_an_account_that_waits_along(shop, owner, stranger, editor, second_officer):
    a_member(shop, stranger)
    account = requested(shop, stranger)
    approve(account=account, by=second_officer)
    leave(member=membership(stranger, shop), now=timezone.now())
    account.refresh_from_db()
    assert account.state == AccountState.REVOKED
    shop.refresh_from_db()
    assert (shop.payment_standing, shop.payment_changes_at) == ("", None)


def test_an_owner_who_leaves_takes_no_account_of_another_along(shop, owner, stranger):
    a_member(shop, stranger)
    account = requested(shop, owner)
    leave(member=membership(stranger, shop), now=timezone.now())
    account.refresh_from_db()
    assert account.state == AccountState.PENDING


def test_a_claim_confirmed_leaves_those_who_help(shop, editor, person, stranger):
    a_member(shop, stranger, MemberRole.STAFF)
    confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
    assert membership(stranger, shop).role == MemberRole.STAFF


def test_the_number_of_an_invitation_that_lapsed_is_forgotten(shop, owner):
    open_one, lapsed = invited(shop, owner), invited(shop, owner, phone=Phone.written(FIRST))
    MemberInvitation.objects.filter(pk=lapsed.invitation.pk).update(valid_until=timezone.now())
    forget_lapsed()
    kept = MemberInvitation.objects.exclude(sealed_phone="")
    assert list(kept) == [open_one.invitation]
    assert not MemberInvitation.objects.get(pk=lapsed.invitation.pk).phone_mark


def test_an_invitation_ends_with_the_owner_who_made_it(shop, owner, person, stranger):
    one = invited(shop, owner)
    a_member(shop, person)
    leave(member=membership(owner, shop), now=timezone.now())
    row = try_code(MemberInvitation, serial=one.invitation.serial, typed=one.code, now=timezone.now())
    with pytest.raises(NotPossible):
        accept(invitation=row, person=stranger, phone=HELPER, now=timezone.now())
    assert membership(stranger, shop) is None


def test_an_owner_cannot_send_messages_to_a_number_without_end(client, shop, owner, sent):
    client.force_login(owner)
    form = {"phone": THIRD, "role": "staff"}
    for _ in range(6):
        assert client.post(reverse("people:invite", args=[shop.page_key]), form).status_code == 200
    assert len(sent) == 3
    # The invitation is made all the same, and the owner passes its address on.
    assert MemberInvitation.objects.open(timezone.now()).count() == 1


def test_a_role_changed_to_and_fro_sends_three_messages_a_day(
    shop, owner, stranger, sent, django_capture_on_commit_callbacks
):
    member = a_member(shop, stranger, MemberRole.STAFF)
    with django_capture_on_commit_callbacks(execute=True):
        for role in ["manager", "staff"] * 3:
            change_role(member=member, role=role, by=owner, now=timezone.now())
            member.refresh_from_db()
    assert len(sent) == 3
