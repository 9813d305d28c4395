"""Caches for several processes: Redis that may be lost, and files in which all of a machine can count."""

import logging
import pickle
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from django.core.files import locks
from redis.exceptions import RedisError

logger = logging.getLogger("wardmark.cache")

# After it failed once, a server is not asked again for so many seconds: a page asks several times, and a hung server
# would hold the visitor each time. By its address, for all threads of the process.
LEFT_ALONE_S = 10
_away_until: dict[str, float] = {}
# What Django's file cache raises for a file that was written in part.
UNREADABLE = (EOFError, ValueError, zlib.error, pickle.UnpicklingError)


def _fail_open(name: str, answer: Callable[[tuple, dict], Any]) -> Callable:
    original = getattr(RedisCache, name)

    @wraps(original)
    def method(self, *args, **kwargs):
        if monotonic() < _away_until.get(self._servers[0], 0):
            return answer(args, kwargs)
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            _away_until[self._servers[0]] = monotonic() + LEFT_ALONE_S
            logger.warning("Redis does not answer (%s); going on without the cache", type(error).__name__)
            return answer(args, kwargs)

    return method


def _default(args: tuple, kwargs: dict) -> Any:
    return kwargs.get("default", args[1] if len(args) > 1 else None)


class FailOpenRedisCache(RedisCache):
    """Redis as Django knows it, but an unreachable or hung server reads as an empty cache."""

    def __init__(self, server, params):
        options = params.setdefault("OPTIONS", {})
        # A hung server must not hold a visitor: this long, and then it is left alone for a while.
        options.setdefault("socket_connect_timeout", 0.5)
        options.setdefault("socket_timeout", 0.5)
        super().__init__(server, params)

    get = _fail_open("get", _default)
    get_many = _fail_open("get_many", lambda args, kwargs: {})
    set = _fail_open("set", lambda args, kwargs: None)
    set_many = _fail_open("set_many", lambda args, kwargs: [])
    add = _fail_open("add", lambda args, kwargs: True)
    incr = _fail_open("incr", lambda args, kwargs: 1)
    touch = _fail_open("touch", lambda args, kwargs: False)
    delete = _fail_open("delete", lambda args, kwargs: False)
    delete_many = _fail_open("delete_many", lambda args, kwargs: None)
    has_key = _fail_open("has_key", lambda args, kwargs: False)
    clear = _fail_open("clear", lambda args, kwargs: False)


class CountingFileCache(FileBasedCache):
    """Files: adding and counting are one step for all processes of a machine, and a count keeps its period.

    Only what has expired is ever taken away, by `remove_expired`: to make room, a salt or a running count would go too.
    """

    def add(self, key, *args, **kwargs):
        with self._alone():
            return super().add(key, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        with self._alone():
            before = self.get(key, version=version)
            if before is None:
                raise ValueError(f"Key '{key}' not found")
            self.set(key, before + delta, timeout=self._left(key, version), version=version)
        return before + delta

    def remove_expired(self) -> int:
        """Take away what nobody may read any more, and return how much: a file that nobody asks for stays for ever."""
        removed = 0
        for name in self._list_cache_files():
            # For each file anew, so that nobody who counts waits for all of them.
            with self._alone():
                removed += self._remove_if_expired(Path(name))
        return removed

    def _remove_if_expired(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                return self._is_expired(file)
        except FileNotFoundError:
            return False
        except UNREADABLE:
            return self._delete(str(path))

    def _cull(self):
        """Make no room: Django's would take what still counts, and list the folder each time to see whether to."""

    def _left(self, key, version) -> float | None:
        try:
            with Path(self._key_to_file(key, version)).open("rb") as file:
                # The first thing in a file of Django's: when it ends.
                end = pickle.load(file)  # noqa: S301 - what this cache itself has written
        except FileNotFoundError:
            # Removed that very moment to make room.
            return 0
        return None if end is None else end - time.time()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._createdir()
        with Path(self._dir, "alone.lock").open("ab") as file:
            locks.lock(file, locks.LOCK_EX)
            yield


def remove_expired() -> None:
    """Take what has expired out of the site's file caches, the salts of past days above all; a chore of the worker."""
    for alias in settings.CACHES:
        cache = caches[alias]
        if isinstance(cache, CountingFileCache):
            cache.remove_expired()
