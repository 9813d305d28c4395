"""A vendor's way on a phone: from the paper to a claim that waits, step by step, and every wrong turn."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from streets.claims.claiming import confirm
from streets.claims.handed_codes import grouped
from streets.claims.membership import invite
from streets.members import membership
from streets.models import Claim, ClaimLetter, ClaimState, CodeState, MemberRole
from tests.factories import FoodVendorPageFactory
from tests.streets.claims.people import FIRST, SECOND, THIRD, a_letter, a_person
from tests.streets.claims.test_letter_pdf import code_on, symbols
from wardmark.accounts.models import SignInPhone, User
from wardmark.accounts.people import make_person
from wardmark.accounts.phones import Phone, holder_of, phone_of

pytestmark = pytest.mark.django_db
PASSWORD = "ba-tu-de-nho-7"
WRONG = "ACDE-FHJK"


@pytest.fixture
def issued(shop, editor):
    return a_letter(shop, editor)


def door(issued) -> str:
    return reverse("claims:letter", args=[issued.letter.serial])


def knock(client, issued, /, **changed):
    typed = {"code": grouped(issued.code), "name": "Chị Minh Hoạ", "phone": FIRST} | changed
    return client.post(door(issued), typed)


def code_in(sent) -> str:
    return re.search(r"\b\d{6}\b", sent[-1][1]).group()


def secure(client, issued, **form):
    return client.post(reverse("claims:secure", args=[issued.letter.serial]), form or {"password": PASSWORD})


def prove(client, issued, code):
    return client.post(reverse("claims:prove", args=[issued.letter.serial]), {"code": code})


def go_all_the_way(client, issued, sent):
    assert knock(client, issued).status_code == 302
    assert prove(client, issued, code_in(sent)).status_code == 302
    return secure(client, issued)


class TestTheWholeWay:
    def test_from_the_paper_to_the_portal(self, client, issued, sent, editor, shop):
        assert client.get(door(issued)).status_code == 200
        answer = knock(client, issued)
        assert answer.headers["Location"] == reverse("claims:prove", args=[issued.letter.serial])
        assert client.get(answer.headers["Location"]).status_code == 200
        answer = prove(client, issued, code_in(sent))
        assert answer.headers["Location"] == reverse("claims:secure", args=[issued.letter.serial])
        assert client.get(answer.headers["Location"]).status_code == 200
        answer = secure(client, issued)
        assert answer.headers["Location"] == reverse("claims:waiting")
        shown = client.get(reverse("claims:waiting"))
        assert 'data-claim="pending"' in shown.content.decode()
        claim = Claim.objects.get()
        assert (claim.state, claim.is_phone_proved, claim.user.first_name) == ("pending", True, "Chị Minh Hoạ")
        assert claim.user.check_password(PASSWORD)
        assert phone_of(claim.user) == Phone.written(FIRST)
        # Nothing is open yet.
        key = shop.page_key
        assert client.get(reverse("portal:shop", args=[key])).status_code == 403
        confirm(claim=claim, by=editor, now=timezone.now())
        assert client.get(reverse("portal:shop", args=[key])).status_code == 200

    def test_a_passkey_instead_of_a_password(self, client, issued, sent):
        knock(client, issued)
        prove(client, issued, code_in(sent))
        answer = secure(client, issued, passkey="1")
        assert answer.headers["Location"] == reverse("accounts:passkeys")
        assert not Claim.objects.get().user.has_usable_password()

    def test_without_a_gateway_the_officer_is_who_makes_sure(self, client, issued, no_gateway, editor, shop):
        answer = knock(client, issued)
        assert answer.headers["Location"] == reverse("claims:secure", args=[issued.letter.serial])
        assert "passkey" not in client.get(answer.headers["Location"]).content.decode()
        # Nobody could come back with a passkey alone.
        assert secure(client, issued, passkey="1").status_code == 422
        assert secure(client, issued).status_code == 302
        claim = Claim.objects.get()
        assert (claim.is_phone_proved, claim.made_account) == (False, True)
        assert membership(claim.user, shop) is None

    def test_who_is_signed_in_types_the_code_alone(self, client, issued, editor):
        person = a_person(SECOND)
        client.force_login(person)
        answer = client.post(door(issued), {"code": issued.code})
        assert answer.headers["Location"] == reverse("claims:waiting")
        assert Claim.objects.get().user == person
        assert User.objects.filter(is_active=True, sign_in_phone__isnull=False).count() == 1

    def test_a_number_that_has_an_account_signs_in_by_its_message(self, client, issued, sent):
        person = a_person(FIRST)
        knock(client, issued)
        answer = prove(client, issued, code_in(sent))
        assert answer.headers["Location"] == reverse("claims:waiting")
        claim = Claim.objects.get()
        assert (claim.user, claim.made_account) == (person, False)
        assert client.get(reverse("claims:waiting")).context["user"] == person

    def test_the_number_of_the_letter_may_be_typed(self, client, issued):
        answer = client.post(reverse("claims:start"), {"number": issued.letter.printed_serial.lower()})
        assert answer.headers["Location"] == door(issued)
        answer = client.post(reverse("claims:start"), {"number": "7K3-M9XQ"})
        assert (answer.status_code, "number" in answer.context["form"].errors) == (422, True)

    def test_from_the_officers_pdf_to_an_owner_who_signs_in_by_telephone(self, client, shop, editor, sent, settings):
        """Only what stands on the paper is used: the symbol is read by a camera's program, the code by eye."""
        officer = type(client)()
        officer.force_login(editor)
        pdf = officer.post(reverse("claim_admin:print_letter", args=[shop.pk])).content
        [link] = symbols(pdf)
        code = code_on(PdfReader(BytesIO(pdf)).pages[0])
        door = link.removeprefix(settings.PLAQUE_BASE_URL)
        answer = client.post(door, {"code": code, "name": "Chị Minh Hoạ", "phone": FIRST})
        client.post(answer.headers["Location"], {"code": code_in(sent)})
        client.post(reverse("claims:secure", args=[ClaimLetter.objects.get().serial]), {"password": PASSWORD})
        officer.post(reverse("claim_admin:confirm_at_once", args=[Claim.objects.get().pk]))
        phone = type(client)()
        answer = phone.post(reverse("accounts:sign_in"), {"username": FIRST, "password": PASSWORD})
        assert answer.headers["Location"] == reverse("portal:home")
        assert phone.get(reverse("portal:shop", args=[shop.page_key])).status_code == 200

    def test_an_invitation_takes_the_same_way(self, client, shop, owner, sent):
        invited = invite(shop=shop, by=owner, phone=Phone.written(FIRST), role="staff", now=timezone.now())
        at = reverse("claims:invitation", args=[invited.invitation.serial])
        other = client.post(at, {"code": invited.code, "name": "Bạn phụ", "phone": THIRD})
        assert (other.status_code, "phone" in other.context["form"].errors, sent) == (422, True, [])
        answer = client.post(at, {"code": invited.code, "name": "Bạn phụ", "phone": FIRST})
        answer = client.post(answer.headers["Location"], {"code": code_in(sent)})
        answer = client.post(answer.headers["Location"], {"password": PASSWORD})
        assert answer.headers["Location"] == reverse("portal:home")
        member = membership(holder_of(Phone.written(FIRST)), shop)
        assert member.role == MemberRole.STAFF
        assert client.get(at).status_code == 410


