"""Passkeys, with an authenticator whose keys and signatures are real."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential

from tests.site.accounts.authenticator import Authenticator
from tests.site.accounts.conftest import OTHER, PASSWORD, PHONE
from wardmark.accounts import passkey_views, passkeys
from wardmark.accounts.people import make_person
from wardmark.accounts.throttling import Limit

pytestmark = pytest.mark.django_db


def asked(client, name, body=None, query=""):
    answer = client.post(f"{reverse(f'accounts:{name}')}{query}", json.dumps(body or {}), "application/json")
    return answer.status_code, answer.json()


@pytest.fixture
def fresh(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def phone(fresh):
    """The person's telephone, with a passkey; nobody is signed in any more."""
    phone = added(fresh, Authenticator())
    fresh.logout()
    return phone


def added(client, phone, name="Điện thoại của tôi"):
    _status, options = asked(client, "passkey_add_options")
    status, _said = asked(client, "passkey_add", phone.make(options) | {"name": name})
    assert status == 200
    return phone


def shown(client, phone, query=""):
    _status, options = asked(client, "passkey_sign_in_options")
    return asked(client, "passkey_sign_in", phone.show(options), query)


def test_a_passkey_is_made_named_and_signs_in_without_a_name(client, person, phone):
    passkey = WebAuthnCredential.objects.get()
    assert (passkey.user, passkey.name, passkey.discoverable) == (person, "Điện thoại của tôi", True)
    assert shown(client, phone) == (200, {"next": reverse("portal:home")})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_persons_number_is_told_of_a_new_passkey_with_the_way_to_remove_it(fresh, sent):
    added(fresh, Authenticator(), name="Máy của kẻ gian")
    [(number, text)] = sent
    assert number == PHONE.number
    assert f"https://cg.example{reverse('accounts:passkeys')}" in text
    # Who made it wrote its name.
    assert "gian" not in text


def test_of_passkeys_added_again_and_again_the_number_is_told_ten_times_a_day(fresh, sent):
    for _ in range(11):
        added(fresh, Authenticator())
        WebAuthnCredential.objects.all().delete()
    assert len(sent) == 10


def test_a_passkey_is_taken_where_nobody_can_be_told(fresh, person, sent, settings):
    person.sign_in_phone.__class__.objects.filter(person=person).update(sealed="not sealed")
    added(fresh, Authenticator())
    person.sign_in_phone.delete()
    added(fresh, Authenticator())
    assert sent == []


def test_without_a_gateway_nobody_is_told_of_a_passkey(fresh, no_gateway, sent, caplog):
    added(fresh, Authenticator())
    assert (sent, caplog.messages) == ([], [])


def test_what_the_browser_is_asked_says_nothing_of_anybody(client, phone):
    _status, options = asked(client, "passkey_sign_in_options")
    assert options["userVerification"] == "required"
    assert options["rpId"] == "cg.example"
    assert not options.get("allowCredentials")


def test_a_new_passkey_is_found_without_a_name_and_asks_for_the_finger(fresh, person):
    _status, options = asked(fresh, "passkey_add_options")
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["user"]["name"] == "Nguyễn Thị Thử"
    assert "900000" not in json.dumps(options)


def test_it_leads_back_to_where_one_came_from_and_nowhere_else(client, phone):
    wanted = reverse("accounts:password")
    assert shown(client, phone, f"?next={wanted}")[1] == {"next": wanted}
    client.logout()
    assert shown(client, phone, "?next=https://evil.example/")[1] == {"next": reverse("portal:home")}


def test_an_answer_is_good_once(client, phone):
    _status, options = asked(client, "passkey_sign_in_options")
    answer = phone.show(options)
    assert asked(client, "passkey_sign_in", answer)[0] == 200
    client.logout()
    assert asked(client, "passkey_sign_in", answer)[0] == 422
    asked(client, "passkey_sign_in_options")
    assert asked(client, "passkey_sign_in", answer)[0] == 422
    assert "_auth_user_id" not in client.session


def test_an_answer_is_good_for_the_browser_that_was_asked(client, phone, client_of_another):
    _status, options = asked(client, "passkey_sign_in_options")
    asked(client_of_another, "passkey_sign_in_options")
    assert asked(client_of_another, "passkey_sign_in", phone.show(options))[0] == 422


@pytest.fixture
def client_of_another():
    return Client()


def test_an_answer_is_good_for_five_minutes(client, phone):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _status, options = asked(client, "passkey_sign_in_options")
        clock.shift(timedelta(minutes=5, seconds=1))
        assert asked(client, "passkey_sign_in", phone.show(options))[0] == 422


