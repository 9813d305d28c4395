"""Captions of a film, as an editor's program writes them: WebVTT (W3C Candidate Recommendation of 2019, section 4)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media.chapters import clock

BYTES_AT_MOST = 500_000
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?", re.ASCII)


def read_captions(text: str, duration: float) -> int:
    """Return how many captions a WebVTT file has.

    Raises ValidationError for one that is none or has none, and names the line whose times cannot be: not written as
    the format asks, ending before they begin, or beginning after the duration in seconds.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise ValidationError(
            _("Captions are a WebVTT file (.vtt), whose first line is WEBVTT. Please export them so."), code="captions"
        )
    found = 0
    for number, line in enumerate(lines[1:], 2):
        if "-->" in line:
            _check(number, line.strip(), duration)
            found += 1
    if not found:
        raise ValidationError(_("This file has no captions."), code="captions")
    return found


def decoded(content: bytes) -> str:
    """Return the words of an uploaded file of captions; raise ValidationError for one that is no text in UTF-8."""
    if len(content) > BYTES_AT_MOST:
        raise ValidationError(_("This file is too large to be captions."), code="captions")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("This file is not text in UTF-8. Please save it again with that encoding."), code="captions"
        ) from error
    if "\0" in text:
        raise ValidationError(_("This file is no text."), code="captions")
    return "\n".join(text.splitlines())


def _check(number: int, line: str, duration: float) -> None:
    written = TIMING.fullmatch(line)
    if written is None:
        raise _refused(
            _("Line %(line)s: write the times like “00:01.000 --> 00:04.500”."),
            number,
        )
    times = written.groups()
    begin, end = _seconds(*times[:4]), _seconds(*times[4:])
    if end <= begin:
        raise _refused(_("Line %(line)s: this caption must end after it begins."), number)
    if begin >= duration:
        raise _refused(_("Line %(line)s: the video ends at %(end)s, before this caption."), number, end=clock(duration))


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def _refused(message, line: int, **more) -> ValidationError:
    return ValidationError(message, code="captions", params={"line": line, **more})