class TestWrongTurns:
    def nothing_changed(self, issued):
        assert not Claim.objects.exists()
        assert not User.objects.filter(sign_in_phone__isnull=False).exists()
        return ClaimLetter.objects.get(pk=issued.letter.pk)

    def test_a_wrong_code_costs_a_try_and_sends_no_message(self, client, issued, sent):
        answer = knock(client, issued, code=WRONG)
        assert (answer.status_code, "code" in answer.context["form"].errors) == (422, True)
        assert self.nothing_changed(issued).wrong_tries == 1
        assert not sent
        # What was typed is not lost.
        assert answer.context["form"]["phone"].value() == FIRST

    def test_the_sixth_try_is_refused_with_the_right_code_too(self, client, issued, sent):
        for _ in range(4):
            assert knock(client, issued, code=WRONG).status_code == 422
        assert knock(client, issued, code=WRONG).status_code == 410
        assert knock(client, issued).status_code == 410
        assert client.get(door(issued)).status_code == 410
        assert self.nothing_changed(issued).state == CodeState.SPENT
        assert not sent

    @pytest.mark.parametrize("typed", [{"code": ""}, {"code": "abc"}, {"phone": "123"}, {"phone": ""}, {"name": ""}])
    def test_what_is_not_filled_in_rightly_costs_no_try(self, client, issued, typed, sent):
        answer = knock(client, issued, **typed)
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, set(typed))
        assert self.nothing_changed(issued).wrong_tries == 0
        assert not sent

    def test_a_used_code_is_refused_at_the_door_and_midway(self, client, issued, sent):
        other = type(client)()
        knock(other, issued, phone=SECOND)
        prove(other, issued, code_in(sent))
        assert go_all_the_way(client, issued, sent).status_code == 302
        assert secure(other, issued).status_code == 410
        assert knock(other, issued, phone=THIRD).status_code == 410
        assert Claim.objects.count() == 1
        assert holder_of(Phone.written(SECOND)) is None

    def test_a_cancelled_letter_is_refused_midway(self, client, issued, sent, shop, editor):
        knock(client, issued)
        prove(client, issued, code_in(sent))
        a_letter(shop, editor)
        assert secure(client, issued).status_code == 410
        self.nothing_changed(issued)

    def test_a_lapsed_letter_is_refused(self, client, issued):
        with time_machine.travel(issued.letter.valid_until, tick=False):
            assert client.get(door(issued)).status_code == 410
            assert knock(client, issued).status_code == 410
        self.nothing_changed(issued)

    def test_a_number_of_no_letter_is_nowhere(self, client, ward):
        for serial in ("0000000", "nothing", "7k3"):
            assert client.get(reverse("claims:letter", args=[serial])).status_code == 404

    def test_no_step_is_taken_without_the_one_before(self, client, issued, sent):
        serial = issued.letter.serial
        for name in ("claims:prove", "claims:secure"):
            for answer in (client.get(reverse(name, args=[serial])), client.post(reverse(name, args=[serial]), {})):
                assert answer.headers["Location"] == door(issued)
        knock(client, issued)
        assert secure(client, issued).headers["Location"] == reverse("claims:prove", args=[serial])
        self.nothing_changed(issued)

    def test_the_way_closes_after_an_hour(self, client, issued, sent):
        knock(client, issued)
        with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1), tick=False):
            assert secure(client, issued).headers["Location"] == door(issued)
        self.nothing_changed(issued)

    def test_a_wrong_message_code_is_refused_and_another_can_be_sent(self, client, issued, sent):
        knock(client, issued)
        right = code_in(sent)
        wrong = f"{(int(right) + 1) % 10**6:06}"
        assert prove(client, issued, wrong).status_code == 422
        address = reverse("claims:prove", args=[issued.letter.serial])
        assert client.post(address, {"again": "1"}).status_code == 302
        assert prove(client, issued, code_in(sent)).status_code == 302
        assert len(sent) == 2

    def test_an_easy_password_is_refused_and_nothing_is_half_made(self, client, issued, sent):
        knock(client, issued)
        prove(client, issued, code_in(sent))
        answer = secure(client, issued, password="12345678")
        assert (answer.status_code, "password" in answer.context["form"].errors) == (422, True)
        assert self.nothing_changed(issued).state == CodeState.OPEN
        assert secure(client, issued).status_code == 302

    def test_an_unproved_number_opens_nobodys_account(self, client, issued, no_gateway):
        holder = a_person(FIRST, password="cu-cua-toi-99")
        knock(client, issued)
        assert secure(client, issued).status_code == 410
        holder.refresh_from_db()
        assert holder.check_password("cu-cua-toi-99")
        assert not Claim.objects.exists()

    def test_a_closed_account_stays_closed(self, client, issued, sent):
        holder = a_person(FIRST)
        holder.is_active = False
        holder.save()
        knock(client, issued)
        assert prove(client, issued, code_in(sent)).status_code == 410
        assert not Claim.objects.exists()

    def test_an_officer_is_asked_to_sign_out(self, editor_client, issued):
        answer = editor_client.post(door(issued), {"code": issued.code})
        assert answer.status_code == 403
        assert self.nothing_changed(issued).state == CodeState.OPEN

    def test_many_tries_from_one_network_are_slowed_down(self, client, shop, editor, street):
        statuses = []
        for _ in range(8):
            issued = a_letter(shop, editor)
            statuses += [knock(client, issued, code=WRONG).status_code for _ in range(4)]
        assert statuses[:30] == [422] * 30
        assert statuses[30:] == [429] * 2
        assert ClaimLetter.objects.get(pk=issued.letter.pk).wrong_tries == 2

    def test_the_claim_of_an_owned_shop_says_so(self, client, issued, sent, owner, shop):
        assert go_all_the_way(client, issued, sent).status_code == 302
        assert Claim.objects.get().state == ClaimState.DISPUTED
        assert 'data-claim="disputed"' in client.get(reverse("claims:waiting")).content.decode()
        assert membership(owner, shop).role == MemberRole.OWNER


