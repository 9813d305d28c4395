"""Recordings are read to their last byte before they are kept: how long they last, and that nothing is missing.

tinytag (MIT) reads the duration. It believes what a file says of itself at its beginning, so whether all of it
arrived is read here from the containers: MPEG audio frames (ISO/IEC 11172-3, 2.4.2), boxes (`media.boxes`) and pages
of Ogg (`media.ogg`). What is private in it is found on the same way through the file.
"""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from tinytag import TinyTag, TinyTagException

from media.boxes import boxes, without_notes
from media.ogg import without_tags
from media.spans import Broken, Patch, Span, counted, patched, size_of

MEDIA_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "opus": "audio/ogg"}
# Shorter, there is nothing to hear: a file that says so has lost its table.
SECONDS_AT_LEAST = 0.5
SECONDS_AT_MOST = 60 * 60
BYTES_AT_MOST = 40 * 2**20

# Kilobits a second by version (1, or 2 and 2.5) of layer III.
BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
# Samples a second by the two bits that name the version: 3 is version 1, 2 is 2, 0 is 2.5.
SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# What programs write behind the last frame: ID3v1, APEv2 and Lyrics3.
TAILS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN")


@dataclass(frozen=True, slots=True)
class Recording:
    """What a whole recording says of itself: how long it lasts in seconds, how large it is in bytes.

    `notes` are the titles, remarks, pictures and places that programs and phones write in it, and what becomes of them.
    """

    seconds: float
    size: int
    notes: tuple[Patch, ...]


def examine(file: BinaryIO, extension: str) -> Recording:
    """Return what the recording is; raise ValidationError for one that is cut off, wrong, too long or too large."""
    extension = extension.lower()
    size = size_of(file)
    if size > BYTES_AT_MOST:
        raise ValidationError(
            _("This recording is larger than %(most)s MB. Please export it with a lower bit rate."),
            code="audio_too_large",
            params={"most": BYTES_AT_MOST // 2**20},
        )
    try:
        seconds, notes = _read(file, extension, size)
    except (Broken, TinyTagException) as error:
        raise damaged_recording() from error
    finally:
        file.seek(0)
    if seconds > SECONDS_AT_MOST:
        raise ValidationError(
            _("This recording is longer than %(most)s minutes. Please cut it."),
            code="audio_too_long",
            params={"most": SECONDS_AT_MOST // 60},
        )
    return Recording(seconds=round(seconds, 3), size=size, notes=tuple(notes))


def damaged_recording() -> ValidationError:
    return ValidationError(
        _("This recording is damaged or incomplete. Please export or upload it again."), code="damaged_audio"
    )


def without_private_notes(file: BinaryIO, recording: Recording) -> bytes:
    """Return a recording that was examined without the notes found in it."""
    content = b"".join(patched(file, recording.notes))
    file.seek(0)
    return content


def _read(file: BinaryIO, extension: str, size: int) -> tuple[float, list[Patch]]:
    """Return the seconds and the private notes of a recording; raise Broken for one that is not whole."""
    file.seek(0)
    said = TinyTag.get(file_obj=file, tags=False).duration or 0.0
    if extension == "mp3":
        start, end, heard = _mp3_frames(file, size)
        # The first frame may say how many follow; its own words count by two frames at most too much.
        if heard < said - 0.2:
            raise Broken
        said = heard
        notes = [Patch(span) for span in (Span(0, start), Span(end, size)) if span.length]
    elif extension == "m4a":
        found = counted(boxes(file, Span(0, size)))
        if not {b"moov", b"mdat"} <= {box.kind for box in found}:
            raise Broken
        notes = list(without_notes(file, found))
    else:
        notes = list(without_tags(file, size))
    if said < SECONDS_AT_LEAST:
        raise Broken
    return said, notes


def _mp3_frames(file: BinaryIO, size: int) -> tuple[int, int, float]:
    """Return where the first frame begins, where the last ends, and the seconds of all between."""
    file.seek(0)
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        # Four bytes of seven bits each (ID3v2.4, 3.1), and ten more where a footer stands.
        length = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        start = 10 + length + (10 if head[5] & 0x10 else 0)
    at, seconds, frames = start, 0.0, 0
    while at < size:
        file.seek(at)
        header = file.read(4)
        if frames and _is_tail(file, at, header):
            break
        length, duration = _mp3_frame(header)
        if at + length > size:
            raise Broken
        at += length
        seconds += duration
        frames += 1
    return start, at, seconds


def _is_tail(file: BinaryIO, at: int, header: bytes) -> bool:
    file.seek(at)
    following = file.read(16)
    return header.strip(b"\0") == b"" or following.startswith(TAILS)


def _mp3_frame(header: bytes) -> tuple[int, float]:
    """Return the bytes and seconds of the layer III frame that begins with these four bytes."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        raise Broken
    version = header[1] >> 3 & 3
    rates = SAMPLE_RATES.get(version)
    bitrate_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if rates is None or rate_index == 3 or bitrate_index in {0, 15}:
        raise Broken
    rate = rates[rate_index]
    first = version == 3
    kilobits = BITRATES[1 if first else 2][bitrate_index]
    return (144 if first else 72) * kilobits * 1000 // rate + padding, (1152 if first else 576) / rate
