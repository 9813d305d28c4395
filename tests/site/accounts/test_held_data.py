"""What accounts hold under a number: found, and forgotten where nobody is locked out by it."""

import pytest
from django.utils import timezone

from tests.site.accounts.conftest import OTHER, PHONE
from wardmark.accounts import phone_proof
from wardmark.accounts.models import OneTimeCode, PhoneChange, SignInPhone
from wardmark.accounts.phone_changes import request
from wardmark.accounts.phones import phone_of
from wardmark.base.personal_data import erase_everywhere, held_under, withdraw_everywhere
from wardmark.reports.subject_requests import enter, erase, look_up

pytestmark = pytest.mark.django_db
forgetting = pytest.mark.parametrize("forget", [erase_everywhere, withdraw_everywhere])


@pytest.fixture
def asked(editor):
    return enter(right="erasure", channel="office", asker="Bà Thử", received_at=timezone.now(), by=editor)


def test_whoever_asks_learns_that_somebody_signs_in_with_the_number(person, asked, editor):
    for written in ("0900 000 123", PHONE.number):
        [held] = look_up(request=asked, phone=written, by=editor)
        assert held.kept_because
        assert person.get_full_name() not in held.what
        assert "000 123" not in held.what
    assert look_up(request=asked, phone="0900 000 999", by=editor) == []


@forgetting
def test_the_number_of_an_open_account_stays(person, editor, forget):
    assert forget(PHONE.number, by=editor) == 0
    assert phone_of(person) == PHONE


@forgetting
def test_the_number_of_a_closed_account_goes(person, editor, forget):
    person.is_active = False
    person.save()
    [held] = held_under(PHONE.number)
    assert not held.kept_because
    assert forget(PHONE.number, by=editor) == 1
    assert not SignInPhone.objects.exists()
    assert held_under(PHONE.number) == []


@forgetting
def test_a_number_that_shall_be_signed_in_with_goes_and_the_change_ends(person, editor, forget):
    change = request(person=person, phone=OTHER, proved_at=timezone.now(), cancel_address="{token}")
    assert len(held_under(OTHER.number)) == 1
    assert forget(OTHER.number, by=editor) == 1
    change.refresh_from_db()
    assert (change.state, change.ended_by) == ("cancelled", editor)
    assert (change.sealed, change.fingerprint, change.last_three) == ("", "", "")
    assert forget(OTHER.number, by=editor) == 0
    assert phone_of(person) == PHONE


def test_codes_that_were_sent_go_with_it(person, asked, editor):
    phone_proof.begin(phone=OTHER, purpose="claim", request=None)
    phone_proof.begin(phone=PHONE, purpose="claim", request=None)
    erase(request=asked, phone=OTHER.number, by=editor)
    assert OneTimeCode.objects.count() == 1


def test_a_change_that_ended_meanwhile_is_left_as_it_is(person, editor):
    change = request(person=person, phone=OTHER, proved_at=timezone.now(), cancel_address="{token}")
    PhoneChange.objects.update(state="done")
    assert erase_everywhere(OTHER.number, by=editor) == 0
    change.refresh_from_db()
    assert change.state == "done"


def test_a_landline_is_nobodys_sign_in(person, editor):
    assert held_under("+842400000012") == []
    assert erase_everywhere("+842400000012", by=editor) == 0
