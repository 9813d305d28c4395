"""Guessing a password: few tries from one network, and nobody at home is shut out by somebody elsewhere."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.site.accounts.conftest import OTHER, PASSWORD, PHONE
from wardmark.accounts.models import Attempt
from wardmark.accounts.people import make_person
from wardmark.accounts.throttling import forget_old

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def tried(client, name, password, address=HERE, **headers):
    form = {"username": name, "password": password}
    answer = client.post(reverse("accounts:sign_in"), form, REMOTE_ADDR=address, **headers)
    came_in = "_auth_user_id" in client.session
    client.logout()
    return answer.status_code, came_in


@pytest.mark.parametrize("name", ["0900000123", "+84 900 000 123", "0900.000.123"])
def test_a_vendor_signs_in_by_phone_and_password(client, person, name):
    assert tried(client, name, PASSWORD) == (302, True)


def test_staff_sign_in_by_user_name(client, django_user_model):
    django_user_model.objects.create_user("canbo", password=PASSWORD)
    assert tried(client, "canbo", PASSWORD) == (302, True)


def test_the_right_password_is_refused_after_five_wrong_ones_and_another_network_is_not(client, person):
    for _ in range(5):
        assert tried(client, "0900000123", "sai")[1] is False
    assert tried(client, "0900000123", PASSWORD) == (429, False)
    assert tried(client, "0900000123", PASSWORD, address=ELSEWHERE) == (302, True)
    # Nor does a success elsewhere open it here.
    assert tried(client, "0900000123", PASSWORD) == (429, False)


def test_the_lock_ends_by_itself_though_somebody_goes_on_knocking(client, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            tried(client, "0900000123", "sai")
        for _ in range(14):
            clock.shift(timedelta(minutes=1))
            assert tried(client, "0900000123", PASSWORD) == (429, False)
        clock.shift(timedelta(minutes=1, seconds=1))
        assert tried(client, "0900000123", PASSWORD) == (302, True)


def test_a_right_password_forgets_the_wrong_ones_before_it(client, person):
    for _ in range(3):
        for _ in range(4):
            tried(client, "0900000123", "sai")
        assert tried(client, "0900000123", PASSWORD) == (302, True)


def test_one_account_locked_leaves_the_next_open_on_the_same_network(client, person):
    make_person(name="Hàng Xóm", phone=OTHER, proved_at=None)
    for _ in range(6):
        tried(client, "0900000123", "sai")
    assert tried(client, "0900000456", "sai") == (200, False)


def test_a_network_that_tries_many_accounts_is_locked(client, person):
    for nth in range(59):
        assert tried(client, f"ten{nth}", "123456") == (200, False)
    assert tried(client, "ten60", "123456") == (429, False)
    assert tried(client, "0900000123", PASSWORD) == (429, False)
    assert tried(client, "0900000123", PASSWORD, address=ELSEWHERE) == (302, True)


def test_wagtails_own_sign_in_is_no_way_around(client, django_user_model):
    django_user_model.objects.create_superuser("quantri", password=PASSWORD)
    for _ in range(5):
        tried(client, "quantri", "sai")
    answer = client.post("/admin/login/", {"username": "quantri", "password": PASSWORD}, REMOTE_ADDR=HERE)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_forged_address_opens_nothing_and_behind_our_proxy_the_last_counts(client, person, settings):
    for nth in range(5):
        tried(client, "0900000123", "sai", HTTP_X_FORWARDED_FOR=f"192.0.2.{nth}")
    assert tried(client, "0900000123", PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.99") == (429, False)
    settings.BEHIND_PROXY = True
    assert tried(client, "0900000123", PASSWORD, HTTP_X_FORWARDED_FOR=f"192.0.2.99, {HERE}") == (429, False)
    assert tried(client, "0900000123", PASSWORD, HTTP_X_FORWARDED_FOR=f"{HERE}, {ELSEWHERE}") == (302, True)


def test_a_household_of_ipv6_addresses_is_one_network(client, person):
    for nth in range(5):
        tried(client, "0900000123", "sai", address=f"2001:db8:1:2::{nth + 1}")
    assert tried(client, "0900000123", PASSWORD, address="2001:db8:1:2:ffff::1") == (429, False)
    assert tried(client, "0900000123", PASSWORD, address="2001:db8:1:3::1") == (302, True)


def test_unknown_names_get_the_same_answer_and_the_same_lock(client, person):
    answers = [
        [tried(client, name, "sai", address=address) for _ in range(7)]
        for name, address in (("0900000123", HERE), ("0900000999", ELSEWHERE))
    ]
    assert answers[0] == answers[1] == [(200, False)] * 4 + [(429, False)] * 3


def test_as_much_hashing_is_done_for_an_unknown_name_as_for_a_known_one(client, person, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    made = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: made.append(1) or encode(*given))
    counts = []
    for name in ("0900000123", "0900000999", "khongco"):
        made.clear()
        tried(client, name, "sai")
        counts.append(len(made))
    assert counts == [1, 1, 1]


def test_no_log_and_no_row_tells_who_tried(client, person, caplog):
    with caplog.at_level(logging.DEBUG):
        for _ in range(6):
            tried(client, "0900000123", "sai-mat-khau")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_attempt")
        rows = str(cursor.fetchall())
    for secret in ("900000123", "sai-mat-khau", HERE):
        assert secret not in rows
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [line for line in lines if "900000123" in line or "sai-mat-khau" in line]


def test_tries_are_forgotten_after_a_day(client, person):
    with time_machine.travel(timezone.now() - timedelta(hours=26)):
        tried(client, "0900000123", "sai")
    tried(client, PHONE.number, "sai")
    forget_old()
    # For the account from here, the network, and the account from everywhere.
    assert Attempt.objects.count() == 3


@pytest.mark.parametrize("number", ["0900000123", "0900000456"])
def test_a_lock_does_not_tell_whether_a_number_is_somebodys(client, person, number):
    for _ in range(5):
        tried(client, number, "sai")
    assert tried(client, f"+84 {number[1:]}", "sai") == (429, False)


def test_wrong_tries_with_a_name_do_not_tell_whose_the_number_is(client, person):
    for _ in range(5):
        tried(client, person.username, "sai")
    for _ in range(5):
        assert tried(client, "0900000999", "sai") == tried(client, "0900000123", "sai")
    assert tried(client, person.username, PASSWORD) == (429, False)


def test_a_right_password_by_the_one_forgets_no_wrong_tries_with_the_other(client, person):
    for _ in range(5):
        tried(client, person.username, "sai")
    assert tried(client, "0900000123", PASSWORD) == (302, True)
    assert tried(client, person.username, PASSWORD) == (429, False)


@pytest.mark.parametrize("written", [" canbo ", "CanBo", "ｃａｎｂｏ"])
def test_a_name_is_the_same_however_it_is_written(client, django_user_model, written):
    django_user_model.objects.create_user("canbo", password=PASSWORD)
    for _ in range(5):
        tried(client, "canbo", "sai")
    assert tried(client, written, PASSWORD) == (429, False)


def test_the_ceiling_counts_the_account_by_whichever_of_its_names(client, person):
    for network in range(6):
        for nth in range(5):
            tried(client, ("0900000123", person.username)[nth % 2], "sai", address=f"192.0.2.{network + 1}")
    for name in ("0900000123", person.username):
        assert tried(client, name, PASSWORD, address=ELSEWHERE) == (429, False)


def guessed_from_many_networks(client, name):
    for network in range(6):
        for _ in range(5):
            assert tried(client, name, "sai", address=f"192.0.2.{network + 1}")[1] is False


def test_guessing_at_one_account_from_many_networks_has_a_ceiling_that_ends_by_itself(client, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guessed_from_many_networks(client, "0900000123")
        assert tried(client, "0900000123", PASSWORD, address=ELSEWHERE) == (429, False)
        clock.shift(timedelta(hours=6, seconds=1))
        assert tried(client, "0900000123", PASSWORD, address=ELSEWHERE) == (302, True)


def test_the_ceiling_lets_the_person_in_from_where_the_password_was_right_within_a_day(client, person):
    assert tried(client, "0900000123", PASSWORD, address=HERE) == (302, True)
    guessed_from_many_networks(client, "0900000123")
    assert tried(client, "0900000123", PASSWORD, address=HERE) == (302, True)
    assert tried(client, "0900000123", PASSWORD, address=ELSEWHERE) == (429, False)


def test_the_ceiling_leaves_the_code_by_message_open(client, person, last_code):
    guessed_from_many_networks(client, "0900000123")
    client.post(reverse("accounts:sign_in_by_code"), {"phone": "0900000123"})
    client.post(reverse("accounts:sign_in_by_code"), {"phone": "0900000123", "code": last_code()})
    assert "_auth_user_id" in client.session


def test_a_name_that_is_nobodys_meets_the_same_ceiling(client, person):
    guessed_from_many_networks(client, "0900000999")
    assert tried(client, "0900000999", "sai", address=ELSEWHERE) == (429, False)


def guessed_from_one_network(client, name, clock):
    """Guess from one network whenever its lock of 15 minutes has ended, for nearly six hours."""
    for _ in range(23):
        for _ in range(5):
            tried(client, name, "sai")
        clock.shift(timedelta(minutes=15, seconds=30))


def test_one_network_alone_never_fills_the_ceiling(client, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guessed_from_one_network(client, "0900000123", clock)
        assert Attempt.objects.filter(kind="sign-in from anywhere").count() == 10
        assert tried(client, "0900000123", PASSWORD) == (429, False)
        assert tried(client, "0900000123", PASSWORD, address=ELSEWHERE) == (302, True)


def test_the_longer_lock_of_a_name_from_one_network_ends_by_itself(client, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        guessed_from_one_network(client, "0900000123", clock)
        clock.shift(timedelta(minutes=30))
        assert tried(client, "0900000123", PASSWORD) == (302, True)
