"""A shop's hours in the words of schema.org, as search engines read them.

They take 00:00–23:59 for all day long and 00:00–00:00 for a day of rest, which is how a special day is said to be one.
"""

from collections import defaultdict
from datetime import date

from streets.hours import Span, Spans
from streets.hours.week import MINUTES_OF_A_DAY, clock
from streets.models.opening import Closure, Opening
from wardmark.base.structured_data import CONTEXT, Data, thing

_AT_REST = {"opens": "00:00", "closes": "00:00"}


def hours_for_machines(shop: Opening, *, today: date) -> list[Data]:
    """Return the hours of an ordinary week; none where they are unknown or the business is gone from here."""
    if shop.week is None or shop.has_left_by(today):
        return []
    days: dict[Span, list[str]] = defaultdict(list)
    for day, spans in shop.week:
        for span in spans:
            days[span].append(f"{CONTEXT}/{day}")
    return [_specification(dayOfWeek=named, **_times(span)) for span, named in days.items()]


def special_hours_for_machines(shop: Opening, *, today: date) -> list[Data]:
    """Return the special days from today on, a temporary closure among them."""
    closure = shop.closure_on(today)
    if shop.has_left_by(today):
        return []
    said = [data for row in shop.special if row.last >= today for data in _days(row.first, row.last, row.spans)]
    if closure == Closure.TEMPORARY:
        said += _days(shop.closed_since, shop.closed_until, ())
    return said


def _days(first: date, last: date | None, spans: Spans) -> list[Data]:
    all_times = [_times(span) for span in spans] or [_AT_REST]
    return [_specification(validFrom=first, validThrough=last, **times) for times in all_times]


def _times(span: Span) -> dict[str, str]:
    # One minute less than a day: what closes when it opens would be read as never open.
    closes = span.closes - 1 if span.opens == span.closes else span.closes
    return {"opens": clock(span.opens), "closes": clock(closes % MINUTES_OF_A_DAY)}


def _specification(**known: object) -> Data:
    return thing("OpeningHoursSpecification", **known)
