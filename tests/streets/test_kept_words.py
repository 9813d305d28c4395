"""Nobody's own telephone number gets into what stays for ever: it is refused at its field, nothing is half-saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from streets.claims.ownership import ask
from streets.inspections import finalise
from streets.kept_words import kept
from streets.legal_route import NotDecidable, decide_route
from streets.members import membership
from streets.models import (
    ClaimState,
    Dispute,
    Inspection,
    KeepingEvent,
    LegalRoute,
    MemberRole,
    PaymentAccount,
    PaymentEvent,
    RouteKind,
)
from streets.payments import refuse, request, suspend
from tests.factories import FoodVendorPageFactory
from tests.streets.accounts import PAYEE, SAMPLE, active, drafted
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_claim, a_letter, a_member, a_person
from tests.streets.food import a_paper, an_inspection
from tests.streets.test_inspection_form import form
from tests.whole_database import whole_database
from wardmark.base.public_words import NumberNamed

pytestmark = pytest.mark.django_db
TOLD = "Gọi chị Hoa 0912.345.678"


@pytest.fixture
def vendor(street):
    return FoodVendorPageFactory(parent=street, title="Quán Thử", phone="+84900000077")


@pytest.fixture
def owner(vendor):
    person = a_person(SECOND, "Anh Hai")
    a_member(vendor.shop, person)
    return person


@pytest.fixture
def refused(client, second_officer):
    """Return a function that posts words to a deed, as an officer may, and proves that the field refuses them."""

    def post(name: str, pk: int, field: str = "why", **said: object) -> None:
        client.force_login(second_officer)
        before = rows()
        answer = client.post(reverse(name, args=[pk]), {field: TOLD} | said)
        assert answer.status_code == 200
        assert "0912 345 678" in str(answer.context["form"].errors[field])
        assert rows() == before

    return post


def rows() -> list[str]:
    return [row for row in whole_database().splitlines() if not row.startswith("django_session:")]


@pytest.mark.parametrize(
    "allowed",
    ["Gọi 0900 000 077 hoặc 024 0000 0000", "Gọi 024 3833 1234", "Gọi 1900 1234", "Số 12/34 ngày 01/09/2026", ""],
    ids=["the page's and the ward's", "an office's", "a hotline", "no number", "nothing"],
)
def test_public_numbers_and_those_of_offices_may_stay(vendor, allowed):
    assert kept(f" {allowed} ", shop=vendor.shop) == allowed


@pytest.mark.parametrize("written", ["0912 345 678", "+84 (0) 912/345/678", "0084912345678", "+49 170 1234567"])
def test_anybody_elses_may_not_however_it_is_written(vendor, written):
    with pytest.raises(NumberNamed):
        kept(f"Gọi {written} nhé", shop=vendor.shop)


def test_a_number_that_is_public_on_no_page_yet_may_not(vendor):
    vendor.unpublish()
    with pytest.raises(NumberNamed):
        kept("Gọi 0900 000 077", shop=vendor.shop)


def test_words_without_a_number_cost_no_question(vendor):
    shop = vendor.shop
    with CaptureQueriesContext(connection) as queries:
        assert kept("Bẩn, ngày 01/09/2026", shop=shop)
    assert not queries.captured_queries


class TestWhoKeepsAShop:
    def test_refusing_a_claim(self, vendor, editor, refused):
        claim = a_claim(vendor.shop, editor, a_person(FIRST))
        refused("claim_admin:refuse", claim.pk)
        claim.refresh_from_db()
        assert claim.state == ClaimState.PENDING

    def test_opening_and_deciding_a_dispute(self, client, vendor, owner, second_officer, refused):
        refused("claim_admin:open_dispute", vendor.shop.pk)
        client.post(reverse("claim_admin:open_dispute", args=[vendor.shop.pk]), {"why": "Hai người cùng nhận"})
        dispute = Dispute.objects.get()
        refused("claim_admin:close_dispute", dispute.pk, keeper=owner.pk)
        assert Dispute.objects.get().is_open

    def test_refusing_an_ownership_change(self, vendor, owner, refused):
        new = a_member(vendor.shop, a_person(THIRD), MemberRole.STAFF)
        change = ask(old_owner=membership(owner, vendor.shop), new_owner=new, by=owner, now=timezone.now())
        refused("claim_admin:refuse_change", change.pk)

    def test_a_name_with_a_number_in_it_is_refused_at_the_door(self, client, vendor, editor):
        issued = a_letter(vendor.shop, editor)
        door = reverse("claims:letter", args=[issued.letter.serial])
        answer = client.post(door, {"code": issued.code, "name": "Chị Hoa 0912 345 678", "phone": FIRST})
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"name"})
        assert not KeepingEvent.objects.filter(kind="claimed").exists()


class TestPayments:
    def test_entering_an_account(self, client, vendor, second_officer):
        client.force_login(second_officer)
        said = {
            "shop": vendor.shop.pk,
            "holder_kind": "household",
            "payee_name": PAYEE,
            "why": TOLD,
            "bank_is_right": 1,
        }
        said |= {"bank_bin": SAMPLE.bin, "account": SAMPLE.account}
        answer = client.post(reverse("payment_admin:new"), said)
        assert "0912 345 678" in str(answer.context["form"].errors["why"])
        assert not PaymentAccount.objects.exists()

    @pytest.mark.parametrize(
        ("action", "state"),
        [
            ("request", "draft"),
            ("approve", "pending"),
            ("refuse", "pending"),
            ("suspend", "active"),
            ("revoke", "active"),
            ("lift", "suspended"),
        ],
    )
    def test_each_deed(self, client, vendor, editor, second_officer, django_user_model, action, state):
        third = django_user_model.objects.create_user("bientap3")
        if state in {"active", "suspended"}:
            account = active(vendor.shop, editor, third)
        else:
            account = drafted(vendor.shop, editor)
        if state == "pending":
            request(account=account, by=editor)
        if state == "suspended":
            suspend(account=account, by=editor, why="Bị dán đè")
        client.force_login(second_officer)
        before = PaymentAccount.objects.values().get(), list(PaymentEvent.objects.values())
        answer = client.post(reverse("payment_admin:act", args=[account.pk, action]), {"why": TOLD})
        assert "0912 345 678" in str(answer.context["form"].errors["why"])
        assert (PaymentAccount.objects.values().get(), list(PaymentEvent.objects.values())) == before

    def test_the_rule_itself_keeps_nothing(self, vendor, editor, second_officer):
        account = drafted(vendor.shop, editor)
        with pytest.raises(NumberNamed):
            refuse(account=account, by=second_officer, why=TOLD)
        assert PaymentAccount.objects.get().state == "draft"


class TestFoodSafety:
    @pytest.mark.parametrize("deed", ["withhold", "correct"])
    def test_withholding_and_correcting_a_record(self, vendor, refused, deed):
        record = an_inspection(vendor.shop, finalised_on=timezone.localdate())
        refused(f"food_safety:{deed}", record.pk)

    def test_refusing_a_reply(self, vendor, refused):
        record = an_inspection(vendor.shop, finalised_on=timezone.localdate())
        reply = record.replies.create(words="Chúng tôi đã sửa.", written_on=timezone.localdate())
        refused("food_safety:vet", reply.pk, accept="0")

    def test_revoking_a_paper(self, vendor, refused):
        refused("food_safety:revoke", a_paper(vendor.shop).pk, on=str(timezone.localdate()))

    @pytest.mark.parametrize("field", ["team", "decision_number", "note"])
    def test_writing_a_record_down(self, editor_client, vendor, field):
        answer = editor_client.post(reverse("food_inspection:add"), form(vendor.shop, **{field: TOLD}))
        assert set(answer.context["form"].errors) == {field}
        assert not Inspection.objects.exists()

    @pytest.mark.parametrize("field", ["words", "words_en", "remedy", "remedy_en"])
    def test_writing_a_finding_down(self, editor_client, vendor, field):
        finding = {"words": "Bẩn", field: TOLD}
        answer = editor_client.post(reverse("food_inspection:add"), form(vendor.shop, finding))
        assert set(answer.context["form"].formsets["findings"].errors[0]) == {field}
        assert not Inspection.objects.exists()

    @pytest.mark.parametrize("said", [{"note": TOLD}, {"finding": TOLD}])
    def test_what_was_written_before_is_not_locked(self, client, vendor, editor, second_officer, said):
        record = an_inspection(vendor.shop, recorded_by=editor, **said)
        client.force_login(second_officer)
        answer = client.post(reverse("food_safety:finalise", args=[record.pk]))
        assert "0912 345 678" in str(answer.context["form"].non_field_errors())
        assert Inspection.objects.get().finalised_on is None
        with pytest.raises(NumberNamed):
            finalise(inspection=record, by=second_officer)

    def test_deciding_on_the_legal_route(self, vendor, editor):
        with pytest.raises(NotDecidable) as refusal:
            decide_route(shop=vendor.shop, kind=RouteKind.UNDETERMINED, by=editor, note=TOLD)
        assert refusal.value.field == "note"
        assert not LegalRoute.objects.exists()
