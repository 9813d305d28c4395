"""Films are read before they are kept: that phones can play them, that nothing is missing, how long and large they are.

MP4 with H.264 (boxes of ISO/IEC 14496-12) and WebM with VP8, VP9 or AV1. A film whose table lies behind its pictures,
as phones write it, would be loaded whole before it starts: the table is moved to the front.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media import webm
from media.boxes import Box, boxes, without_notes
from media.spans import Broken, Patch, Span, counted, size_of

MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
SECONDS_AT_LEAST = 0.5
SECONDS_AT_MOST = 15 * 60
BYTES_AT_MOST = 60 * 2**20
# The longer side; phones play no more without stuttering, and nobody sees more on them.
PIXELS_AT_MOST = 1920

# The families of MP4 that browsers play; QuickTime's own `qt  ` is not among them.
BRANDS = frozenset({b"isom", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP", b"MSNV", b"dash"}) | {
    f"iso{number}".encode() for number in range(2, 10)
}
H264 = frozenset({b"avc1", b"avc3"})
WEBM_CODECS = frozenset({"V_VP8", "V_VP9", "V_AV1"})


@dataclass(frozen=True, slots=True)
class Film:
    """What a film says of itself: seconds, and the size of its picture in pixels as it is shown.

    `changes` leave out what is private, and put first what a player must read first.
    """

    seconds: float
    width: int
    height: int
    changes: tuple[Patch, ...]


class _Unplayable(Exception):
    """The film is whole, but many phones have no means to play it."""


def examine_film(file: BinaryIO, extension: str) -> Film:
    """Return what the film is; raise ValidationError for one that is cut off, not for phones, too long or too large."""
    size = size_of(file)
    if size > BYTES_AT_MOST:
        raise ValidationError(
            _("This video is larger than %(most)s MB. Please export it smaller, for example as 720p."),
            code="video_too_large",
            params={"most": BYTES_AT_MOST // 2**20},
        )
    try:
        film = _read_webm(file, size) if extension.lower() == "webm" else _read_mp4(file, size)
    except Broken as error:
        raise damaged_film() from error
    except _Unplayable as error:
        raise ValidationError(
            _("Many phones cannot play this video. Please export it as MP4 with H.264."), code="video_unplayable"
        ) from error
    finally:
        file.seek(0)
    if film.seconds > SECONDS_AT_MOST:
        raise ValidationError(
            _("This video is longer than %(most)s minutes. Please cut it."),
            code="video_too_long",
            params={"most": SECONDS_AT_MOST // 60},
        )
    if max(film.width, film.height) > PIXELS_AT_MOST:
        raise ValidationError(
            _("This picture is larger than a phone shows: %(width)s × %(height)s. Please export it as 720p or 1080p."),
            code="video_too_wide",
            params={"width": film.width, "height": film.height},
        )
    return film


def damaged_film() -> ValidationError:
    return ValidationError(
        _("This video is damaged or incomplete. Please export or upload it again."), code="damaged_video"
    )


def _checked(seconds: float, width: int, height: int, changes: Iterable[Patch]) -> Film:
    if not seconds >= SECONDS_AT_LEAST or not width or not height:
        raise Broken
    return Film(round(seconds, 3), width, height, tuple(changes))


# ---- MP4 ---------------------------------------------------------------------------------------


def _read_mp4(file: BinaryIO, size: int) -> Film:
    found = counted(boxes(file, Span(0, size)))
    kinds = {box.kind for box in found}
    if not found or found[0].kind != b"ftyp" or not {b"moov", b"mdat"} <= kinds:
        raise Broken
    # Fragments are for streaming; their lengths lie all over the file.
    if b"moof" in kinds or not BRANDS & _brands(_only(found, b"ftyp").read(file)):
        raise _Unplayable
    film_box = next(box for box in found if box.kind == b"moov")
    width, height = _picture(file, found)
    return _checked(_seconds(file, found), width, height, _changes(file, found, film_box))


def _brands(body: bytes) -> set[bytes]:
    return {body[:4]} | {body[at : at + 4] for at in range(8, len(body), 4)}


def _seconds(file: BinaryIO, found: list[Box]) -> float:
    body = _only(found, b"mvhd").read(file)
    if len(body) < 32:
        raise Broken
    # Version 1 has times of 64 bits.
    scale, duration = (body[20:24], body[24:32]) if body[0] == 1 else (body[12:16], body[16:20])
    ticks = int.from_bytes(scale)
    if not ticks:
        raise Broken
    return int.from_bytes(duration) / ticks


def _only(found: list[Box], kind: bytes) -> Span:
    box = next((box for box in found if box.kind == kind), None)
    if box is None or box.body.length > 10_000:
        raise Broken
    return box.body


def _picture(file: BinaryIO, found: list[Box]) -> tuple[int, int]:
    """Return width and height of the first track of pictures, as it is shown."""
    for track in (box for box in found if box.kind == b"trak"):
        inside = [box for box in found if track.body.start <= box.span.start < track.body.end]
        if _only(inside, b"hdlr").read(file)[8:12] != b"vide":
            continue
        # After version and count, the length of the first entry, then what it is coded in.
        if _only(inside, b"stsd").read(file)[12:16] not in H264:
            raise _Unplayable
        header = _only(inside, b"tkhd").read(file)
        if len(header) < 84:
            raise Broken
        width, height = (int.from_bytes(header[at : at + 4]) >> 16 for at in (len(header) - 8, len(header) - 4))
        # A film taken upright is stored lying and turned by its matrix, whose first number is then 0.
        is_turned = header[-44:-40] == bytes(4)
        return (height, width) if is_turned else (width, height)
    raise Broken


def _changes(file: BinaryIO, found: list[Box], film: Box) -> list[Patch]:
    notes = list(without_notes(file, found))
    first_pictures = next(box for box in found if box.kind == b"mdat")
    if film.span.start < first_pictures.span.start:
        return notes
    table = bytearray(film.span.read(file))
    for patch in notes:
        if film.span.start <= patch.span.start < film.span.end:
            start = patch.span.start - film.span.start
            table[start : start + patch.span.length] = patch.content
    for box in found:
        if box.kind in {b"stco", b"co64"}:
            _move_on(table, box, film)
    outside = [patch for patch in notes if not film.span.start <= patch.span.start < film.span.end]
    moved = [Patch(Span(first_pictures.span.start, first_pictures.span.start), bytes(table)), Patch(film.span)]
    return sorted([*outside, *moved], key=lambda patch: (patch.span.start, patch.span.end))


def _move_on(table: bytearray, box: Box, film: Box) -> None:
    """Add the table's own length to each place a table of places names, since it will lie in front of them."""
    start, length = box.body.start - film.span.start, box.body.length
    width = 4 if box.kind == b"stco" else 8
    count = int.from_bytes(table[start + 4 : start + 8])
    if length < 8 + count * width:
        raise Broken
    for at in range(start + 8, start + 8 + count * width, width):
        place = int.from_bytes(table[at : at + width]) + film.span.length
        if place >= 1 << 8 * width:
            raise Broken
        table[at : at + width] = place.to_bytes(width)


