"""Until when the ward means to answer a shop: two working days after the day on which it wished or sent something."""

from datetime import date, datetime, time, timedelta

from streets.hours.state import WARD_ZONE
from wardmark.base.working_time import NoWorkingTime, WorkingCalendar, add_working_days, ward_calendar

WORKING_DAYS = 2
# Holidays and weekends together have never made two working days last longer.
_FAR_ENOUGH = timedelta(days=40)


def due_at(asked: datetime | date, calendar: WorkingCalendar | None = None) -> datetime | None:
    """Return until when what was asked then should be answered; None where the office's hours are not known."""
    start = asked if isinstance(asked, datetime) else datetime.combine(asked, time.min, WARD_ZONE)
    try:
        return add_working_days(start, WORKING_DAYS, calendar=calendar or ward_calendar())
    except NoWorkingTime:
        return None


def latest_late(now: datetime, calendar: WorkingCalendar | None = None) -> datetime:
    """Return the moment: what was asked before it is late now."""
    calendar = calendar or ward_calendar()
    day = datetime.combine(now.astimezone(WARD_ZONE).date(), time.min, WARD_ZONE)
    for back in range(_FAR_ENOUGH.days):
        start = day - timedelta(days=back)
        try:
            if add_working_days(start, WORKING_DAYS, calendar=calendar) < now:
                return start + timedelta(days=1)
        except NoWorkingTime:
            break
    return now - _FAR_ENOUGH
