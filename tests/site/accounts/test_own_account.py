"""My account, and that it is mine alone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from tests.site.accounts.conftest import OTHER, PASSWORD, PHONE
from wardmark.accounts import urls
from wardmark.accounts.models import PhoneChange
from wardmark.accounts.people import make_person
from wardmark.accounts.phone_changes import cancel_token, request

pytestmark = pytest.mark.django_db
NEW = "banh-mi-pate-nong"
OWN = ("home", "password", "passkeys", "phone")
# Sent from a page of one's own, with what stands in the address.
ONLY_SENT = ("cancel_phone_change", "sign_out_everywhere", "passkey_rename", "passkey_remove")
# Asked by a script, for who is signed in.
BY_SCRIPT = ("passkey_add_options", "passkey_add", "passkey_confirm_options", "passkey_confirm")
# For whoever is not signed in, or no longer can: tried where signing in, codes, passkeys and changes are.
EVERYBODYS = (
    *("sign_in", "sign_in_by_code", "forgotten_password", "sign_out", "stop_change"),
    *("passkey_sign_in_options", "passkey_sign_in"),
)
ASKS_FIRST = {"password", "passkeys", "phone", "passkey_rename", "passkey_remove"}


def test_every_address_is_of_one_kind():
    assert sorted(pattern.name for pattern in urls.urlpatterns) == sorted([*OWN, *ONLY_SENT, *BY_SCRIPT, *EVERYBODYS])


def address(name: str) -> str:
    inside = [WebAuthnCredential.objects.get().pk] if name in {"passkey_rename", "passkey_remove"} else []
    return reverse(f"accounts:{name}", args=inside)


def kept() -> dict[str, list[dict[str, Any]]]:
    models = [*apps.get_app_config("accounts").get_models(), WebAuthnCredential]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def passkey(person) -> WebAuthnCredential:
    return WebAuthnCredential.objects.create(
        user=person, name="Máy tôi", credential_id=b"1", public_key=b"1", transports=[], aaguid="0" * 32, sign_count=0
    )


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


@pytest.mark.parametrize("name", [*OWN, *ONLY_SENT, *BY_SCRIPT])
def test_who_is_not_signed_in_sees_and_changes_nothing(client, person, passkey, name):
    before = kept()
    for answer in (client.get(address(name)), client.post(address(name), {"name": "Khác"})):
        assert answer.status_code in {302, 405, 422}
        assert "900" not in answer.content.decode()
    assert kept() == before


@pytest.mark.parametrize("name", [*OWN, *ONLY_SENT])
def test_what_does_harm_in_a_strangers_hands_asks_first_who_it_is(client, person, passkey, name):
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        client.force_login(person)
    before = kept()
    form = {"name": "Khác", "phone": OTHER.shown, "new_password1": NEW, "new_password2": NEW}
    answers = [client.get(address(name)), client.post(address(name), form)]
    asked = ['id="confirm"' in answer.content.decode() for answer in answers]
    assert any(asked) == (name in ASKS_FIRST)
    if name in ASKS_FIRST:
        # What is only shown is not sent, and the other way round.
        assert all(is_asked or one.status_code == 405 for is_asked, one in zip(asked, answers, strict=True))
        assert kept() == before


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