# ---- WebM --------------------------------------------------------------------------------------


def _read_webm(file: BinaryIO, size: int) -> Film:
    found = counted(webm.elements(file, Span(0, size)))
    known = {element.number: element for element in reversed(found)}
    if not found or found[0].number != webm.EBML or not {webm.SEGMENT, webm.DURATION, webm.CLUSTER} <= known.keys():
        raise Broken
    if webm.DOC_TYPE not in known or known[webm.DOC_TYPE].text(file) != "webm":
        raise _Unplayable
    scale = known[webm.TIMESTAMP_SCALE].integer(file) if webm.TIMESTAMP_SCALE in known else 1_000_000
    seconds = known[webm.DURATION].real(file) * scale / 1e9
    for track in (element for element in found if element.number == webm.TRACK):
        inside = {
            element.number: element for element in found if track.body.start <= element.span.start < track.body.end
        }
        if webm.VIDEO not in inside:
            continue
        if not {webm.CODEC, webm.WIDTH, webm.HEIGHT} <= inside.keys():
            raise Broken
        if inside[webm.CODEC].text(file) not in WEBM_CODECS:
            raise _Unplayable
        width, height = inside[webm.WIDTH].integer(file), inside[webm.HEIGHT].integer(file)
        return _checked(seconds, width, height, webm.without_notes(found))
    raise Broken
