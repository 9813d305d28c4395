"""Coming in, and to a new password, by a code; nobody learns whose number is known."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from tests.site.accounts.conftest import OTHER, PASSWORD
from wardmark.accounts.models import OneTimeCode, User
from wardmark.accounts.people import make_person

pytestmark = pytest.mark.django_db
NUMBER, STRANGER = "0900 000 123", "0900 000 999"
NEW = "banh-mi-pate-nong"


def by_code(client, **form):
    return client.post(reverse("accounts:sign_in_by_code"), form)


def new_password(client, **form):
    return client.post(reverse("accounts:forgotten_password"), form)


def plain(answer) -> str:
    """The page without what differs for every visitor."""
    return re.sub(r'(csrfmiddlewaretoken" value=)"[^"]+"', r"\1", answer.content.decode())


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_signs_in_once(client, person, last_code):
    assert by_code(client, phone=NUMBER).status_code == 200
    code = last_code()
    answer = by_code(client, phone=NUMBER, code=code, next=reverse("accounts:password"))
    assert answer.headers["Location"] == reverse("accounts:password")
    assert client.session["_auth_user_id"] == str(person.pk)
    client.logout()
    assert by_code(client, phone=NUMBER, code=code).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_sixth_try_is_refused(client, person, last_code):
    by_code(client, phone=NUMBER)
    for _ in range(5):
        by_code(client, phone=NUMBER, code=wrong(last_code()))
    by_code(client, phone=NUMBER, code=last_code())
    assert "_auth_user_id" not in client.session


def test_a_code_leads_to_no_other_site(client, person, last_code):
    by_code(client, phone=NUMBER)
    answer = by_code(client, phone=NUMBER, code=last_code(), next="//evil.example/")
    assert answer.headers["Location"] == reverse("portal:home")


def test_a_strangers_number_gets_the_same_page_and_no_message(client, person, sent):
    known, unknown = by_code(client, phone=NUMBER), by_code(client, phone=STRANGER)
    assert plain(known).replace(NUMBER, "…") == plain(unknown).replace(STRANGER, "…")
    assert [number for number, _text in sent] == ["+84900000123"]
    # Codes are made for both, so that both can be tried alike.
    assert OneTimeCode.objects.count() == 2
    known, unknown = (by_code(client, phone=one, code="000000") for one in (NUMBER, STRANGER))
    assert plain(known).replace(NUMBER, "…") == plain(unknown).replace(STRANGER, "…")


def test_both_are_throttled_alike(client, person):
    for number in (NUMBER, STRANGER):
        assert [by_code(client, phone=number).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_as_many_queries_are_asked_for_a_strangers_number(client, person):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    # Once before, to fill what is cached.
    by_code(client, phone="0900 000 998")
    for number in (NUMBER, STRANGER):
        with CaptureQueriesContext(connection) as asked:
            by_code(client, phone=number)
            by_code(client, phone=number, code="000000")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("number", ["", "024 3833 1234", "abc"])
def test_what_is_no_mobile_number_is_said_beside_the_field(client, number, sent):
    answer = by_code(client, phone=number)
    assert answer.status_code == 200
    assert "field__errors" in answer.content.decode()
    assert not sent


def test_no_number_stands_in_an_address(client, person):
    page = by_code(client, phone=NUMBER).content.decode()
    assert not re.search(r'(?:href|action)="[^"]*0{5}', page)


def test_a_closed_account_gets_no_code(client, person, sent):
    person.is_active = False
    person.save()
    by_code(client, phone=NUMBER)
    assert not sent


def test_a_forgotten_password_is_set_anew_and_other_devices_are_signed_out(client, person, last_code):
    from django.test import Client

    elsewhere = Client()
    elsewhere.force_login(person)
    new_password(client, phone=NUMBER)
    answer = new_password(client, phone=NUMBER, code=last_code(), new_password1=NEW, new_password2=NEW)
    assert answer.headers["Location"] == reverse("accounts:home")
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert client.get(reverse("accounts:home")).status_code == 200
    assert elsewhere.get(reverse("accounts:home")).status_code == 302


def test_a_new_password_leads_to_the_passkeys_where_there_are_any(client, person, last_code):
    """Whoever held the open phone may have made one: it goes on signing in."""
    WebAuthnCredential.objects.create(
        user=person, credential_id=b"1", public_key=b"1", transports=[], aaguid="0" * 32, sign_count=0
    )
    new_password(client, phone=NUMBER)
    answer = new_password(client, phone=NUMBER, code=last_code(), new_password1=NEW, new_password2=NEW)
    assert answer.headers["Location"] == reverse("accounts:passkeys")
    page = client.get(answer.headers["Location"]).content.decode()
    assert page.count("account__note") == 2
    assert reverse("accounts:passkey_remove", args=[WebAuthnCredential.objects.get().pk]) in page


@pytest.mark.parametrize(("first", "second"), [("12345678", "12345678"), (NEW, f"{NEW}s"), ("", ""), ("ngan", "ngan")])
def test_a_bad_new_password_costs_no_try(client, person, last_code, first, second):
    new_password(client, phone=NUMBER)
    for _ in range(6):
        answer = new_password(client, phone=NUMBER, code=last_code(), new_password1=first, new_password2=second)
        assert answer.content.decode().count("field__errors") >= 1
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    new_password(client, phone=NUMBER, code=last_code(), new_password1=NEW, new_password2=NEW)
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_code_for_signing_in_sets_no_password_and_the_other_way_round(client, person, last_code):
    by_code(client, phone=NUMBER)
    new_password(client, phone=NUMBER, code=last_code(), new_password1=NEW, new_password2=NEW)
    new_password(client, phone=NUMBER)
    by_code(client, phone=NUMBER, code=last_code())
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
    assert "_auth_user_id" not in client.session


def test_nobody_elses_password_is_set(client, person, last_code):
    other = make_person(name="Ai Khác", phone=OTHER, proved_at=timezone.now())
    new_password(client, phone="0900 000 456")
    new_password(client, phone=NUMBER, code=last_code(), new_password1=NEW, new_password2=NEW)
    person.refresh_from_db()
    other.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not other.has_usable_password()


def test_without_a_gateway_officers_help(client, person, no_gateway, ward):
    assert by_code(client, phone=NUMBER).status_code == 404
    page = new_password(client, phone=NUMBER).content.decode()
    assert "tel:02400000000" in page.replace(" ", "")
    signing_in = client.get(reverse("accounts:sign_in")).content.decode()
    assert reverse("accounts:sign_in_by_code") not in signing_in
    assert reverse("accounts:forgotten_password") in signing_in


def test_the_first_proof_of_a_number_ends_every_other_way_in(client, last_code):
    """Whoever opened the account had only written the number."""
    person = make_person(name="Nguyễn Thị Thử", phone=OTHER, proved_at=None)
    person.set_password(PASSWORD)
    person.save()
    WebAuthnCredential.objects.create(
        user=person, credential_id=b"1", public_key=b"1", transports=[], aaguid="0" * 32, sign_count=0
    )
    intruder = Client()
    intruder.post(reverse("accounts:sign_in"), {"username": OTHER.number, "password": PASSWORD})
    assert intruder.get(reverse("accounts:home")).status_code == 200
    by_code(client, phone=OTHER.number)
    by_code(client, phone=OTHER.number, code=last_code())
    assert client.get(reverse("accounts:home")).status_code == 200
    assert intruder.get(reverse("accounts:home")).status_code == 302
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not WebAuthnCredential.objects.filter(user=person).exists()


def test_a_proof_of_a_proved_number_ends_nothing(client, person, last_code):
    by_code(client, phone=NUMBER)
    by_code(client, phone=NUMBER, code=last_code())
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
