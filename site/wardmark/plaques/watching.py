"""The daily look for plaques whose scans have stopped: counts are read, alerts are raised."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wardmark.base.languages import source_language
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.models import AlertKind, Finding, Plaque, PlaqueAlert, PlaqueQuerySet, PlaqueState, ScanCount
from wardmark.plaques.models.alerts import PlaqueAlertQuerySet
from wardmark.plaques.periods import Period, today_in_ward
from wardmark.plaques.silence import DayKind, Occasion, Silence, kind_of, silence_in

# Long enough to have seen one Tết.
PAST_DAYS = 400
# A day without any scan in a ward of at least so many scanned plaques tells of the site, not of the plaques …
_ENOUGH_TO_TELL = 3
# … and so many in a row that no visitor reaches it.
LONGEST_UNHEARD_DAYS = 5


class WardIsSilent(Exception):
    """No plaque was scanned for days: the address on them, its certificate or the site itself is at fault."""


def watch_for_silence(*, today: date | None = None) -> int:
    """Raise an alert for each installed plaque whose scans have stopped, and return how many were raised.

    Made to be run once a day. Looked at are whole days, from the day a plaque was installed to yesterday. Days up to
    the last time somebody found it in order, or closed such an alert, are no evidence. Two queries, however many
    plaques; more only for each alert.

    Raises WardIsSilent, after that, where nothing at all was scanned for five days in a row: no plaque is accused, and
    the report of the chores shows the failure.
    """
    today = today or today_in_ward()
    period = Period(today - timedelta(days=PAST_DAYS), today - timedelta(days=1))
    watched = list(_watched())
    scans = _scans_by_day(period, watched)
    days = period.days
    kinds = _kinds_heard(days, scans)
    raised = 0
    for plaque in watched:
        first = _first_day(plaque, scans, period)
        silence = first and _silence_of(plaque, scans[plaque.pk], days[(first - period.first).days :], kinds)
        if silence:
            raise_alert(plaque=plaque, kind=AlertKind.SILENT, note=_note(silence, today))
            raised += 1
    _refuse_silence_of_all([kinds[day] for day in days], scans)
    return raised


def _refuse_silence_of_all(kinds: Sequence[DayKind], scans: dict[int, dict[date, int]]) -> None:
    last = kinds[-LONGEST_UNHEARD_DAYS:]
    if any(scans.values()) and all(kind.occasion == Occasion.UNHEARD for kind in last):
        heard = max(day for by_day in scans.values() for day in by_day)
        raise WardIsSilent(f"No plaque of the ward has been scanned since {heard:%Y-%m-%d}.")


def with_scans_since(alerts: PlaqueAlertQuerySet) -> PlaqueAlertQuerySet:
    """Annotate each alert with `scans_since`: what was scanned from the hour on in which it was raised."""
    alerts = alerts.annotate(_from=ExpressionWrapper(F("raised_at") - timedelta(hours=1), output_field=DateTimeField()))
    counts = ScanCount.objects.filter(plaque=OuterRef("plaque"), hour__gt=OuterRef("_from")).order_by().values("plaque")
    return alerts.annotate(scans_since=Coalesce(Subquery(counts.annotate(total=Sum("scans")).values("total")), 0))


def _watched() -> PlaqueQuerySet:
    """Return what hangs in order and has no such alert open, with the last time somebody saw that it does."""
    silent = PlaqueAlert.objects.filter(plaque=OuterRef("pk"), kind=AlertKind.SILENT)
    last_closed = silent.exclude(closed_at=None).order_by("-closed_at").values("closed_at")[:1]
    return (
        Plaque.objects.filter(~Exists(silent.open()), state=PlaqueState.INSTALLED)
        .annotate(
            found_fine=Max("checks__at", filter=Q(checks__finding=Finding.FINE)), alert_closed=Subquery(last_closed)
        )
        .order_by("pk")
    )


def _scans_by_day(period: Period, plaques: Sequence[Plaque]) -> dict[int, dict[date, int]]:
    """Return the scans of each of these plaques by day, those without any included."""
    by_day: dict[int, dict[date, int]] = {plaque.pk: {} for plaque in plaques}
    rows = (
        ScanCount.objects.filter(hour__gte=period.start, hour__lt=period.end, plaque__state=PlaqueState.INSTALLED)
        .annotate(day=TruncDate("hour", tzinfo=timezone.get_default_timezone()))
        .order_by()
        .values_list("plaque", "day")
        .annotate(total=Sum("scans"))
    )
    for plaque, day, total in rows.iterator():
        by_day.setdefault(plaque, {})[day] = total
    return by_day


def _kinds_heard(days: Sequence[date], scans: dict[int, dict[date, int]]) -> dict[date, DayKind]:
    """Return the kind of each day; where the whole ward was silent, nothing is to be learned from it."""
    heard = set().union(*scans.values())
    known_by_silence = sum(map(bool, scans.values())) >= _ENOUGH_TO_TELL
    kinds = {day: kind_of(day) for day in days}
    return {
        day: kind._replace(occasion=Occasion.UNHEARD) if known_by_silence and day not in heard else kind
        for day, kind in kinds.items()
    }


def _first_day(plaque: Plaque, scans: dict[int, dict[date, int]], period: Period) -> date | None:
    """Return the first day to look at: that of its installation, or of its first scan where nobody noted it."""
    of_plaque = scans[plaque.pk]
    if not of_plaque:
        return None
    first = max(plaque.installed_on or min(of_plaque), period.first)
    return first if first <= period.last else None


def _silence_of(
    plaque: Plaque, scans: dict[date, int], days: Sequence[date], kinds: dict[date, DayKind]
) -> Silence | None:
    seen = [moment for moment in (plaque.found_fine, plaque.alert_closed) if moment is not None]
    known_good = max(map(today_in_ward, seen), default=days[0] - timedelta(days=1))
    return silence_in(
        [scans.get(day, 0) for day in days],
        [kinds[day] for day in days],
        known_good_days=max(0, (known_good - days[0]).days + 1),
    )


def _note(silence: Silence, today: date) -> str:
    """Say what was noticed, in the language everything is written in first: nobody is signed in at night."""
    with translation.override(source_language()):
        return _("No scan since %(day)s. From its past, about %(expected)s were to be expected.") % {
            "day": date_format(today - timedelta(days=silence.days + 1), "SHORT_DATE_FORMAT"),
            "expected": max(1, round(silence.expected)),
        }