@pytest.mark.parametrize(
    "cheat", [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"flags": 0x01}, {"key": None}]
)
def test_a_false_page_a_missing_finger_and_another_key_are_refused(client, phone, cheat):
    for name, value in cheat.items():
        setattr(phone, name, Authenticator().key if name == "key" else value)
    status, said = shown(client, phone)
    assert status == 422
    assert said["message"]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"id": 1}',
        b'{"response": {}}',
        b'{"rawId":"AA","id":"AA","type":"public-key","response":{"clientDataJSON":"AA"}}',
        b"[" * 10_000,
        b"x" * 30_000,
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("name", ["passkey_sign_in", "passkey_add"])
def test_whatever_else_is_sent_is_refused(fresh, name, body):
    asked(fresh, "passkey_sign_in_options")
    asked(fresh, "passkey_add_options")
    answer = fresh.post(reverse(f"accounts:{name}"), body, "application/json")
    assert answer.status_code == 422
    assert not WebAuthnCredential.objects.exists()


def test_an_answer_that_nobody_was_asked_for_leaves_no_session(client, db):
    assert asked(client, "passkey_sign_in")[0] == 422
    assert not client.cookies
    assert not Session.objects.exists()


def test_showing_passkeys_has_a_limit_for_a_network_and_none_for_the_next(client, monkeypatch, phone):
    monkeypatch.setattr(passkey_views, "PER_NETWORK", Limit(2, timedelta(minutes=15)))
    for _ in range(2):
        assert shown(client, phone)[0] == 200
        client.logout()
    _status, options = asked(Client(REMOTE_ADDR="203.0.113.9"), "passkey_sign_in_options")
    assert options["challenge"]
    answer = client.post(reverse("accounts:passkey_sign_in"), "{}", "application/json")
    assert answer.status_code == 422
    assert answer.json() == asked(client, "passkey_sign_in_options")[1]


def test_a_closed_account_stays_closed(client, person, phone):
    person.is_active = False
    person.save()
    assert shown(client, phone)[0] == 422
    assert "_auth_user_id" not in client.session


def test_a_removed_passkey_no_longer_signs_in(client, person, phone):
    client.force_login(person)
    client.post(reverse("accounts:passkey_remove", args=[WebAuthnCredential.objects.get().pk]))
    client.logout()
    assert shown(client, phone)[0] == 422


def test_the_last_way_in_is_not_removed(fresh, person):
    added(fresh, Authenticator())
    person.set_unusable_password()
    person.save()
    fresh.force_login(person)
    fresh.post(reverse("accounts:passkey_remove", args=[WebAuthnCredential.objects.get().pk]))
    assert WebAuthnCredential.objects.count() == 1


def test_a_name_can_be_changed_but_not_taken_away(fresh):
    added(fresh, Authenticator())
    passkey = WebAuthnCredential.objects.get()
    address = reverse("accounts:passkey_rename", args=[passkey.pk])
    fresh.post(address, {"name": " Máy tính bảng "})
    fresh.post(address, {"name": " \x00 "})
    passkey.refresh_from_db()
    assert passkey.name == "Máy tính bảng"


def test_nobody_touches_the_passkey_of_somebody_else(client, person, phone):
    other = make_person(name="Ai Khác", phone=OTHER, proved_at=None)
    client.force_login(other)
    passkey = WebAuthnCredential.objects.get()
    for name in ("passkey_rename", "passkey_remove"):
        assert client.post(reverse(f"accounts:{name}", args=[passkey.pk]), {"name": "x"}).status_code == 404
    _status, options = asked(client, "passkey_confirm_options")
    assert asked(client, "passkey_confirm", phone.show(options))[0] == 422
    passkey.refresh_from_db()
    assert passkey.name == "Điện thoại của tôi"


def test_a_passkey_is_one_persons(client, person, phone):
    other = make_person(name="Ai Khác", phone=OTHER, proved_at=None)
    client.force_login(other)
    _status, options = asked(client, "passkey_add_options")
    assert asked(client, "passkey_add", phone.make(options))[0] == 422
    assert WebAuthnCredential.objects.get().user == person


def test_ten_are_enough(fresh):
    for _ in range(10):
        added(fresh, Authenticator())
    assert asked(fresh, "passkey_add_options")[0] == 422


def test_adding_needs_a_fresh_sign_in(client, person):
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        client.force_login(person)
    assert asked(client, "passkey_add_options")[0] == 422
    assert asked(client, "passkey_add", {})[0] == 422
    assert 'id="confirm"' in client.get(reverse("accounts:passkeys")).content.decode()


def test_a_passkey_makes_an_old_sign_in_fresh(client, person, phone):
    with time_machine.travel(timezone.now() - timedelta(minutes=11)):
        client.force_login(person)
    _status, options = asked(client, "passkey_confirm_options")
    assert [one["id"] for one in options["allowCredentials"]]
    assert asked(client, "passkey_confirm", phone.show(options)) == (200, {})
    assert asked(client, "passkey_add_options")[0] == 200