class TestWhatIsSaidAndKept:
    def test_no_page_is_kept_or_indexed_and_no_address_has_a_secret(self, client, issued, sent, editor):
        answers = [client.get(reverse("claims:start")), client.get(door(issued)), knock(client, issued)]
        answers.append(prove(client, issued, code_in(sent)))
        answers.append(client.get(answers[-1].headers["Location"]))
        answers.append(secure(client, issued))
        client.force_login(editor)
        answers.append(client.get(door(issued)))
        for answer in answers:
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["X-Robots-Tag"] == "noindex"
            where = answer.headers.get("Location", "")
            assert issued.code not in where.replace("-", "")
            assert "900000001" not in where

    def test_the_session_holds_no_readable_number(self, client, issued, sent):
        knock(client, issued)
        kept = str(dict(client.session))
        assert issued.letter.serial in kept
        assert "900000001" not in kept
        assert issued.code not in kept

    def test_forms_are_sent_with_a_token(self, issued):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        assert knock(strict, issued).status_code == 403

    def test_who_is_not_signed_in_sees_no_claims(self, client, ward):
        answer = client.get(reverse("claims:waiting"))
        assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))

    def test_nobody_sees_the_claims_of_somebody_else(self, client, issued, sent, stranger):
        go_all_the_way(client, issued, sent)
        client.force_login(stranger)
        assert "data-claim" not in client.get(reverse("claims:waiting")).content.decode()


