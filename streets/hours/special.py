"""Days on which a shop keeps other hours than in an ordinary week, or none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from streets.hours.errors import HoursError
from streets.hours.week import Spans, read_spans, write_spans

MOST_SPECIAL_DAYS = 60
LONGEST_RANGE = timedelta(days=366)
LONGEST_NOTE = 120
_DAY = timedelta(days=1)
# Of the century that the lunar calendar knows.
_DATE = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_KEYS = {"from", "to", "spans", "note"}


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """A day, or several from the first to the last, with spans of their own; closed where there are none."""

    first: date
    last: date
    spans: Spans = ()
    # By language code; what a visitor is told of the reason.
    note: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


Special = tuple[SpecialDays, ...]


def read_special(value: Any) -> Special:
    """Return the special days that JSON says, in the order of their dates.

    JSON: `[{"from": "2027-02-04", "to": "2027-02-08", "spans": [], "note": {"vi": "Nghỉ Tết"}}, …]`; `to`, `spans` and
    `note` may be left out. Raises HoursError, which names the wrong row by its number, and nothing else.
    """
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise HoursError("malformed")
    if len(value) > MOST_SPECIAL_DAYS:
        raise HoursError("too_many_special", most=str(MOST_SPECIAL_DAYS))
    rows = sorted((_row(row, str(number)) for number, row in enumerate(value, start=1)), key=lambda row: row.first)
    for earlier, later in pairwise(rows):
        if later.first <= earlier.last:
            number = 1 + max(number for number, row in enumerate(value) if row["from"] == later.first.isoformat())
            raise HoursError("same_day", where=str(number), day=later.first.isoformat())
    return tuple(rows)


def write_special(special: Iterable[SpecialDays]) -> list[dict[str, Any]]:
    return [
        {
            "from": row.first.isoformat(),
            "to": row.last.isoformat(),
            "spans": write_spans(row.spans),
            "note": dict(row.note),
        }
        for row in special
    ]


def special_on(special: Special, day: date) -> SpecialDays | None:
    return next((row for row in special if day in row), None)


def without(special: Special, first: date, last: date) -> Special:
    """Return the special days but for those from the first to the last; what lies around them stays."""
    kept = []
    for row in special:
        if row.last < first or row.first > last:
            kept.append(row)
            continue
        if row.first < first:
            kept.append(replace(row, last=first - _DAY))
        if row.last > last:
            kept.append(replace(row, first=last + _DAY))
    return tuple(kept)


def put(special: Special, new: SpecialDays) -> Special:
    """Return the special days with these in the place of what was said of the same days."""
    return tuple(sorted((*without(special, new.first, new.last), new), key=lambda row: row.first))


def _row(row: Any, where: str) -> SpecialDays:
    if not isinstance(row, Mapping) or not set(row) <= _KEYS:
        raise HoursError("malformed", where=where)
    first = _date(row.get("from"), where)
    last = _date(row.get("to") or row.get("from"), where)
    if last < first:
        raise HoursError("ends_before", where=where)
    if last - first >= LONGEST_RANGE:
        raise HoursError("too_long", where=where)
    spans = read_spans(row.get("spans") or [], where=where)
    return SpecialDays(first, last, spans, _note(row.get("note"), where))


def _date(value: Any, where: str) -> date:
    said = value if isinstance(value, str) else ""
    try:
        # fromisoformat reads weeks and other forms too.
        return date.fromisoformat(said if _DATE.fullmatch(said) else "")
    except ValueError:
        raise HoursError("no_date", where=where, date=said[:12]) from None


def _note(value: Any, where: str) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise HoursError("malformed", where=where)
    note = {}
    for language, words in value.items():
        if not isinstance(language, str) or not isinstance(words, str):
            raise HoursError("malformed", where=where)
        if len(words) > LONGEST_NOTE:
            raise HoursError("long_note", where=where, most=str(LONGEST_NOTE))
        if words.strip():
            note[language] = words.strip()
    return note
