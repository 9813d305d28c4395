"""Counting scans: per plaque, hour and language, and nothing else."""

import logging
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.utils import timezone

from wardmark.plaques.models import Plaque, ScanCount

logger = logging.getLogger("wardmark.plaques")

LONGEST_WAIT = timedelta(seconds=1)
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


def record_scan(*, plaque: Plaque, language: str) -> None:
    """Count a scan now: committed when this returns, unless the database is busy or cannot write.

    Then, after a second, it is left to a thread that waits SQLite's usual 20 s: nobody in front of a plaque waits
    while an import writes, and a database that cannot write for longer costs a count, never a page.
    """
    now = timezone.now()
    try:
        with _waiting_at_most(LONGEST_WAIT):
            count_scan(plaque=plaque, language=language, at=now)
    except DatabaseError:
        _counted_later.submit(_count_when_possible, plaque, language, now)


def _count_when_possible(plaque: Plaque, language: str, at: datetime) -> None:
    try:
        count_scan(plaque=plaque, language=language, at=at)
    except DatabaseError:
        logger.exception("A scan of plaque %s could not be counted", plaque.code)
    finally:
        connection.close()


def count_scan(*, plaque: Plaque, language: str, at: datetime | None = None) -> None:
    """Add one scan to the hour of `at` (default: now). Committed when it returns."""
    hour = (at or timezone.now()).replace(minute=0, second=0, microsecond=0)
    row = ScanCount.objects.filter(plaque=plaque, hour=hour, language=language)
    if row.update(scans=F("scans") + 1):
        return
    try:
        with transaction.atomic():
            ScanCount.objects.create(plaque=plaque, hour=hour, language=language, scans=1)
    except IntegrityError:
        # Another process opened the hour between the two statements.
        row.update(scans=F("scans") + 1)


@contextmanager
def _waiting_at_most(wait: timedelta) -> Iterator[None]:
    """Let SQLite wait no longer than this for another's write, not its usual 20 s; PostgreSQL locks only a row."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    sqlite = connection.connection
    [usual] = sqlite.execute("PRAGMA busy_timeout").fetchone()
    sqlite.execute(f"PRAGMA busy_timeout = {int(wait.total_seconds() * 1000)}")
    try:
        yield
    finally:
        sqlite.execute(f"PRAGMA busy_timeout = {usual}")


def scans_by_plaque(plaques: Iterable[Plaque], *, since: datetime | None = None) -> dict[int, int]:
    """Return the scans of each of these plaques by its id, all of them or those of the hours since, in one query."""
    counts = ScanCount.objects.filter(plaque__in=[plaque.pk for plaque in plaques])
    if since is not None:
        counts = counts.filter(hour__gte=since)
    return dict(counts.values_list("plaque").annotate(total=Sum("scans")))