def test_signing_in_proves_no_number_that_nobody_proved(client, issued, editor, page, no_gateway):
    knock(client, issued)
    assert secure(client, issued).status_code == 302
    other = a_letter(FoodVendorPageFactory(parent=page.get_parent(), title="Quán Kia").shop, editor)
    client.post(door(other), {"code": grouped(other.code)})
    assert not Claim.objects.get(letter=other.letter).is_phone_proved


def test_who_proves_a_number_shares_no_account_with_who_only_wrote_it(client, page, editor, issued, sent):
    intruder = make_person(name="Người Lạ", phone=Phone.written(FIRST), proved_at=None)
    intruder.set_password(PASSWORD)
    intruder.save()
    knock(client, issued)
    prove(client, issued, code_in(sent))
    claimant = Claim.objects.get().user
    assert not claimant.has_usable_password()
    assert SignInPhone.objects.get(person=claimant).proved_at


def test_a_paper_tells_of_three_numbers_a_day_that_they_are_known(client, issued, no_gateway):
    numbers = [f"0900 000 1{nth:02}" for nth in range(4)]
    for number in numbers:
        a_person(number)
    answers = []
    for number in [*numbers, THIRD]:
        knock(client, issued, phone=number)
        answers.append(secure(client, issued).status_code)
    assert answers == [410, 410, 410, 429, 429]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        knock(client, issued, phone=THIRD)
        assert secure(client, issued).status_code == 302


def test_an_easy_password_asks_about_no_number(client, issued, no_gateway):
    a_person(FIRST)
    for _ in range(4):
        knock(client, issued)
        assert secure(client, issued, password="12345678").status_code == 422
