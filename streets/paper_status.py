"""What a legal document says on a given day: a pure computation, so that papers age by themselves.

Nothing recorded is no reproach: only where the law asks for a certificate is one called missing, and only to officers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EXPIRING_WITHIN = timedelta(days=180)
# How long a certificate is issued for, unless it says otherwise.
YEARS_OF_A_CERTIFICATE = 3


class PaperStatus(TextChoices):
    NOT_REQUIRED = "not_required", _("Not required")
    UNKNOWN = "unknown", _("Not recorded")
    MISSING = "missing", _("Missing")
    PENDING = "pending", _("Waits to be verified")
    VALID = "valid", _("In force")
    EXPIRING = "expiring", _("Expires soon")
    EXPIRED = "expired", _("No longer in force")
    REVOKED = "revoked", _("Revoked")


# What counts as in order.
IN_ORDER = frozenset({PaperStatus.VALID, PaperStatus.EXPIRING})
# What may be said of a paper that there is; what is told first of several of one kind comes first.
STATUSES_OF_A_PAPER = (
    PaperStatus.VALID,
    PaperStatus.EXPIRING,
    PaperStatus.PENDING,
    PaperStatus.EXPIRED,
    PaperStatus.REVOKED,
)


@dataclass(frozen=True, slots=True)
class PaperDays:
    """The days that decide about a paper. `verified_on` is None while nobody has verified it."""

    issued_on: date
    expires_on: date | None = None
    verified_on: date | None = None
    revoked_on: date | None = None

    def status_on(self, day: date) -> PaperStatus:
        """Return its status on a day in the ward's time zone. On its last day a paper is still in force."""
        if self.revoked_on is not None and self.revoked_on <= day:
            return PaperStatus.REVOKED
        if self.expires_on is not None and self.expires_on < day:
            return PaperStatus.EXPIRED
        if self.verified_on is None or self.verified_on > day or self.issued_on > day:
            return PaperStatus.PENDING
        if self.expires_on is not None and self.expires_on - day <= EXPIRING_WITHIN:
            return PaperStatus.EXPIRING
        return PaperStatus.VALID


def best_of(statuses: Iterable[PaperStatus]) -> PaperStatus | None:
    """Return the status to tell of several papers of one kind: a valid one makes an expired one history."""
    return min(statuses, key=STATUSES_OF_A_PAPER.index, default=None)


def status_for_route(
    *, needs: str | None, asks_for_certificate: bool, kind: str, statuses: Iterable[PaperStatus]
) -> PaperStatus:
    """Return the status of a kind of paper for a shop whose route needs the kind `needs` (None: undetermined).

    `missing` is said of a certificate that the law asks for, never of an exempt shop.
    """
    found = best_of(statuses)
    if found is not None:
        return found
    if needs is None:
        return PaperStatus.UNKNOWN
    if needs != kind:
        return PaperStatus.NOT_REQUIRED
    return PaperStatus.MISSING if asks_for_certificate else PaperStatus.UNKNOWN


def first_day_within_years(day: date, years: int) -> date:
    """Return the earliest day from which no more than so many years have gone by, as `years_later` counts them."""
    first = years_later(day, -years)
    return first if years_later(first, years) >= day else first + timedelta(days=1)


def years_later(day: date, years: int) -> date:
    """Return the same day years later; of 29 February, where that year has none, the month's last day.

    Past the end of the calendar it is the calendar's last day.
    """
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
