"""Telling two from one, and a flood from both, with nothing that could be traced afterwards."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory
from django.utils import timezone

from wardmark.base.passers_by import Limit, Visitor, address_of

VISITOR = Visitor("203.0.113.7", "Chrome")
LIMIT = Limit("trying", per=timedelta(hours=1), by_visitor=2, from_network=4)


@pytest.fixture(autouse=True)
def _at_five_past():
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        yield


def test_one_is_told_from_another_of_the_same_network():
    today = timezone.localdate()
    person, place = VISITOR.hashed(today, purpose="a")
    other, same_place = Visitor(VISITOR.address, "Firefox").hashed(today, purpose="a")
    assert person != other
    assert place == same_place


def test_neither_another_day_nor_another_purpose_gives_the_same_hash():
    today = timezone.localdate()
    hashes = {
        VISITOR.hashed(day, purpose=purpose) for day in (today, today - timedelta(days=1)) for purpose in ("a", "b")
    }
    assert len(hashes) == 4


def test_a_salt_that_was_dropped_never_comes_back():
    today = timezone.localdate()
    before = VISITOR.hashed(today, purpose="a")
    caches["shared"].clear()
    assert VISITOR.hashed(today, purpose="a") != before


def test_a_limit_stops_the_visitor_then_the_network_and_begins_anew_with_the_next_period():
    assert [LIMIT.takes(VISITOR) for _ in range(3)] == [True, True, False]
    others = [LIMIT.takes(Visitor(VISITOR.address, f"browser {n}")) for n in range(3)]
    assert others == [True, True, False]
    assert LIMIT.takes(Visitor("203.0.113.8", "Chrome"))
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        assert LIMIT.takes(VISITOR)


@pytest.mark.parametrize("kind", ["files", "memory"])
def test_of_many_at_once_no_more_pass_than_may(settings, tmp_path, kind):
    backends = {
        "files": {"BACKEND": "wardmark.base.cache.CountingFileCache", "LOCATION": tmp_path},
        "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "many"},
    }
    settings.CACHES = settings.CACHES | {"shared": backends[kind]}
    ready = threading.Barrier(12)

    def tries(_number):
        ready.wait(timeout=30)
        return LIMIT.takes(VISITOR)

    with ThreadPoolExecutor(12) as pool:
        passed = list(pool.map(tries, range(12)))
    assert passed.count(True) == LIMIT.by_visitor
    assert LIMIT.takes(Visitor(VISITOR.address, "another"))


def test_what_was_refused_is_not_counted_against_the_network():
    for _ in range(10):
        LIMIT.takes(VISITOR)
    assert LIMIT.takes(Visitor(VISITOR.address, "another"))


def test_a_network_that_is_refused_leaves_nothing_more_behind_however_many_browsers_it_names(settings, tmp_path):
    files = {"BACKEND": "wardmark.base.cache.CountingFileCache", "LOCATION": tmp_path}
    settings.CACHES = settings.CACHES | {"shared": files}
    for number in range(LIMIT.from_network):
        assert LIMIT.takes(Visitor(VISITOR.address, f"browser {number}"))
    kept = len(list(tmp_path.glob("*.djcache")))
    for number in range(50):
        assert not LIMIT.takes(Visitor(VISITOR.address, f"other browser {number}"))
    assert len(list(tmp_path.glob("*.djcache"))) == kept


def test_of_ipv6_a_household_counts_as_one():
    requests = [RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 2)]
    assert len({address_of(request) for request in requests}) == 1


@pytest.mark.parametrize("written", ["::ffff:203.0.113.7", "::FFFF:cb00:7107"])
def test_an_address_of_ipv4_written_as_one_of_ipv6_is_that_of_ipv4_and_no_network_of_all(written):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=written)) == "203.0.113.7"


def test_behind_a_proxy_only_its_own_word_counts(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    assert address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_of(request) == "203.0.113.9"
