"""A shop passes on: two people and a day, no payment code meanwhile, and the code is back where it does not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from streets.claims import ownership
from streets.claims.disputes import close_dispute, open_dispute
from streets.claims.errors import InDispute, NotPossible
from streets.claims.membership import end_membership, leave
from streets.members import membership
from streets.models import AccountState, MemberRole, OwnershipChange, OwnershipState
from streets.placard_check import Verdict, check_text
from tests.factories import FoodVendorPageFactory
from tests.streets.accounts import active, requested, said_of_payment
from tests.streets.claims.people import a_claim, a_member, a_person
from wardmark.accounts.models import SignInPhone, User
from wardmark.base.one_by_one import SomeFailed

pytestmark = pytest.mark.django_db
A_DAY = timedelta(hours=24)

PASSING = (
    "The shop is passing to another owner. Until the ward has confirmed that, the code is not shown. "
    "Please ask the seller how to pay."
)
CHECKED_AGAIN = "The code is being checked again. Please ask the seller how to pay."


@pytest.fixture
def helper(shop, owner, stranger):
    a_member(shop, stranger, MemberRole.MANAGER)
    return stranger


@pytest.fixture
def change(shop, owner, helper) -> OwnershipChange:
    return asked(shop, owner, helper, by=owner)


def asked(shop, old, new, *, by, now=None):
    return ownership.ask(
        old_owner=membership(old, shop), new_owner=membership(new, shop), by=by, now=now or timezone.now()
    )


def approve(change, by, *, later=timedelta(0)):
    ownership.approve(change=change, by=by, now=change.asked_at + later)


def owners(shop):
    return [member.user for member in shop.members.active().filter(role=MemberRole.OWNER)]


def test_it_takes_an_approval_and_24_hours(shop, owner, helper, change, editor):
    approve(change, editor)
    assert owners(shop) == [owner]
    almost = timedelta(hours=23, minutes=59, seconds=59)
    assert not ownership.complete_if_due(change=change, now=change.asked_at + almost)
    assert ownership.complete_if_due(change=change, now=change.asked_at + A_DAY)
    assert owners(shop) == [helper]
    assert membership(owner, shop) is None
    assert [event.kind for event in shop.keeping_events.all()[:4]].count("ownership_done") == 1


def test_approved_after_the_day_it_is_done_at_once(shop, helper, change, editor):
    approve(change, editor, later=A_DAY)
    assert owners(shop) == [helper]


def test_a_day_alone_does_nothing(shop, owner, change):
    assert not ownership.complete_if_due(change=change, now=change.asked_at + timedelta(days=30))
    assert owners(shop) == [owner]


def test_the_worker_does_what_is_due(shop, helper, editor, owner):
    change = asked(shop, owner, helper, by=owner, now=timezone.now() - A_DAY)
    ownership.approve(change=change, by=editor, now=timezone.now() - timedelta(hours=1))
    ownership.complete_due()
    assert owners(shop) == [helper]


def test_an_officer_who_asks_needs_another_one(shop, owner, helper, editor, second_officer):
    change = asked(shop, owner, helper, by=editor)
    with pytest.raises(NotPossible):
        approve(change, editor)
    approve(change, second_officer)
    with pytest.raises(NotPossible):
        approve(change, second_officer)


@pytest.mark.parametrize("who", ["owner", "helper"])
def test_neither_of_the_two_approves_it(change, who, owner, helper):
    with pytest.raises(NotPossible):
        approve(change, owner if who == "owner" else helper)


def test_only_one_waits_and_only_from_an_owner_to_another_member(shop, owner, helper, change, person):
    with pytest.raises(NotPossible):
        asked(shop, owner, helper, by=owner)
    ownership.withdraw(change=change, by=owner, now=timezone.now())
    with pytest.raises(NotPossible):
        asked(shop, helper, owner, by=helper)
    gone = a_member(shop, person, MemberRole.STAFF)
    leave(member=gone, now=timezone.now())
    with pytest.raises(NotPossible):
        ownership.ask(old_owner=membership(owner, shop), new_owner=gone, by=owner, now=timezone.now())


def test_while_it_waits_neither_of_them_goes(shop, owner, helper, change):
    with pytest.raises(NotPossible):
        leave(member=membership(helper, shop), now=timezone.now())
    with pytest.raises(NotPossible):
        end_membership(member=membership(helper, shop), by=owner, now=timezone.now())


def test_a_dispute_stops_it_and_its_decision_ends_it(shop, owner, helper, change, editor, second_officer):
    approve(change, editor)
    dispute = open_dispute(shop=shop, by=editor, why="x", now=timezone.now())
    assert not ownership.complete_if_due(change=change, now=change.asked_at + timedelta(days=2))
    close_dispute(dispute=dispute, by=second_officer, keeper=owner, why="Chủ cũ đúng", now=timezone.now())
    change.refresh_from_db()
    shop.refresh_from_db()
    assert (change.state, shop.ownership_waits_since) == (OwnershipState.REFUSED, None)
    with pytest.raises(NotPossible):
        approve(change, second_officer)


@pytest.mark.parametrize("is_deleted", [False, True])
def test_decided_for_who_claims_it_a_dispute_ends_it_in_the_officers_words(
    is_deleted, shop, owner, helper, change, editor, second_officer, person
):
    paid_to = active(shop, owner, second_officer)
    a_claim(shop, editor, person)
    if is_deleted:
        owner.delete()
    close_dispute(
        dispute=shop.disputes.get(), by=second_officer, keeper=person, why="Chủ mới đúng", now=timezone.now() + A_DAY
    )
    change.refresh_from_db()
    paid_to.refresh_from_db()
    assert (owners(shop), change.state, change.reason) == ([person], OwnershipState.REFUSED, "Chủ mới đúng")
    assert paid_to.state == AccountState.SUSPENDED


def test_nothing_is_asked_during_a_dispute(shop, owner, helper, editor):
    open_dispute(shop=shop, by=editor, why="x", now=timezone.now())
    with pytest.raises(InDispute):
        asked(shop, owner, helper, by=owner)


class TestThePaymentCode:
    @pytest.fixture
    def account(self, shop, editor, second_officer):
        return active(shop, editor, second_officer)

    def is_shown(self, client, page, account) -> bool:
        shown = client.get(page.get_url()).content.decode()
        public = client.get(reverse("payment:code", args=[account.serial])).status_code
        assert ("payment__code" in shown) == (public == 200)
        assert public in (200, 410)
        # Whoever is shown no code is told why.
        assert any(gettext(why) in said_of_payment(client, page) for why in (PASSING, CHECKED_AGAIN)) == (public == 410)
        return public == 200

    def test_it_is_hidden_while_the_change_waits_and_back_when_it_is_refused(
        self, client, page, shop, owner, helper, account, editor
    ):
        assert self.is_shown(client, page, account)
        change = asked(shop, owner, helper, by=owner)
        assert not self.is_shown(client, page, account)
        assert gettext(PASSING) in said_of_payment(client, page)
        shop.refresh_from_db()
        assert check_text(account.printed_serial, shop=shop).verdict == Verdict.CHECKED
        ownership.refuse(change=change, by=editor, why="Không gặp được chủ", now=timezone.now())
        assert self.is_shown(client, page, account)
        shop.refresh_from_db()
        assert check_text(account.printed_serial, shop=shop).verdict == Verdict.MATCHES

    def test_it_is_back_when_the_owner_takes_the_change_back(self, client, page, shop, owner, helper, account):
        change = asked(shop, owner, helper, by=owner)
        ownership.withdraw(change=change, by=owner, now=timezone.now())
        assert self.is_shown(client, page, account)

    def test_it_is_checked_anew_when_the_shop_has_passed_on(
        self, client, page, shop, owner, helper, account, second_officer
    ):
        change = asked(shop, owner, helper, by=owner)
        approve(change, second_officer, later=A_DAY)
        account.refresh_from_db()
        assert account.state == AccountState.SUSPENDED
        assert not self.is_shown(client, page, account)
        assert gettext(CHECKED_AGAIN) in said_of_payment(client, page)


def test_it_passes_to_nobody_whose_number_nobody_has_made_sure_of(shop, owner, helper):
    SignInPhone.objects.filter(person=helper).update(proved_at=None)
    with pytest.raises(NotPossible):
        asked(shop, owner, helper, by=owner)
    assert not OwnershipChange.objects.exists()


def test_somebody_else_takes_nothing_back(shop, change):
    with pytest.raises(NotPossible):
        ownership.withdraw(change=change, by=a_person("0900 000 008"), now=timezone.now())


def test_an_officer_becomes_no_owner(shop, owner, helper, editor):
    a_member(shop, editor, MemberRole.MANAGER)
    with pytest.raises(NotPossible):
        asked(shop, owner, editor, by=owner)


def test_who_became_an_officer_meanwhile_becomes_no_owner(shop, owner, helper, change, editor):
    approve(change, editor)
    helper.groups.set(editor.groups.all())
    helper.is_superuser = editor.is_superuser
    helper.save()
    assert not ownership.complete_if_due(change=change, now=change.asked_at + A_DAY)
    change.refresh_from_db()
    assert (owners(shop), change.state) == ([owner], OwnershipState.REFUSED)


def test_one_change_that_fails_keeps_no_other_waiting_and_is_named(shop, owner, helper, editor, street, monkeypatch):
    long_ago = timezone.now() - A_DAY
    other_shop = FoodVendorPageFactory(parent=street).shop
    a_member(other_shop, owner)
    a_member(other_shop, helper, MemberRole.MANAGER)
    changes = [asked(one, owner, helper, by=owner, now=long_ago) for one in (shop, other_shop)]
    OwnershipChange.objects.update(approved_by=editor, approved_at=long_ago)
    make_owner, broken = ownership.make_owner, []

    def fails_once(**given):
        if not broken:
            broken.append(given["shop"])
            raise RuntimeError(helper.first_name)
        return make_owner(**given)

    monkeypatch.setattr(ownership, "make_owner", fails_once)
    with pytest.raises(SomeFailed) as failure:
        ownership.complete_due()
    failed = OwnershipChange.objects.waiting().get()
    assert failed in changes
    assert str(failure.value) == f"ownership changes: {failed.pk} (RuntimeError)"
    done = other_shop if failed.shop == shop else shop
    assert owners(done) == [helper]


class TestWhoseAccountIsGone:
    """The row names an account that is there no more; what waits for it must end all the same."""

    @pytest.fixture
    def gone(self, change, editor):
        approve(change, editor)
        return change

    @pytest.fixture(params=["helper", "owner"])
    def who(self, request):
        return request.getfixturevalue(request.param)

    def by_refusal(self, change, editor):
        ownership.refuse(change=change, by=editor, why="Không còn tài khoản", now=timezone.now())

    def by_withdrawal(self, change, editor):
        ownership.withdraw(change=change, by=User.objects.get(pk=change.asked_by_id), now=timezone.now())

    def by_dispute(self, change, editor):
        dispute = open_dispute(shop=change.shop, by=editor, why="Hai chủ", now=timezone.now())
        decider = a_person("0900 000 006")
        close_dispute(
            dispute=dispute, by=decider, keeper=None, why="Không rõ", now=timezone.now() + timedelta(hours=24)
        )

    def by_the_clock(self, change, editor):
        assert not ownership.complete_if_due(change=change, now=change.asked_at + timedelta(hours=24))

    @pytest.mark.parametrize("ends", ["by_refusal", "by_dispute", "by_the_clock"])
    def test_one_of_the_two(self, ends, shop, gone, who, editor):
        who.delete()
        getattr(self, ends)(OwnershipChange.objects.get(), editor)
        assert OwnershipChange.objects.get().state == OwnershipState.REFUSED
        shop.refresh_from_db()
        assert shop.ownership_waits_since is None

    def test_the_owner_takes_it_back(self, shop, gone, helper, owner):
        helper.delete()
        self.by_withdrawal(OwnershipChange.objects.get(), None)
        assert OwnershipChange.objects.get().state == OwnershipState.WITHDRAWN

    @pytest.mark.parametrize("waits", [True, False])
    def test_of_the_officer_who_approved(
        self, waits, shop, helper, owner, change, editor, second_officer, editor_client
    ):
        account = active(shop, editor, second_officer)
        approver = a_person("0900 000 006")
        approve(change, approver)
        if waits:
            following = requested(shop, editor)
        approver.delete()
        assert ownership.complete_if_due(
            change=OwnershipChange.objects.get(), now=change.asked_at + timedelta(hours=24)
        )
        account.refresh_from_db()
        assert (owners(shop), account.state) == ([helper], AccountState.SUSPENDED)
        if waits:
            following.refresh_from_db()
            assert following.state == AccountState.REVOKED
        # Nobody paid and saw another name.
        for url in (reverse("payment_admin:index"), reverse("wagtailadmin_home")):
            html = editor_client.get(url).content.decode()
            assert "?state=suspended" in html or shop.name in html
            assert "thấy khác tên" not in html
