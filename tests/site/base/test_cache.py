import socket
import time
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as site_settings
from django.core.cache import caches
from django.utils.module_loading import import_string
from redis.exceptions import ConnectionError as RedisConnectionError

from wardmark.base.cache import LEFT_ALONE_S, CountingFileCache, FailOpenRedisCache


@pytest.fixture
def nobody():
    """A cache whose server is not there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return FailOpenRedisCache(f"redis://127.0.0.1:{port}", {})


def test_without_its_server_the_cache_is_empty_and_never_raises(nobody):
    nobody.set("a", 1)
    assert nobody.get("a") is None
    assert nobody.get("a", "default") == "default"
    assert nobody.get("a", default="default") == "default"
    assert nobody.get_many(["a"]) == {}
    assert nobody.set_many({"a": 1}) == []
    assert nobody.add("a", 1) is True
    assert nobody.touch("a") is False
    assert nobody.delete("a") is False
    assert nobody.has_key("a") is False
    assert "a" not in nobody
    assert nobody.get_or_set("a", lambda: 7) == 7
    nobody.delete_many(["a"])
    nobody.clear()


def test_with_its_server_the_cache_keeps_things():
    cache = FailOpenRedisCache("redis://127.0.0.1:6379/9", {"KEY_PREFIX": uuid.uuid4().hex})
    try:
        socket.create_connection(("127.0.0.1", 6379), timeout=1).close()
    except OSError:
        pytest.skip("no Redis on this machine")
    cache.set("a", {"đình": 1}, 30)
    assert cache.get("a") == {"đình": 1}
    assert cache.delete("a") is True


def test_a_server_that_hangs_holds_nobody_for_long():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        cache = FailOpenRedisCache(f"redis://127.0.0.1:{silent.getsockname()[1]}", {})
        began = time.monotonic()
        assert cache.get("a", "default") == "default"
        assert time.monotonic() - began < 3


def test_a_server_that_failed_is_left_alone_for_a_while_and_then_asked_again(monkeypatch):
    asked, now = [], [1000.0]

    def fail(self, key, default):
        asked.append(key)
        raise RedisConnectionError

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCacheClient.get", fail)
    monkeypatch.setattr("wardmark.base.cache.monotonic", lambda: now[0])
    address = f"redis://{uuid.uuid4().hex}.example:6379"
    for _ in range(5):
        # As each thread does, which has a cache of its own.
        assert FailOpenRedisCache(address, {}).get("a", "default") == "default"
    assert len(asked) == 1
    now[0] += LEFT_ALONE_S + 1
    FailOpenRedisCache(address, {}).get("a")
    assert len(asked) == 2


@pytest.fixture
def counting(tmp_path):
    return CountingFileCache(str(tmp_path / "cache"), {})


def test_counting_keeps_the_period(counting):
    counting.add("count", 1, timeout=1)
    assert counting.incr("count") == 2
    time.sleep(1.1)
    assert counting.get("count") is None


def test_what_has_no_end_keeps_none(counting):
    counting.set("count", 1, timeout=None)
    assert counting.incr("count", 4) == 5
    assert counting.decr("count") == counting.get("count") == 4


def test_what_is_not_there_is_not_counted(counting):
    with pytest.raises(ValueError, match="count"):
        counting.incr("count")


def test_only_the_first_is_kept(counting):
    assert counting.add("salt", "a")
    assert not counting.add("salt", "b")
    assert counting.get("salt") == "a"


def names_in(folder) -> list[str]:
    return sorted(file.name for file in folder.glob("*.djcache"))


def test_what_has_expired_leaves_the_disk_although_nobody_asks_for_it_again(tmp_path):
    cache = CountingFileCache(str(tmp_path), {})
    cache.set("salt-today", b"secret", timeout=60)
    cache.set("salt-tomorrow", b"secret", timeout=7200)
    cache.set("kept", 1, timeout=None)
    with time_machine.travel(time.time() + 120, tick=False):
        assert cache.remove_expired() == 1
        assert len(names_in(tmp_path)) == 2
        assert cache.get("salt-tomorrow") == b"secret"
        assert cache.get("kept") == 1


def test_a_damaged_file_is_taken_away_with_what_has_expired(tmp_path):
    cache = CountingFileCache(str(tmp_path), {})
    (tmp_path / "torn.djcache").write_bytes(b"\x80")
    (tmp_path / "empty.djcache").write_bytes(b"")
    assert cache.remove_expired() == 2
    assert names_in(tmp_path) == []


def test_the_chore_clears_the_file_caches_of_the_site_and_leaves_others_alone(settings, tmp_path):
    memory = settings.CACHES["default"]
    files = {"BACKEND": "wardmark.base.cache.CountingFileCache", "LOCATION": tmp_path}
    settings.CACHES = {"default": memory, "shared": files}
    caches["default"].set("kept", 1, timeout=None)
    caches["shared"].set("salt", b"secret", timeout=60)
    with time_machine.travel(time.time() + 120, tick=False):
        chore = site_settings.CHORES["clear-expired-counts"]
        assert chore["every"] <= timedelta(hours=1)
        import_string(chore["function"])()
    assert names_in(tmp_path) == []
    assert caches["default"].get("kept") == 1


def test_however_much_is_counted_nothing_that_still_counts_is_pushed_out(tmp_path):
    cache = CountingFileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 3}})
    for number in range(30):
        cache.add(f"count-{number}", number, timeout=3600)
    assert [cache.get(f"count-{number}") for number in range(30)] == list(range(30))


def test_counting_does_not_list_the_folder(tmp_path, monkeypatch):
    cache = CountingFileCache(str(tmp_path), {})

    def list_it(*args, **kwargs):
        raise AssertionError("the folder was listed")

    monkeypatch.setattr(cache, "_list_cache_files", list_it)
    cache.add("count", 1, timeout=60)
    assert cache.incr("count") == 2
