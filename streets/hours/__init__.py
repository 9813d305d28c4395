"""When a shop is open: its week, its special days, and what both say of a moment.

The promise: `read_week` and `read_special` raise nothing but `HoursError`, whatever JSON they are given, and what they
read is written again as the same JSON. Nothing here stores anything or knows what a page is; only `words` speaks.
"""

from streets.hours.errors import HoursError
from streets.hours.special import Special, SpecialDays, put, read_special, special_on, without, write_special
from streets.hours.state import State, is_open, midnight_before, next_midnight, shown_until, spans_on, state_at
from streets.hours.tet import next_tet, tet_preset
from streets.hours.week import (
    ALL_DAY,
    Span,
    Spans,
    Week,
    read_spans,
    read_week,
    week_from_text,
    write_spans,
    write_week,
)

__all__ = [
    "ALL_DAY",
    "HoursError",
    "Span",
    "Spans",
    "Special",
    "SpecialDays",
    "State",
    "Week",
    "is_open",
    "midnight_before",
    "next_midnight",
    "next_tet",
    "put",
    "read_spans",
    "read_special",
    "read_week",
    "shown_until",
    "spans_on",
    "special_on",
    "state_at",
    "tet_preset",
    "week_from_text",
    "without",
    "write_spans",
    "write_special",
    "write_week",
]
