"""One-time codes: six digits, five minutes, five tries, once."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from tests.site.accounts.conftest import OTHER, PHONE
from wardmark.accounts import phone_proof
from wardmark.accounts.models import OneTimeCode
from wardmark.accounts.phone_proof import begin, check

pytestmark = pytest.mark.django_db


def request_from(address="198.51.100.7"):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def started(purpose="claim", phone=PHONE, address="198.51.100.7"):
    begin(phone=phone, purpose=purpose, request=request_from(address))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_code_that_was_sent_is_good_once(last_code, sent):
    started()
    assert sent[-1][0] == PHONE.number
    code = last_code()
    assert len(code) == 6
    assert check(phone=PHONE, purpose="claim", code=f" {code[:3]} {code[3:]} ")
    assert not check(phone=PHONE, purpose="claim", code=code)


def test_it_is_good_for_its_number_and_purpose_alone(last_code):
    started()
    code = last_code()
    assert not check(phone=OTHER, purpose="claim", code=code)
    assert not check(phone=PHONE, purpose="sign-in", code=code)
    assert check(phone=PHONE, purpose="claim", code=code)


@pytest.mark.parametrize(("minutes", "good"), [(4.9, True), (5.1, False)])
def test_it_lives_five_minutes(last_code, minutes, good):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        started()
        clock.shift(timedelta(minutes=minutes))
        assert check(phone=PHONE, purpose="claim", code=last_code()) is good


def test_the_sixth_try_is_refused_though_it_is_right(last_code):
    started()
    for _ in range(5):
        assert not check(phone=PHONE, purpose="claim", code=wrong(last_code()))
    assert not check(phone=PHONE, purpose="claim", code=last_code())
    assert OneTimeCode.objects.get().ended_at is None


def test_the_fifth_try_still_counts(last_code):
    started()
    for _ in range(4):
        check(phone=PHONE, purpose="claim", code=wrong(last_code()))
    assert check(phone=PHONE, purpose="claim", code=last_code())


@pytest.mark.parametrize("typed", ["", " ", "abc", "１２３４５６", "0" * 500, "\x00"])
def test_whatever_else_is_typed_is_no_code(typed):
    started()
    assert not check(phone=PHONE, purpose="claim", code=typed)


def test_a_newer_code_ends_the_one_before(last_code):
    started()
    first = last_code()
    started()
    if first != last_code():
        assert not check(phone=PHONE, purpose="claim", code=first)
    assert check(phone=PHONE, purpose="claim", code=last_code())


def test_a_number_gets_three_messages_in_ten_minutes_whoever_asks(sent):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for nth in range(3):
            started(purpose=f"p{nth}", address=f"198.51.100.{nth}")
        with pytest.raises(phone_proof.TooOften):
            started(purpose="p4", address="203.0.113.1")
        assert len(sent) == 3
        started(phone=OTHER)
        clock.shift(timedelta(minutes=11))
        started()
        assert len(sent) == 5


def test_a_network_gets_twenty_messages_an_hour_whatever_the_numbers(sent):
    for nth in range(20):
        started(phone=phone_proof.Phone(f"+84900001{nth:03}"))
    with pytest.raises(phone_proof.TooOften):
        started(phone=PHONE)
    started(phone=PHONE, address="203.0.113.1")
    assert len(sent) == 21


def test_what_a_number_is_refused_costs_its_network_nothing(sent):
    for _ in range(30):
        try:
            started()
        except phone_proof.TooOften:
            continue
    for nth in range(17):
        started(phone=phone_proof.Phone(f"+84900001{nth:03}"))
    assert len(sent) == 20


def test_refused_tries_do_not_make_the_wait_longer():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            started()
        for _ in range(10):
            clock.shift(timedelta(minutes=1))
            try:
                started()
            except phone_proof.TooOften:
                continue
        clock.shift(timedelta(seconds=1))
        started()


def test_behind_a_proxy_of_ours_the_visitors_own_network_counts(settings):
    settings.BEHIND_PROXY = True
    forged = {"HTTP_X_FORWARDED_FOR": "192.0.2.9, 198.51.100.7", "REMOTE_ADDR": "10.0.0.1"}
    for nth in range(20):
        begin(phone=phone_proof.Phone(f"+84900001{nth:03}"), purpose="x", request=RequestFactory().get("/", **forged))
    with pytest.raises(phone_proof.TooOften):
        begin(
            phone=PHONE,
            purpose="x",
            request=RequestFactory().get("/", HTTP_X_FORWARDED_FOR="192.0.2.77, 198.51.100.7", REMOTE_ADDR="10.0.0.1"),
        )


def test_without_a_gateway_no_code_is_made(no_gateway):
    with pytest.raises(phone_proof.NoGateway):
        started()
    assert not OneTimeCode.objects.exists()


def test_a_message_that_was_not_taken_is_said_and_not_logged_with_its_number(settings, caplog):
    settings.MESSAGES = {
        "BACKEND": "wardmark.accounts.messages.http.HTTPGateway",
        "OPTIONS": {"url": "http://127.0.0.1:9/"},
    }
    with caplog.at_level(logging.DEBUG), pytest.raises(phone_proof.NotDelivered):
        started()
    assert "900000123" not in caplog.text


def test_nothing_in_the_database_tells_number_or_code(last_code, person):
    started()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_onetimecode")
        codes = str(cursor.fetchall())
        cursor.execute("SELECT * FROM accounts_attempt")
        attempts = str(cursor.fetchall())
        cursor.execute("SELECT sealed, fingerprint, last_three FROM accounts_signinphone")
        phones = str(cursor.fetchall())
    assert last_code() not in codes
    for kept in (codes, attempts, phones):
        assert "900000123" not in kept
        assert "198.51.100.7" not in kept


def test_old_codes_are_dropped():
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        started()
    started(phone=OTHER)
    phone_proof.forget_old()
    assert OneTimeCode.objects.count() == 1
