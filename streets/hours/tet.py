"""The days of Tết on which most shops rest, proposed from the lunar calendar."""

from datetime import date, timedelta

from streets.hours.special import SpecialDays
from wardmark.base.lunar import LAST_DAY, LunarDate, civil_day

# From the last day of the old year to the third of the new one.
DAYS_BEFORE, DAYS_AFTER = 1, 3
MOST_DAYS_BEFORE, MOST_DAYS_AFTER = 10, 20
NOTE = {"vi": "Nghỉ Tết", "en": "Closed for Tết"}


def next_tet(today: date, *, days_after: int = DAYS_AFTER) -> date | None:
    """Return the first day of the lunar year whose holiday is not over yet; None past the end of the calendar."""
    for year in (today.year, today.year + 1):
        if year > LAST_DAY.year:
            return None
        first = civil_day(LunarDate(1, 1, year))
        if first + timedelta(days=days_after - 1) >= today:
            return first
    return None


def tet_preset(
    today: date, *, days_before: int = DAYS_BEFORE, days_after: int = DAYS_AFTER, note: dict[str, str] | None = None
) -> SpecialDays | None:
    """Return the next Tết's days of rest: so many days of the old year's last month and so many of the new year.

    By default from 29 or 30 tháng Chạp, whichever is its last, to mùng 3. None past the end of the lunar calendar.
    Raises ValueError for numbers that no shop means.
    """
    if not (0 <= days_before <= MOST_DAYS_BEFORE and 1 <= days_after <= MOST_DAYS_AFTER):
        raise ValueError(f"Nobody rests {days_before} days before and {days_after} days after the new year.")
    first = next_tet(today, days_after=days_after)
    if first is None:
        return None
    return SpecialDays(
        first - timedelta(days=days_before), first + timedelta(days=days_after - 1), note=NOTE if note is None else note
    )
