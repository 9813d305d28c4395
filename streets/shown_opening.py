"""What a visitor is shown of a shop's hours at a moment, put into the words of the active language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from streets.hours import shown_until, special_on
from streets.hours.state import WARD_ZONE
from streets.hours.words import dates_in_words, days_in_words, spans_in_words, state_in_words
from streets.models.opening import Closure, Opening, in_words

SPECIAL_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Row:
    """A day or days, the hours, and a note in its language; `is_today` marks the one that counts now."""

    when: str
    hours: str
    is_today: bool = False
    note: str = ""
    note_language: str = ""


@dataclass(frozen=True, slots=True)
class ShownOpening:
    """One line for now, and what stands behind it. Nothing here is true beyond `true_until`.

    `stale_from` is when the line itself is wrong for somebody whose browser kept it.
    """

    line: str
    style: str
    true_until: datetime
    stale_from: datetime | None
    closure: Closure = Closure.NONE
    since: date | None = None
    until: date | None = None
    note: str = ""
    note_language: str = ""
    week: list[Row] = field(default_factory=list)
    special: list[Row] = field(default_factory=list)
    hours_note: str = ""
    hours_note_language: str = ""


def shown_on_card(shop: Opening, *, moment: datetime) -> ShownOpening:
    """Return the line for now alone, as a list shows it."""
    return _shown(shop, moment)


def shown_opening(shop: Opening, *, moment: datetime) -> ShownOpening:
    """Return all that the shop's own page shows."""
    today = moment.astimezone(WARD_ZONE).date()
    closure = shop.closure_on(today)
    gone = shop.has_left_by(today)
    note, note_language = in_words(shop.closure_note, get_language() or "") if closure else ("", "")
    hours_note, hours_note_language = ("", "") if gone else in_words(shop.hours_note, get_language() or "")
    return _shown(
        shop,
        moment,
        since=shop.closed_since if closure else None,
        until=shop.closed_until if closure else None,
        note=note,
        note_language=note_language,
        # The hours of a business that is gone would send somebody to a closed door.
        week=[] if gone else list(_week(shop, today)),
        special=[] if gone else list(_special(shop, today)),
        hours_note=hours_note,
        hours_note_language=hours_note_language,
    )


def _shown(shop: Opening, moment: datetime, **more) -> ShownOpening:
    closure = shop.closure_on(moment.astimezone(WARD_ZONE).date())
    state = shop.state_at(moment)
    true_until = shown_until(state, moment)
    line = _closure_line(closure, shop.closed_until) if closure else state_in_words(state, moment)
    styles = {True: "open", False: "closed", None: "unknown"}
    style = "gone" if closure else styles[state.is_open]
    # “Open now, until 02:00” stays right past midnight, “opens again tomorrow” does not.
    stale_from = state.until if state.is_open else true_until
    return ShownOpening(line, style, true_until, None if closure else stale_from, closure, **more)


def _closure_line(closure: Closure, until: date | None) -> str:
    if closure == Closure.FOR_GOOD:
        return gettext("Closed for good")
    if closure == Closure.MOVED:
        return gettext("Moved to another place")
    if until is None:
        return gettext("Temporarily closed")
    return gettext("Temporarily closed, up to and including %(day)s") % {"day": date_format(until, "SHORT_DATE_FORMAT")}


def _week(shop: Opening, today: date) -> Iterator[Row]:
    if shop.week is None:
        return
    # A special day has a row of its own, which is the one that counts.
    ordinary = special_on(shop.special, today) is None
    for spans, alike in groupby(range(7), key=shop.week.days.__getitem__):
        days = list(alike)
        is_today = ordinary and today.weekday() in days
        yield Row(days_in_words(days[0], days[-1]), spans_in_words(spans), is_today=is_today)


def _special(shop: Opening, today: date) -> Iterator[Row]:
    for row in shop.special:
        if row.last < today or row.first > today + SPECIAL_AHEAD:
            continue
        note, language = in_words(row.note, get_language() or "")
        yield Row(dates_in_words(row.first, row.last), spans_in_words(row.spans), today in row, note, language)
