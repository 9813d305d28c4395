"""What the next round has to look at: plaques that nobody checked, that somebody reported, that nobody scans."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wardmark.base.places import Position
from wardmark.plaques.models import Plaque, PlaqueAlert, PlaqueQuerySet, PlaqueState
from wardmark.plaques.statistics import never_scanned
from wardmark.plaques.whereabouts import Whereabouts, whereabouts

SILENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Due:
    """One plaque to look at, why, and how far it is from where the round begins, in metres."""

    plaque: Plaque
    reasons: list[str]
    at: Whereabouts
    distance_m: float | None = None


def due_plaques(*, today: date | None = None, now: datetime | None = None) -> PlaqueQuerySet:
    """Return the plaques to look at: unchecked for 90 days, planned for a check, with an open alert, never scanned."""
    today = today or timezone.localdate()
    alerts = PlaqueAlert.objects.open().filter(plaque=OuterRef("pk"))
    waiting = Q(Exists(alerts)) & ~Q(state=PlaqueState.RETIRED)
    planned = Q(pk__in=Plaque.objects.standing().filter(next_check_on__lte=today).order_by().values("pk"))
    unchecked = Q(pk__in=Plaque.objects.unchecked(today=today).order_by().values("pk"))
    silent = Q(pk__in=never_scanned(Plaque.objects.all(), days=SILENT_DAYS, now=now).order_by().values("pk"))
    return Plaque.objects.filter(waiting | planned | unchecked | silent)


def with_reasons(
    plaques: PlaqueQuerySet, *, start: Position | None = None, today: date | None = None, now: datetime | None = None
) -> list[Due]:
    """Return what to look at with its reasons: nearest to `start` first, those without a position last.

    Without a start by the page above, such as the street, and then by name.
    """
    today = today or timezone.localdate()
    found = list(plaques.order_by("pk").prefetch_related("alerts"))
    silent = set(never_scanned(plaques, days=SILENT_DAYS, now=now).order_by().values_list("pk", flat=True))
    unchecked = set(plaques.unchecked(today=today).order_by().values_list("pk", flat=True))
    at = whereabouts(found)
    due = [
        Due(
            plaque=plaque,
            reasons=list(_reasons(plaque, today, unchecked=plaque.pk in unchecked, silent=plaque.pk in silent)),
            at=at[plaque.pk],
            distance_m=start.distance_to(position) if start and (position := at[plaque.pk].position) else None,
        )
        for plaque in found
    ]
    if start is not None:
        return sorted(due, key=lambda one: (one.distance_m is None, one.distance_m or 0, one.plaque.pk))
    return sorted(due, key=lambda one: (one.at.above is None, one.at.above.path if one.at.above else "", one.at.name))


def by_street(due: Iterable[Due]) -> dict[str, list[Due]]:
    """Group by the page above, in the order met."""
    groups: dict[str, list[Due]] = defaultdict(list)
    for one in due:
        groups[one.at.above.get_admin_display_title() if one.at.above else _("Elsewhere")].append(one)
    return dict(groups)


def _reasons(plaque: Plaque, today: date, *, unchecked: bool, silent: bool) -> Iterable[str]:
    yield from (alert.get_kind_display() for alert in plaque.alerts.all() if alert.is_open)
    if unchecked:
        checked = plaque.last_checked_on
        yield (
            _("Last checked on %(day)s") % {"day": date_format(checked, "SHORT_DATE_FORMAT")}
            if checked
            else _("Never checked")
        )
    elif plaque.is_standing and plaque.next_check_on and plaque.next_check_on <= today:
        yield _("A check was planned for %(day)s") % {"day": date_format(plaque.next_check_on, "SHORT_DATE_FORMAT")}
    if silent:
        yield _("Not one scan in %(days)d days") % {"days": SILENT_DAYS}
