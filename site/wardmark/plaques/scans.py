"""Counting scans: per plaque, hour and language, and nothing else."""

import logging
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from wardmark.plaques.models import Plaque, ScanCount

logger = logging.getLogger("wardmark.plaques")

LONGEST_WAIT = timedelta(seconds=1)
# SQLite's second of four levels.
_NORMAL = 1
# One statement for both databases; made by the ORM it took longer than all the rest of a scan.
_ADD_ONE = (
    "INSERT INTO plaques_scancount (plaque_id, hour, language, scans) VALUES (%s, %s, %s, 1) "
    "ON CONFLICT (plaque_id, hour, language) DO UPDATE SET scans = plaques_scancount.scans + 1"
)
# One thread for each process, begun when it is first needed; what waits in it is counted before the process ends.
_counted_later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="count-scan")
# What fetches a link for a chat's preview or a search index, by the words these programs use of themselves. iMessage
# calls itself by Facebook's and Twitter's; a telephone called Cubot is no bot; and the browser inside Zalo, Facebook,
# Viber or Telegram, which names its app after "Mozilla", has a person in front of it. Read, never stored.
_ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|preview|facebookexternalhit|facebookcatalog|meta-external|whatsapp|slurp|headless"
    r"|imgproxy|\bgoogle-|-google\b|cfnetwork"
    r"|^(?:apache-httpclient|axios|curl|dalvik|dart|go-http-client|guzzle|java|libwww|node|okhttp|php|python|ruby"
    r"|viber|wget|zalo)\b",
    re.IGNORECASE,
)
# What says that nobody looks yet: the Fetch standard's header, and those of browsers from before it.
_AHEAD_OF_TIME = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_by_a_person(request: HttpRequest) -> bool:
    """Say whether a resolve is a scan: HEAD requests, prefetches, previews and robots are not."""
    ahead = " ".join(request.headers.get(name, "") for name in _AHEAD_OF_TIME).lower()
    return (
        request.method == "GET"
        and "prefetch" not in ahead
        and "preview" not in ahead
        and not _ROBOT.search(request.headers.get("User-Agent", ""))
    )


def record_scan(*, plaque_id: int, language: str) -> None:
    """Count a scan now: in the database when this returns, unless that is busy or cannot write.

    Then, after a second, it is left to a thread that waits SQLite's usual 20 s: nobody in front of a plaque waits
    while an import writes, and a database that cannot write for longer costs a count, never a page.
    """
    now = timezone.now()
    try:
        with without_waiting_long():
            count_scan(plaque_id=plaque_id, language=language, at=now)
    except DatabaseError:
        _counted_later.submit(_count_when_possible, plaque_id, language, now)


def _count_when_possible(plaque_id: int, language: str, at: datetime) -> None:
    try:
        count_scan(plaque_id=plaque_id, language=language, at=at)
    except DatabaseError:
        logger.exception("A scan of the plaque with id %s could not be counted", plaque_id)
    finally:
        connection.close()


def count_scan(*, plaque_id: int, language: str, at: datetime | None = None) -> None:
    """Add one scan to the hour of `at` (default: now), in one statement, so that two at once both count."""
    hour = (at or timezone.now()).replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_ADD_ONE, [plaque_id, connection.ops.adapt_datetimefield_value(hour), language])


@contextmanager
def without_waiting_long() -> Iterator[None]:
    """For what one tap or scan writes: SQLite waits a second for another's write, not 20, and not at all for the disk.

    What the system has taken over survives every death of a process; a power cut may cost the last few counts, and
    damages nothing (SQLite's documentation of `PRAGMA synchronous`). PostgreSQL locks only a row, and is left alone.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    wished = {"busy_timeout": int(LONGEST_WAIT.total_seconds() * 1000)}
    if not connection.in_atomic_block:
        # SQLite refuses to change this halfway through a transaction.
        wished["synchronous"] = _NORMAL
    usual = _usual()
    for name, value in wished.items():
        _pragma(f"{name} = {value}")
    try:
        yield
    finally:
        for name in wished:
            _pragma(f"{name} = {usual[name]}")


@cache
def _usual() -> dict[str, int | None]:
    """Return what the settings give every connection, read from the first before anything here has changed it."""
    return {name: _pragma(name) for name in ("busy_timeout", "synchronous")}


def _pragma(words: str) -> int | None:
    row = connection.connection.execute(f"PRAGMA {words}").fetchone()
    return row and row[0]


def scans_by_plaque(plaques: Iterable[Plaque], *, since: datetime | None = None) -> dict[int, int]:
    """Return the scans of each of these plaques by its id, all of them or those of the hours since, in one query."""
    counts = ScanCount.objects.filter(plaque__in=[plaque.pk for plaque in plaques])
    if since is not None:
        counts = counts.filter(hour__gte=since)
    return dict(counts.values_list("plaque").annotate(total=Sum("scans")))
