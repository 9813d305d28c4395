"""Counting scans: per plaque, hour and language, and nothing else."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.http import HttpRequest
from django.utils import timezone

from wardmark.plaques.models import Plaque, ScanCount


def is_by_a_person(request: HttpRequest) -> bool:
    """Say whether a resolve is a scan: HEAD requests and prefetches (Sec-Purpose, Fetch standard) are not."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")


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


def scans_by_plaque(plaques: Iterable[Plaque], *, since: datetime | None = None) -> dict[int, int]:
    """Return the scans of each of these plaques by its id, all of them or those of the hours since, in one query."""
    counts = ScanCount.objects.filter(plaque__in=[plaque.pk for plaque in plaques])
    if since is not None:
        counts = counts.filter(hour__gte=since)
    return dict(counts.values_list("plaque").annotate(total=Sum("scans")))
