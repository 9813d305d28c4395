"""What an officer enters for a vendor counts once the vendor has said so, and goes the vendor's own way."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from streets.changes import applying
from streets.claims import assisting
from streets.claims.errors import CodeCancelled, CodeLapsed, CodeUsed, InDispute, NotPossible
from streets.members import membership
from streets.models import AssistedSession, ChangeRequest, ConfirmedHow, MemberRole, Shop
from streets.portal.forms.changing import sealed
from tests.streets.claims.people import a_member, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(shop, owner, editor) -> AssistedSession:
    return assisting.begin(vendor=membership(owner, shop), by=editor, now=timezone.now())


def enter(session, **values):
    seen = applying.read(session.shop, list(values))
    assisting.keep(session=session, values=values, seen=seen, now=timezone.now())
    session.refresh_from_db()


def confirm(session, *, now=None):
    return assisting.confirm(session=session, how=ConfirmedHow.SIGNED_IN, now=now or timezone.now())


def test_nothing_changes_until_the_vendor_has_confirmed(shop, session, owner):
    enter(session, amenities=["wifi"], legal_name="Hộ kinh doanh Thử")
    shop.refresh_from_db()
    assert shop.amenities == []
    assert not ChangeRequest.objects.exists()
    outcomes = confirm(session)
    assert {outcome.field: outcome.how for outcome in outcomes} == {"amenities": "live", "legal_name": "waits"}
    shop.refresh_from_db()
    assert shop.amenities == ["wifi"]
    assert set(ChangeRequest.objects.values_list("made_by", flat=True)) == {owner.pk}
    session.refresh_from_db()
    assert (session.state, session.confirmed_how, session.wishes) == ("used", ConfirmedHow.SIGNED_IN, {})
    with pytest.raises(CodeUsed):
        confirm(session)


def test_entered_twice_the_later_word_counts(shop, session):
    enter(session, amenities=["wifi"])
    enter(session, amenities=["takeaway"])
    confirm(session)
    shop.refresh_from_db()
    assert shop.amenities == ["takeaway"]


def test_a_mistake_is_said_at_once_and_not_kept(session):
    enter(session, amenities=["wifi"])
    with pytest.raises(ValidationError):
        enter(session, amenities=["no-such-thing"])
    session.refresh_from_db()
    assert session.wishes["values"] == {"amenities": ["wifi"]}


def test_dropped_or_lapsed_it_changes_nothing(shop, session, editor, owner):
    enter(session, amenities=["wifi"])
    with pytest.raises(CodeLapsed):
        confirm(session, now=timezone.now() + assisting.LASTS + timedelta(seconds=1))
    with pytest.raises(NotPossible):
        assisting.drop(session=session, by=a_person("0900 000 077"), now=timezone.now())
    assisting.drop(session=session, by=owner, now=timezone.now())
    with pytest.raises(CodeCancelled):
        confirm(session)
    shop.refresh_from_db()
    assert shop.amenities == []


def test_nothing_is_confirmed_where_nothing_was_entered(session):
    with pytest.raises(NotPossible):
        confirm(session)


def test_begun_anew_the_one_before_is_dropped(shop, session, owner, editor):
    enter(session, amenities=["wifi"])
    assisting.begin(vendor=membership(owner, shop), by=editor, now=timezone.now())
    with pytest.raises(CodeCancelled):
        confirm(session)


def test_not_for_staff_not_for_oneself_and_not_in_a_dispute(shop, owner, stranger, editor):
    staff = a_member(shop, stranger, MemberRole.STAFF)
    with pytest.raises(NotPossible):
        assisting.begin(vendor=staff, by=editor, now=timezone.now())
    own = a_member(shop, editor, MemberRole.MANAGER)
    with pytest.raises(NotPossible):
        assisting.begin(vendor=own, by=editor, now=timezone.now())
    Shop.objects.filter(pk=shop.pk).update(disputed_since=timezone.now())
    with pytest.raises(InDispute):
        assisting.begin(vendor=membership(owner, shop), by=editor, now=timezone.now())


def code_in(sent) -> str:
    return re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", sent[-1][1]).group()


class TestOnTheTablet:
    def at(self, shop, name="assisted", **more) -> str:
        return reverse(f"people:{name}", kwargs={"key": shop.page_key, **more})

    def test_begun_in_the_admin_entered_on_the_portals_form_and_confirmed_by_code(
        self, editor_client, shop, owner, sent
    ):
        begun = editor_client.post(
            reverse("claim_admin:assist", args=[shop.pk]), {"vendor": membership(owner, shop).pk}
        )
        assert begun.headers["Location"] == self.at(shop)
        names = ("payment_kinds", "gives_e_invoice", "amenities", "price_range")
        form = {"seen": sealed(applying.read(shop, names)), "payment_kinds": "cash"}
        entered = editor_client.post(self.at(shop, "assisted_form", form="offer"), form)
        assert entered.headers["Location"] == self.at(shop)
        assert not ChangeRequest.objects.exists()
        editor_client.post(self.at(shop, "assisted_send"))
        wrong = editor_client.post(self.at(shop), {"code": "ACDE-FHJK"})
        assert (wrong.status_code, ChangeRequest.objects.count()) == (422, 0)
        editor_client.post(self.at(shop), {"code": code_in(sent)})
        shop.refresh_from_db()
        assert shop.payment_kinds == ["cash"]
        assert AssistedSession.objects.get().confirmed_how == ConfirmedHow.CODE
        again = editor_client.post(self.at(shop), {"code": code_in(sent)})
        assert again.status_code == 403

    @pytest.mark.parametrize("form", ["names", "hours", "offer", "contact", "words"])
    def test_each_form_opens(self, editor_client, shop, session, form):
        assert editor_client.get(self.at(shop, "assisted_form", form=form)).status_code == 200

    def test_there_is_no_other_form(self, editor_client, shop, session):
        assert editor_client.get(self.at(shop, "assisted_form", form="payment")).status_code == 404

    def test_without_a_gateway_the_vendor_confirms_signed_in(
        self, editor_client, client, shop, session, owner, no_gateway
    ):
        enter(session, amenities=["wifi"])
        editor_client.post(self.at(shop, "assisted_send"))
        vendor = type(client)()
        vendor.force_login(owner)
        page = vendor.get(self.at(shop, "entered"))
        vendor.post(self.at(shop, "entered"), {"shown": page.context["session"].mark})
        shop.refresh_from_db()
        assert shop.amenities == ["wifi"]

    def test_the_vendor_may_drop_it(self, client, shop, session, owner):
        enter(session, amenities=["wifi"])
        client.force_login(owner)
        client.post(self.at(shop, "entered"), {"drop": "1"})
        shop.refresh_from_db()
        assert shop.amenities == []
        assert client.get(self.at(shop, "entered")).context["session"] is None

    def test_only_the_one_in_whose_name_it_was_entered_confirms_it(self, client, shop, session, stranger):
        a_member(shop, stranger)
        enter(session, amenities=["wifi"])
        client.force_login(stranger)
        client.post(self.at(shop, "entered"), {"shown": session.mark})
        shop.refresh_from_db()
        assert shop.amenities == []


def test_a_code_confirms_only_what_was_entered_before_it_was_sent(client, shop, session, owner, editor, sent):
    enter(session, amenities=["wifi"])
    assisting.send_code(session=session, now=timezone.now())
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", sent[-1][1])[0]
    enter(session, amenities=["takeaway"])
    client.force_login(editor)
    assert client.post(reverse("people:assisted", args=[shop.page_key]), {"code": code}).status_code == 422
    shop.refresh_from_db()
    assert shop.amenities == []


def test_what_was_entered_between_the_right_code_and_its_confirmation_does_not_slip_through(shop, session):
    enter(session, amenities=["wifi"])
    shown = AssistedSession.objects.get(pk=session.pk)
    enter(session, amenities=["takeaway"])
    with pytest.raises(NotPossible):
        assisting.confirm(session=shown, how=ConfirmedHow.CODE, now=timezone.now())
    shop.refresh_from_db()
    assert shop.amenities == []


def test_signed_in_the_vendor_confirms_what_was_shown(client, shop, session, owner):
    enter(session, amenities=["wifi"])
    client.force_login(owner)
    address = reverse("people:entered", args=[shop.page_key])
    shown = re.search(r'name="shown" value="([^"]+)"', client.get(address).content.decode())
    enter(session, amenities=["takeaway"])
    client.post(address, {"shown": shown[1] if shown else ""})
    shop.refresh_from_db()
    assert shop.amenities == []
    shown = re.search(r'name="shown" value="([^"]+)"', client.get(address).content.decode())[1]
    client.post(address, {"shown": shown})
    shop.refresh_from_db()
    assert shop.amenities == ["takeaway"]


def test_an_officer_cannot_send_messages_to_a_vendor_without_end(session, sent):
    enter(session, amenities=["wifi"])
    for _ in range(3):
        assisting.send_code(session=session, now=timezone.now())
    with pytest.raises(NotPossible):
        assisting.send_code(session=session, now=timezone.now())
    assert len(sent) == 3
