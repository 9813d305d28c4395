"""My account, and that it is mine alone."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from tests.site.accounts.conftest import OTHER, PASSWORD, PHONE
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.people import make_person
from wardmark.accounts.phone_changes import cancel_token, request

pytestmark = pytest.mark.django_db
NEW = "banh-mi-pate-nong"
OWN = ("home", "password", "passkeys", "phone")


@pytest.fixture
def own(client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", OWN)
def test_every_page_opens_and_is_kept_by_no_cache(own, ward, name, language):
    from django.utils.translation import override

    with override(language):
        answer = own.get(reverse(f"accounts:{name}"))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()


@pytest.mark.parametrize("name", [*OWN, "cancel_phone_change", "sign_out_everywhere"])
def test_who_is_not_signed_in_sees_and_changes_nothing(client, person, name):
    for answer in (client.get(reverse(f"accounts:{name}")), client.post(reverse(f"accounts:{name}"))):
        assert answer.status_code in {302, 405}
        assert "900" not in answer.content.decode()


def test_a_person_sees_the_own_number_in_full(own):
    assert "090 000 01 23" in (page := own.get(reverse("accounts:home")).content.decode()) or PHONE.shown in page


def test_the_password_is_changed_here_and_the_other_device_is_signed_out(own, person):
    elsewhere = Client()
    elsewhere.force_login(person)
    answer = own.post(reverse("accounts:password"), {"new_password1": NEW, "new_password2": NEW})
    assert answer.headers["Location"] == reverse("accounts:home")
    assert own.get(reverse("accounts:home")).status_code == 200
    assert elsewhere.get(reverse("accounts:home")).status_code == 302


@pytest.mark.parametrize(
    ("first", "second"), [("12345678", "12345678"), (NEW, "khac"), ("", ""), ("password", "password")]
)
def test_a_bad_password_is_said_beside_the_field_and_changes_nothing(own, person, first, second):
    answer = own.post(reverse("accounts:password"), {"new_password1": first, "new_password2": second})
    assert "field__errors" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(("wish", "leads_to"), [("", ""), ("https://evil.example/", ""), ("/vi/", "?next=%2Fvi%2F")])
def test_a_password_changed_leads_to_the_passkeys_where_there_are_any(own, person, wish, leads_to):
    """One that somebody else made outlives the old password."""
    WebAuthnCredential.objects.create(
        user=person, credential_id=b"1", public_key=b"1", transports=[], aaguid="0" * 32, sign_count=0
    )
    answer = own.post(reverse("accounts:password"), {"new_password1": NEW, "new_password2": NEW, "next": wish})
    assert answer.headers["Location"] == f"{reverse('accounts:passkeys')}{leads_to}"


def test_signing_out_everywhere_ends_all_sessions_and_not_the_next_one(own, person):
    elsewhere = Client()
    elsewhere.force_login(person)
    own.post(reverse("accounts:sign_out_everywhere"))
    for one in (own, elsewhere):
        assert one.get(reverse("accounts:home")).status_code == 302
    person.refresh_from_db()
    own.force_login(person)
    assert own.get(reverse("accounts:home")).status_code == 200


def test_nobody_stops_the_change_of_somebody_else(client, person):
    change = request(person=person, phone=OTHER, proved_at=timezone.now(), cancel_address="{token}")
    other = make_person(name="Ai Khác", phone=type(OTHER)("+84900000789"), proved_at=None)
    client.force_login(other)
    client.post(reverse("accounts:cancel_phone_change"))
    token = cancel_token(change)
    for forged in ("x", token[:-2], f"{token}x", token.replace(":", "a"), change.key.hex):
        assert client.post(reverse("accounts:stop_change", args=[forged])).status_code == 404
    assert PhoneChange.objects.get().state == "waiting"
