"""A claim gives nothing before an officer, and never takes a shop from somebody."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from streets.claims.claiming import confirm, hand_in, refuse
from streets.claims.disputes import close_dispute, open_dispute
from streets.claims.errors import AlreadyYours, CodeLapsed, CodeUsed, NotPossible, StaffCannotClaim
from streets.claims.ownership import ask
from streets.claims.settling import phone_of_claim
from streets.members import membership
from streets.models import AccountState, Claim, ClaimState, Dispute, KeepingEvent, MemberRole, OwnershipState
from tests.streets.accounts import active
from tests.streets.claims.people import FIRST, THIRD, a_claim, a_letter, a_member, a_person
from wardmark.accounts.models import SignInPhone, User
from wardmark.accounts.people import make_person
from wardmark.accounts.phones import Phone, PhoneTaken, holder_of
from wardmark.base.models import LineIsForever, remembered_name

pytestmark = pytest.mark.django_db


def test_a_claim_waits_and_gives_nothing_yet(shop, editor, person):
    claim = a_claim(shop, editor, person)
    assert claim.state == ClaimState.PENDING
    assert membership(person, shop) is None
    assert not Dispute.objects.exists()


def test_confirmed_it_makes_an_owner_and_keeps_no_number(shop, editor, person, sent):
    claim = a_claim(shop, editor, person)
    assert phone_of_claim(claim).shown == FIRST
    assert FIRST.replace(" ", "") not in str(Claim.objects.values())
    confirm(claim=claim, by=editor, now=timezone.now())
    assert membership(person, shop).role == MemberRole.OWNER
    claim.refresh_from_db()
    assert (claim.state, claim.sealed_phone, claim.decided_by) == (ClaimState.CONFIRMED, "", editor)


def test_who_helped_already_becomes_the_owner_and_stands_there_once(shop, editor, person):
    a_member(shop, person, MemberRole.STAFF)
    confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
    assert [member.role for member in shop.members.active()] == [MemberRole.OWNER]


def test_refused_it_tells_why_and_gives_nothing(shop, editor, person):
    claim = a_claim(shop, editor, person)
    with pytest.raises(NotPossible):
        refuse(claim=claim, by=editor, why=" ", now=timezone.now())
    refuse(claim=claim, by=editor, why="Không đúng chủ quán", now=timezone.now())
    claim.refresh_from_db()
    assert (claim.state, claim.reason, claim.sealed_phone) == (ClaimState.REFUSED, "Không đúng chủ quán", "")
    assert membership(person, shop) is None
    person.refresh_from_db()
    assert person.is_active


def test_refused_a_number_that_nobody_proved_is_free_for_whose_it_is(shop, editor):
    phone = Phone.written(THIRD)
    claimant = make_person(name="Ai đó", phone=phone, proved_at=None)
    letter = a_letter(shop, editor).letter
    claim = hand_in(
        letter=letter, person=claimant, phone=phone, is_phone_proved=False, made_account=True, now=timezone.now()
    )
    refuse(claim=claim, by=editor, why="Gọi không được", now=timezone.now())
    assert holder_of(phone) is None
    assert a_person(THIRD)


def test_confirming_is_what_makes_sure_of_a_number_that_no_code_proved(shop, editor):
    phone = Phone.written(THIRD)
    claimant = make_person(name="Ai đó", phone=phone, proved_at=None)
    letter = a_letter(shop, editor).letter
    now = timezone.now()
    claim = hand_in(letter=letter, person=claimant, phone=phone, is_phone_proved=False, made_account=True, now=now)
    confirm(claim=claim, by=editor, now=now)
    assert SignInPhone.objects.get(person=claimant).proved_at == now


def test_an_unproved_number_that_got_another_holder_meanwhile_stops_the_confirmation(shop, editor, person, stranger):
    letter = a_letter(shop, editor).letter
    now = timezone.now()
    taken = Phone.written(THIRD)
    claim = hand_in(letter=letter, person=person, phone=taken, is_phone_proved=False, made_account=False, now=now)
    with pytest.raises(PhoneTaken):
        confirm(claim=claim, by=editor, now=now)
    assert membership(person, shop) is None


def test_a_letter_is_used_once(shop, editor, person, stranger):
    claim = a_claim(shop, editor, person)
    with pytest.raises(CodeUsed):
        hand_in(
            letter=claim.letter, person=stranger, phone=Phone.written(THIRD), is_phone_proved=True,
            made_account=False, now=timezone.now(),
        )  # fmt: skip
    assert Claim.objects.count() == 1


def test_a_letter_that_lapsed_on_the_way_is_refused(shop, editor, person):
    letter = a_letter(shop, editor).letter
    later = letter.valid_until + timedelta(seconds=1)
    with pytest.raises(CodeLapsed):
        hand_in(letter=letter, person=person, phone=None, is_phone_proved=True, made_account=False, now=later)
    letter.refresh_from_db()
    assert letter.state == "open"


def test_whoever_owns_it_or_waits_already_is_told_so_and_the_letter_stays_good(shop, editor, person, owner):
    with pytest.raises(AlreadyYours):
        a_claim(shop, editor, owner)
    claim = a_claim(shop, editor, person)
    with pytest.raises(AlreadyYours):
        hand_in(
            letter=a_letter_in_dispute(shop, editor, claim), person=person, phone=None, is_phone_proved=True,
            made_account=False, now=timezone.now(),
        )  # fmt: skip
    assert Claim.objects.count() == 1


def a_letter_in_dispute(shop, editor, claim):
    """A letter that was made before the dispute began."""
    type(shop).objects.filter(pk=shop.pk).update(disputed_since=None)
    letter = a_letter(shop, editor).letter
    type(shop).objects.filter(pk=shop.pk).update(disputed_since=claim.handed_in_at)
    return letter


def test_an_officer_takes_over_no_shop(shop, editor):
    with pytest.raises(StaffCannotClaim):
        a_claim(shop, editor, editor)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("act", [confirm, refuse])
def test_what_is_decided_stays_so(shop, editor, person, act):
    claim = a_claim(shop, editor, person)
    confirm(claim=claim, by=editor, now=timezone.now())
    more = {"why": "x"} if act is refuse else {}
    with pytest.raises(NotPossible):
        act(claim=claim, by=editor, now=timezone.now(), **more)
    assert membership(person, shop).role == MemberRole.OWNER


def test_the_claim_of_an_owned_shop_opens_a_dispute_and_takes_nothing_over(shop, editor, person, owner, sent):
    claim = a_claim(shop, editor, person)
    shop.refresh_from_db()
    assert claim.state == ClaimState.DISPUTED
    assert shop.disputed_since is not None
    assert membership(owner, shop).role == MemberRole.OWNER
    assert membership(person, shop) is None
    with pytest.raises(NotPossible):
        confirm(claim=claim, by=editor, now=timezone.now())


def test_a_second_claim_draws_the_first_into_the_dispute(shop, editor, person, stranger):
    first = a_claim(shop, editor, person)
    second = a_claim(shop, editor, stranger)
    first.refresh_from_db()
    assert {first.state, second.state} == {ClaimState.DISPUTED}
    assert Dispute.objects.open().count() == 1


def test_everybody_concerned_is_told_by_message(shop, editor, person, owner, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        a_claim(shop, editor, person)
    assert {phone for phone, _text in sent} == {Phone.written(n).number for n in ("0900000001", "0900000002")}
    assert all(shop.name in text for _phone, text in sent)


def test_what_happened_is_written_down_without_a_number_and_for_ever(shop, editor, person):
    confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
    kinds = list(shop.keeping_events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["letter_made", "claimed", "confirmed"]
    assert "900000001" not in str(list(KeepingEvent.objects.values()))
    event = shop.keeping_events.first()
    with pytest.raises(LineIsForever):
        event.save()
    with pytest.raises(LineIsForever):
        KeepingEvent.objects.all().delete()
    for statement in ("UPDATE streets_keepingevent SET why = 'x'", "DELETE FROM streets_keepingevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nobody_confirms_or_decides_for_oneself(shop, editor, person):
    claim = a_claim(shop, editor, person)
    # An officer by now, who was none when the claim was handed in.
    with pytest.raises(NotPossible):
        confirm(claim=claim, by=person, now=timezone.now())
    open_dispute(shop=shop, by=editor, why="Hàng xóm báo", now=timezone.now())
    with pytest.raises(NotPossible):
        close_dispute(dispute=shop.disputes.get(), by=person, keeper=person, why="Của tôi", now=timezone.now())
    assert membership(person, shop) is None


def test_a_closed_account_gets_no_shop(shop, editor, person):
    claim = a_claim(shop, editor, person)
    person.is_active = False
    person.save()
    with pytest.raises(NotPossible):
        confirm(claim=claim, by=editor, now=timezone.now())
    assert not shop.members.exists()


def test_a_number_whose_key_is_gone_is_said_and_decides_nothing(shop, editor, editor_client, person):
    claim = a_claim(shop, editor, person, is_proved=False)
    Claim.objects.filter(pk=claim.pk).update(sealed_phone="of a key that is gone")
    answer = editor_client.post(reverse("claim_admin:confirm", args=[claim.pk]))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert membership(person, shop) is None


def closed(person, *, is_active=False):
    person.is_active = is_active
    person.save()


def owners(shop):
    return [member.user for member in shop.members.active().filter(role=MemberRole.OWNER)]


def asked_to_pass(shop, old, new):
    return ask(old_owner=membership(old, shop), new_owner=membership(new, shop), by=old, now=timezone.now())


class TestAfterAnOwnerWhoseAccountIsClosed:
    def test_who_follows_stays_the_only_owner_when_the_account_is_opened_again(self, shop, editor, owner, person):
        closed(owner)
        confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
        closed(owner, is_active=True)
        assert owners(shop) == [person]
        assert [event.about for event in shop.keeping_events.filter(kind="ended")] == [remembered_name(owner)]

    def test_the_account_it_was_paid_to_is_checked_anew(self, shop, editor, second_officer, owner, person):
        paid_to = active(shop, owner, second_officer)
        closed(owner)
        confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
        paid_to.refresh_from_db()
        assert paid_to.state == AccountState.SUSPENDED

    def test_whoever_that_owner_had_let_in_goes_and_is_told(
        self, shop, editor, owner, person, stranger, sent, django_capture_on_commit_callbacks
    ):
        a_member(shop, stranger, MemberRole.MANAGER)
        closed(owner)
        claim = a_claim(shop, editor, person)
        with django_capture_on_commit_callbacks(execute=True):
            confirm(claim=claim, by=editor, now=timezone.now())
        assert membership(stranger, shop) is None
        assert Phone.written(THIRD).number in {phone for phone, _text in sent}

    @pytest.mark.parametrize("goes", [closed, User.delete])
    def test_the_owner_to_whom_it_was_to_pass_is_waited_for_no_longer(
        self, goes, shop, editor, second_officer, owner, person, stranger
    ):
        a_member(shop, stranger, MemberRole.MANAGER)
        paid_to = active(shop, owner, second_officer)
        change = asked_to_pass(shop, owner, stranger)
        goes(owner)
        confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
        change.refresh_from_db()
        assert (change.state, change.reason) == (
            OwnershipState.REFUSED,
            gettext("The ward has confirmed who owns the shop."),
        )
        shop.refresh_from_db()
        paid_to.refresh_from_db()
        assert (shop.ownership_waits_since, paid_to.state) == (None, AccountState.SUSPENDED)
        assert membership(stranger, shop) is None
        following = a_person("0900 000 004")
        a_member(shop, following, MemberRole.STAFF)
        assert asked_to_pass(shop, person, following)

    def test_whoever_it_was_to_pass_to_may_be_the_one_who_claims_it(self, shop, editor, owner, person):
        a_member(shop, person, MemberRole.MANAGER)
        change = asked_to_pass(shop, owner, person)
        closed(owner)
        confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
        change.refresh_from_db()
        assert (owners(shop), change.state) == ([person], OwnershipState.REFUSED)


def test_where_nobody_owned_it_the_account_that_officers_entered_stays(shop, editor, second_officer, person):
    paid_to = active(shop, editor, second_officer)
    confirm(claim=a_claim(shop, editor, person), by=editor, now=timezone.now())
    paid_to.refresh_from_db()
    assert paid_to.is_active
