"""What is said of opening hours, in the reader's language."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from streets.hours.errors import HoursError
from streets.hours.state import WARD_ZONE, State
from streets.hours.week import Spans
from wardmark.base.opening_hours import DAYS

DAY_NAMES = {
    "Monday": pgettext_lazy("day of the week", "Monday"),
    "Tuesday": pgettext_lazy("day of the week", "Tuesday"),
    "Wednesday": pgettext_lazy("day of the week", "Wednesday"),
    "Thursday": pgettext_lazy("day of the week", "Thursday"),
    "Friday": pgettext_lazy("day of the week", "Friday"),
    "Saturday": pgettext_lazy("day of the week", "Saturday"),
    "Sunday": pgettext_lazy("day of the week", "Sunday"),
}
_WITHIN_A_SENTENCE = {
    "Monday": pgettext_lazy("day within a sentence", "Monday"),
    "Tuesday": pgettext_lazy("day within a sentence", "Tuesday"),
    "Wednesday": pgettext_lazy("day within a sentence", "Wednesday"),
    "Thursday": pgettext_lazy("day within a sentence", "Thursday"),
    "Friday": pgettext_lazy("day within a sentence", "Friday"),
    "Saturday": pgettext_lazy("day within a sentence", "Saturday"),
    "Sunday": pgettext_lazy("day within a sentence", "Sunday"),
}
COMPLAINTS = {
    "malformed": _("These hours cannot be read."),
    "no_time": _("“%(time)s” is no time of the day; please write it like 06:30."),
    "too_many": _("A day can have at most %(most)s periods."),
    "overlap": _("%(first)s and %(second)s overlap."),
    "night": _("The night of %(first)s goes on into %(second)s of the next day (%(next)s)."),
    "no_date": _("“%(date)s” is no day; please choose one."),
    "ends_before": _("The last day must not come before the first."),
    "too_long": _("Please enter at most a year at once."),
    "same_day": _("%(day)s is said twice."),
    "long_note": _("A note can have at most %(most)s characters."),
    "too_many_special": _("There can be at most %(most)s special days."),
}


def complaint(refused: HoursError) -> str:
    """Return what is wrong and where, as the editor reads it."""
    more = dict(refused.more)
    if "next" in more:
        more["next"] = str(DAY_NAMES[more["next"]])
    said = str(COMPLAINTS[refused.code]) % more
    if refused.where in DAY_NAMES:
        return f"{DAY_NAMES[refused.where]}: {said}"
    if refused.where:
        return gettext("Special day %(number)s: %(complaint)s") % {"number": refused.where, "complaint": said}
    return said


def days_in_words(first: int, last: int) -> str:
    """Name the days of the week from the first to the last, Monday being 0."""
    if (first, last) == (0, 6):
        return pgettext("days of the week", "Daily")
    names = [str(DAY_NAMES[DAYS[day]]) for day in dict.fromkeys((first, last))]
    return " – ".join(names)


def dates_in_words(first: date, last: date) -> str:
    """Name one day, or the first and the last of several."""
    ends = (date_format(day, "SHORT_DATE_FORMAT") for day in dict.fromkeys((first, last)))
    return " – ".join(ends)


def spans_in_words(spans: Spans) -> str:
    """Return the hours of one day."""
    if not spans:
        return pgettext("hours of a day", "Closed")
    if any(span.is_all_day for span in spans):
        return gettext("24 hours")
    return ", ".join(map(str, spans))


def state_in_words(state: State, moment: datetime) -> str:
    """Return one line for the state as it is at the moment; empty where it is not known."""
    if state.is_open is None:
        return ""
    if state.is_open:
        return _open(state, moment)
    if state.until is None:
        return gettext("Closed now")
    return gettext("Closed now, opens again %(when)s") % {"when": _when(state.until, moment)}


def _open(state: State, moment: datetime) -> str:
    if state.until is None:
        return gettext("Open now, around the clock")
    if (state.until - moment).total_seconds() < 24 * 3600:
        return gettext("Open now, until %(time)s") % {"time": _time(state.until)}
    return gettext("Open now, until %(when)s") % {"when": _when(state.until, moment)}


def _when(then: datetime, moment: datetime) -> str:
    here, then = moment.astimezone(WARD_ZONE), then.astimezone(WARD_ZONE)
    days = (then.date() - here.date()).days
    words = {"time": _time(then)}
    if days == 0:
        return gettext("at %(time)s") % words
    if days == 1:
        return gettext("tomorrow at %(time)s") % words
    if days < 7:
        return gettext("at %(time)s on %(day)s") % (words | {"day": _WITHIN_A_SENTENCE[DAYS[then.weekday()]]})
    return gettext("at %(time)s on %(date)s") % (words | {"date": date_format(then, "SHORT_DATE_FORMAT")})


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(WARD_ZONE):%H:%M}"
