"""Numbers of people: written in many forms, kept in one, shown to nobody else."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.site.accounts.conftest import OTHER, PHONE
from wardmark.accounts import phones
from wardmark.accounts.models import SignInPhone, User
from wardmark.accounts.people import give_password, make_person, person_named, person_with_phone
from wardmark.accounts.phones import Phone, PhoneTaken, give_phone


@pytest.mark.parametrize("text", ["0900000123", "+84 900 000 123", "0900.000.123", "84900000123", "0900-000-123"])
def test_a_number_is_the_same_however_it_is_written(text):
    assert Phone.written(text) == PHONE


@pytest.mark.parametrize("text", ["", "024 3833 1234", "1900 1234", "+1 212 555 0100", "abc", "0900", "0900000123 x5"])
def test_what_takes_no_messages_is_no_sign_in_number(text):
    with pytest.raises(ValidationError):
        Phone.written(text)
    assert phones.read(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_mobile_number_or_none(text):
    phone = phones.read(text)
    assert phone is None or (phone.number.startswith("+84") and len(phone.number) == 12)


@given(st.from_regex(r"\A0[35789][0-9]{8}\Z"))
def test_every_mobile_number_comes_back_from_the_form_it_is_shown_in(text):
    phone = Phone.written(text)
    assert Phone.written(phone.shown) == phone
    assert phone.number == f"+84{text[1:]}"


def test_no_print_of_it_tells_more_than_three_digits(person):
    row = SignInPhone.objects.get()
    for printed in (repr(PHONE), str(PHONE), PHONE.masked, repr(row), str(row), f"{[PHONE]}"):
        assert "900000" not in printed
    assert PHONE.masked.endswith("123")


def test_a_person_is_found_by_number_or_name(person):
    assert person_with_phone(PHONE) == person
    assert person_named("0900 000 123") == person
    assert person_named(person.username) == person
    assert person_with_phone(OTHER) is None
    assert person_named("0900 000 456") is None
    assert phones.phone_of(person) == PHONE


def test_a_number_is_one_persons(person):
    with pytest.raises(PhoneTaken):
        make_person(name="Ai Khác", phone=PHONE, proved_at=None)
    assert User.objects.filter(first_name="Ai Khác").count() == 0
    give_phone(person=person, phone=OTHER, proved_at=timezone.now())
    assert person_with_phone(PHONE) is None
    assert person_with_phone(OTHER) == person


def test_the_database_itself_refuses_a_second_holder(person, django_user_model):
    row = SignInPhone.objects.get()
    other = django_user_model.objects.create_user("khac")
    with pytest.raises(IntegrityError):
        SignInPhone.objects.create(
            person=other, sealed="x", fingerprint=row.fingerprint, last_three="123", since=timezone.now()
        )


@pytest.mark.django_db
def test_a_new_person_has_no_password_until_one_is_given():
    someone = make_person(name="Nguyễn Thị Thử", phone=PHONE, proved_at=None)
    assert not someone.has_usable_password()
    assert someone.get_full_name() == "Nguyễn Thị Thử"
    assert "900000" not in someone.username
    with pytest.raises(ValidationError):
        give_password(person=someone, password="12345")
    assert not User.objects.get().has_usable_password()
    give_password(person=someone, password="pho-bo-tai-chin")
    assert User.objects.get().check_password("pho-bo-tai-chin")


def test_keys_can_be_changed_without_locking_anybody_out(person, settings):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.SEALING_KEYS = [old]
    SignInPhone.objects.all().delete()
    give_phone(person=person, phone=PHONE, proved_at=timezone.now())
    settings.SEALING_KEYS = [new, old]
    assert person_with_phone(PHONE) == person
    with pytest.raises(PhoneTaken):
        make_person(name="Ai Khác", phone=PHONE, proved_at=None)
    call_command("reseal")
    settings.SEALING_KEYS = [new]
    assert person_with_phone(PHONE) == person
    assert phones.phone_of(person) == PHONE