@pytest.mark.parametrize(
    "name",
    ["passkey_add_options", "passkey_add", "passkey_confirm_options", "passkey_confirm"],
)
def test_who_is_not_signed_in_gets_nothing(client, name):
    status, said = asked(client, name)
    assert (status, list(said)) == (422, ["message"])


@pytest.mark.parametrize(
    "name",
    ["passkey_sign_in_options", "passkey_sign_in", "passkey_add_options", "passkey_confirm", "passkey_confirm_options"],
)
def test_a_link_does_nothing(fresh, name):
    assert fresh.get(reverse(f"accounts:{name}")).status_code == 405


def test_another_site_can_ask_for_nothing(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    for name in ("passkey_sign_in", "passkey_add", "passkey_add_options"):
        assert client.post(reverse(f"accounts:{name}"), "{}", "application/json").status_code == 403


def test_right_after_a_claim_it_leads_on(client, person, settings):
    settings.OTP_WEBAUTHN_RP_ID = "testserver"
    client.force_login(person)
    onward = reverse("portal:home")
    page = client.get(f"{reverse('accounts:passkeys')}?next={onward}").content.decode()
    assert f'<a class="button button--quiet button--wide" href="{onward}">' in page
    assert 'data-passkey="add"' in page
    assert "https://evil.example" not in client.get(
        f"{reverse('accounts:passkeys')}?next=https://evil.example"
    ).content.decode().replace("?next=", "")


def test_where_passkeys_cannot_work_none_is_offered(client, person, settings):
    client.force_login(person)
    assert "data-passkey=" not in client.get(reverse("accounts:passkeys")).content.decode()
    assert "data-passkey=" not in client.get(reverse("accounts:sign_in")).content.decode()
    settings.OTP_WEBAUTHN_RP_ID = "testserver"
    assert "data-passkey=" in client.get(reverse("accounts:sign_in")).content.decode()


def test_the_page_counts_no_query_per_passkey(fresh, django_assert_max_num_queries):
    for _ in range(8):
        added(fresh, Authenticator())
    with django_assert_max_num_queries(14):
        fresh.get(reverse("accounts:passkeys"))


def test_a_password_goes_on_working_beside_it(client, person, phone):
    client.post(reverse("accounts:sign_in"), {"username": "0900000123", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_eleventh_begun_before_the_tenth_was_added_is_refused(fresh, client_of_another, person):
    for _ in range(9):
        added(fresh, Authenticator())
    client_of_another.force_login(person)
    late = Authenticator()
    _status, options = asked(client_of_another, "passkey_add_options")
    added(fresh, Authenticator())
    status, said = asked(client_of_another, "passkey_add", late.make(options))
    assert (status, WebAuthnCredential.objects.count()) == (422, 10)
    assert said["message"]


def test_a_session_that_ended_meanwhile_is_told_and_no_fault(fresh, monkeypatch):
    _status, options = asked(fresh, "passkey_add_options")
    save = SessionStore.save

    def gone(session, must_create=False):
        session.model.objects.all().delete()
        return save(session, must_create)

    monkeypatch.setattr(SessionStore, "save", gone)
    assert asked(fresh, "passkey_add", Authenticator().make(options))[0] == 422


def test_a_passkey_removed_while_it_is_shown_is_told_and_no_fault(client, phone, monkeypatch):
    def removed(passkey, commit=True):
        WebAuthnCredential.objects.filter(pk=passkey.pk).delete()

    monkeypatch.setattr(WebAuthnCredential, "set_last_used_timestamp", removed)
    assert shown(client, phone)[0] == 422


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_passkeys_removed_at_once_one_stays(fresh, person, monkeypatch):
    added(fresh, Authenticator())
    added(fresh, Authenticator())
    person.set_unusable_password()
    person.save()
    both, of = Barrier(2), passkeys.of

    def at_once(person):
        found = of(person)
        remain = list(found)
        with suppress(BrokenBarrierError):
            both.wait(1)
        return found.filter(pk__in=[one.pk for one in remain]) if remain else found

    def removing(pk):
        try:
            passkeys.remove(WebAuthnCredential.objects.select_related("user").get(pk=pk))
        except passkeys.Refused:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(passkeys, "of", at_once)
    monkeypatch.setattr(WebAuthnCredential, "delete", _slowly(WebAuthnCredential.delete))
    pks = list(WebAuthnCredential.objects.values_list("pk", flat=True))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(removing, pks))
    assert WebAuthnCredential.objects.count() == 1


def _slowly(delete):
    def later(passkey):
        time.sleep(0.3)
        return delete(passkey)

    return later
