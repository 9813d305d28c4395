"""The chapters of a recording, as an editor writes them: one per line, `1:05 The steles`."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)[ \t]+(\S.*)", re.ASCII)
TITLE_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of a recording begins, in whole seconds, and what it is about."""

    start: int
    title: str

    @property
    def clock(self) -> str:
        return clock(self.start)


def clock(seconds: float) -> str:
    """Return a length of time as players show it: `1:05`, and `1:02:05` from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_chapters(text: str, duration: float) -> list[Chapter]:
    """Return the chapters written, one per line that is not empty.

    Raises ValidationError that names the line: not a time and a title, not after the one before, or not within the
    duration in seconds.
    """
    chapters: list[Chapter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        chapter = _chapter(number, line.strip())
        if chapters and chapter.start <= chapters[-1].start:
            raise _refused(_("Line %(line)s: this chapter must begin after the one before it."), number)
        if chapter.start >= duration:
            raise _refused(
                _("Line %(line)s: the recording ends at %(end)s, before this chapter."), number, end=clock(duration)
            )
        chapters.append(chapter)
    return chapters


def _chapter(number: int, line: str) -> Chapter:
    written = LINE.fullmatch(line)
    if written is None:
        raise _refused(
            _("Line %(line)s: write minute, colon, second and a title, for example “1:05 The steles”."), number
        )
    hours, minutes, seconds, title = written.groups()
    if len(title) > TITLE_LETTERS:
        raise _refused(_("Line %(line)s: a title has at most %(most)s letters."), number, most=TITLE_LETTERS)
    return Chapter(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds), title)


def _refused(message, line: int, **more) -> ValidationError:
    return ValidationError(message, code="chapter", params={"line": line, **more})
