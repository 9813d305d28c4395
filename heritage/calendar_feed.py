"""Festivals as an iCalendar feed (RFC 5545), which phones and calendar services subscribe to.

All-day events without a time zone (VALUE=DATE; DTEND is the day after the last, as the RFC has it). Each holding is an
event of its own, for no rule of recurrence knows the lunar calendar. The UID of a holding stays the same when the
festival is renamed, moved to another day or read in another language.

A festival of which only the month is known is left out: an entry of thirty days would stand above every day of that
month in somebody's calendar, and a single day would be a guess.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext
from icalendar import Calendar as ICalendar
from icalendar import Event

from heritage.models import Festival
from heritage.yearly_days import Occurrence

DAYS_AHEAD = 3 * 366
# How often a calendar service should ask again.
ASK_AGAIN = timedelta(days=1)


def calendar_of(festivals: Iterable[Festival], *, name: str, language: str, today: date, request: HttpRequest) -> bytes:
    """Return the feed of what goes on today or begins within about three years, in order of the days.

    The same festivals give the same bytes all day. The pages of the festivals must have been fetched with them.
    """
    feed = ICalendar()
    feed.add("prodid", "-//Wardmark//Festivals//EN")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    # The first is read by Apple, Google and Outlook; the second is the standard's (RFC 7986).
    feed.add("x-wr-calname", name)
    feed.add("name", name, parameters={"LANGUAGE": language})
    feed.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "P1D")
    end = today + timedelta(days=DAYS_AHEAD)
    holdings = [
        (occurrence, festival)
        for festival in festivals
        if festival.yearly_day
        for occurrence in festival.yearly_day.between(today, end)
    ]
    for occurrence, festival in sorted(holdings, key=lambda holding: (holding[0].first, holding[1].page.path)):
        feed.add_component(_event(festival, occurrence, language=language, request=request))
    return feed.to_ical()


def _event(festival: Festival, occurrence: Occurrence, *, language: str, request: HttpRequest) -> Event:
    site = festival.page
    words = {"LANGUAGE": language}
    changed = site.last_published_at or datetime(1970, 1, 1, tzinfo=UTC)
    event = Event()
    event.add("uid", f"{festival.translation_key}-{occurrence.year}@festivals.wardmark")
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", occurrence.first)
    event.add("dtend", occurrence.last + timedelta(days=1))
    event.add(
        "summary",
        gettext("%(festival)s · %(place)s") % {"festival": festival.title, "place": site.title},
        parameters=words,
    )
    lines = [festival.when, festival.description]
    if festival.source:
        lines.append(gettext("Source: %(source)s") % {"source": festival.source})
    if site.is_illustrative:
        lines.append(gettext("Sample data, not confirmed by the ward yet."))
    event.add("description", "\n".join(line for line in lines if line), parameters=words)
    if site.address:
        event.add("location", site.address, parameters=words)
    if site.position:
        event.add("geo", (site.position.latitude, site.position.longitude))
    address = site.get_full_url(request)
    if address:
        event.add("url", address)
    # A festival does not make its day a busy one.
    event.add("transp", "TRANSPARENT")
    return event
