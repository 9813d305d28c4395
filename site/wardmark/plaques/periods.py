"""Spans of whole days in the ward's time zone; hours of scans are stored in UTC."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both counted, as the ward's clocks divide them."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"A period cannot end on {self.last}, before it begins on {self.first}.")

    @classmethod
    def of_last(cls, days: int, *, today: date | None = None) -> "Period":
        """Return the last so many days, today counted although it is not over."""
        last = today or today_in_ward()
        return cls(last - timedelta(days=days - 1), last)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to the period."""
        return midnight(self.last + timedelta(days=1))

    @property
    def before(self) -> "Period":
        """The period of the same length just before."""
        return Period(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))


def midnight(day: date) -> datetime:
    """Return the moment a day begins in the ward, whichever time zone a signed-in person has chosen."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def today_in_ward(now: datetime | None = None) -> date:
    return timezone.localtime(now, timezone.get_default_timezone()).date()
