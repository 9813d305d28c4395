"""Opening hours as editors write them, read where they are plain enough to be read without guessing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import chain

from wardmark.base.search import fold

# As schema.org names them, from the day with which both languages begin a week of work.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_VIETNAMESE = ("hai", "ba", "tu", "nam", "sau", "bay")
_NAMES = (
    {name.lower(): number for number, name in enumerate(DAYS)}
    | {f"thu {name}": number for number, name in enumerate(_VIETNAMESE)}
    | {f"thu {number + 2}": number for number in range(6)}
    | {"chu nhat": 6}
)
_EVERY_DAY = {"hang ngay", "moi ngay", "daily", "every day"}
_DASH = re.compile(r"\s*[-–—]\s*")
_TIMES = re.compile(r"(\d{1,2})[:h](\d{2})\s*[-–—]\s*(\d{1,2})[:h](\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something is open on some days of the week; past midnight where it closes before it opens."""

    days: tuple[str, ...]
    opens: time
    closes: time


def read_opening_hours(text: str) -> list[Span] | None:
    """Return what the lines say, each like “Thứ Hai – Thứ Sáu: 08:00–11:30, 13:30–17:00”.

    None where a single line says anything else: half of the hours would be wrong hours.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    try:
        return list(chain.from_iterable(map(_spans, lines))) or None
    except ValueError:
        return None


def _spans(line: str) -> Iterator[Span]:
    words, colon, times = line.partition(":")
    if not colon:
        raise ValueError(line)
    days = _days(words)
    for part in times.split(","):
        found = _TIMES.fullmatch(part.strip())
        if found is None:
            raise ValueError(line)
        hour, minute, last_hour, last_minute = map(int, found.groups())
        yield Span(days, time(hour, minute), time(last_hour, last_minute))


def _days(words: str) -> tuple[str, ...]:
    if _plain(words) in _EVERY_DAY:
        return DAYS
    days: set[int] = set()
    for part in words.split(","):
        ends = [_NAMES.get(_plain(name), -1) for name in _DASH.split(part.strip())]
        if -1 in ends or len(ends) > 2 or ends[0] > ends[-1]:
            raise ValueError(words)
        days.update(range(ends[0], ends[-1] + 1))
    return tuple(DAYS[day] for day in sorted(days))


def _plain(words: str) -> str:
    return " ".join(fold(words).split())
