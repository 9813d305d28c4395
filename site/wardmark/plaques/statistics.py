"""What the counts say: scans of some plaques by day, hour of day and language, in a number of queries that never grows.

Which plaques is a queryset: `plaques_under(page=…)` or any other; none means the whole ward.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast, Coalesce, ExtractHour, TruncDate
from django.utils import timezone
from wagtail.models import Page

from wardmark.plaques.models import Plaque, PlaqueQuerySet, PlaqueState, ScanCount
from wardmark.plaques.periods import Period, midnight, today_in_ward

HOURS = 24
RECENT_DAYS = 7
PERIOD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Statistics:
    """Scans in a period: every day and every hour of the day is there, silent ones with a zero."""

    period: Period
    by_day: dict[date, int]
    by_hour: list[int]
    by_language: dict[str, int]
    before: int

    @property
    def total(self) -> int:
        return sum(self.by_day.values())

    @property
    def change(self) -> float | None:
        """The change against the period before, as a fraction of it; None where that had no scans."""
        return (self.total - self.before) / self.before if self.before else None


def scan_statistics(*, period: Period, plaques: PlaqueQuerySet | None = None) -> Statistics:
    """Count the scans of these plaques (default: of the whole ward) in four queries."""
    counts = _counts(period, plaques)
    zone = timezone.get_default_timezone()
    days = _summed(counts.annotate(day=TruncDate("hour", tzinfo=zone)), "day")
    hours = _summed(counts.annotate(of_day=ExtractHour("hour", tzinfo=zone)), "of_day")
    languages = _summed(counts, "language")
    before = _counts(period.before, plaques).aggregate(scans=Coalesce(Sum("scans"), 0))["scans"]
    return Statistics(
        period=period,
        by_day={day: days.get(day, 0) for day in period.days},
        by_hour=[hours.get(hour, 0) for hour in range(HOURS)],
        by_language=dict(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        before=before,
    )


def _counts(period: Period, plaques: PlaqueQuerySet | None) -> QuerySet:
    counts = ScanCount.objects.filter(hour__gte=period.start, hour__lt=period.end)
    return counts if plaques is None else counts.filter(plaque__in=plaques.order_by().values("pk"))


def _summed(counts: QuerySet, key: str) -> dict:
    return dict(counts.order_by().values_list(key).annotate(total=Sum("scans")))


def plaques_under(*, page: Page) -> PlaqueQuerySet:
    """Return the plaques of a page and of all that stands under it in any language, such as a street and its shops.

    A plaque whose page is gone still belongs where its page stood last.
    """
    below = Q(pk__in=[])
    for translation in Page.objects.filter(translation_key=page.translation_key):
        below |= Q(path__startswith=translation.path)
    keys = Page.objects.filter(below).values("translation_key")
    orphan = ~Exists(Page.objects.filter(translation_key=OuterRef("page_key")))
    remembered = Plaque.objects.annotate(above=Cast("ancestor_keys", TextField())).filter(
        orphan, above__contains=str(page.translation_key)
    )
    return Plaque.objects.filter(Q(page_key__in=keys) | Q(pk__in=remembered.values("pk")))


def with_scans(plaques: PlaqueQuerySet, *, period: Period) -> PlaqueQuerySet:
    """Annotate each plaque with its `scans` and `scans_before` in the period and the one before, and `last_scan`."""
    return plaques.annotate(
        scans=_scans_of_each(period),
        scans_before=_scans_of_each(period.before),
        last_scan=Subquery(ScanCount.objects.filter(plaque=OuterRef("pk")).order_by("-hour").values("hour")[:1]),
    )


def _scans_of_each(period: Period) -> Coalesce:
    counts = _counts(period, None).filter(plaque=OuterRef("pk")).order_by().values("plaque")
    return Coalesce(Subquery(counts.annotate(total=Sum("scans")).values("total")), 0)


@dataclass(frozen=True, slots=True)
class ScanSummary:
    """A plaque's scans in short: the last 7 and 30 days (today counted), all of them, and the last hour with one."""

    last_7_days: int = 0
    last_30_days: int = 0
    total: int = 0
    last_hour: datetime | None = None


def scan_summary(plaque: Plaque, *, now: datetime | None = None) -> ScanSummary:
    return scan_summaries([plaque], now=now)[plaque.pk]


def scan_summaries(plaques: Iterable[Plaque], *, now: datetime | None = None) -> dict[int, ScanSummary]:
    """Return the summary of each of these plaques by its id, in one query."""
    ids = [plaque.pk for plaque in plaques]
    week, month = (Period.of_last(days, today=today_in_ward(now)).start for days in (RECENT_DAYS, PERIOD_DAYS))
    rows = (
        ScanCount.objects.filter(plaque__in=ids)
        .order_by()
        .values("plaque")
        .annotate(
            last_7_days=Coalesce(Sum("scans", filter=Q(hour__gte=week)), 0),
            last_30_days=Coalesce(Sum("scans", filter=Q(hour__gte=month)), 0),
            total=Sum("scans"),
            last_hour=Max("hour"),
        )
    )
    found = {row.pop("plaque"): ScanSummary(**row) for row in rows}
    return {pk: found.get(pk, ScanSummary()) for pk in ids}


def never_scanned(plaques: PlaqueQuerySet, *, days: int = PERIOD_DAYS, now: datetime | None = None) -> PlaqueQuerySet:
    """Return the installed plaques among these that hung for so many days without one scan: perhaps damaged.

    A plaque put up less than so many days ago, or on a day nobody noted, is not judged.
    """
    since = today_in_ward(now) - timedelta(days=days)
    scanned = ScanCount.objects.filter(plaque=OuterRef("pk"), hour__gte=midnight(since))
    return plaques.filter(~Exists(scanned), state=PlaqueState.INSTALLED, installed_on__lte=since)
