"""Answering a part of a file (RFC 9110, section 14), which Safari asks for before it plays any recording.

Django's own view for files answers none, WhiteNoise does for static files only, and the one package for it
(django-ranged-response) has had a single release, 0.2.0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

# A number of more digits than any file has bytes is not worth the time to read it.
ONE_RANGE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The bytes from `first` to `last`, both part of it, counted from 0."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The range asked for has no byte in common with the file."""


def parse_range(header: str, size: int) -> ByteRange | None:
    """Return the one range of a `Range` header for a file of so many bytes.

    None for a header that is to be ignored, so that the whole file is sent: another unit, no valid range, or several,
    which no player asks for. Raises Unsatisfiable where the answer is 416.
    """
    asked = ONE_RANGE.fullmatch(header)
    if asked is None or asked.groups() == ("", ""):
        return None
    begin, end = asked.groups()
    if not begin:
        return _suffix(int(end), size)
    first = int(begin)
    last = int(end) if end else size - 1
    if end and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return ByteRange(first, min(last, size - 1))


def _suffix(length: int, size: int) -> ByteRange:
    if not length or not size:
        raise Unsatisfiable
    return ByteRange(max(size - length, 0), size - 1)


def in_part(request: HttpRequest, whole: FileResponse, *, size: int) -> HttpResponseBase:
    """Return what was asked of a file that is about to be sent whole: itself, a part of it, or 416.

    `whole` carries the headers of the file, its `ETag` and `Last-Modified` among them.
    """
    whole.headers["Accept-Ranges"] = "bytes"
    header = request.headers.get("Range")
    # Only GET knows ranges (14.2).
    if not header or request.method != "GET" or not _is_still(request, whole):
        return whole
    try:
        part = parse_range(header, size)
    except Unsatisfiable:
        whole.file_to_stream.close()
        # Not for ever: the next file of this length may be another.
        return HttpResponse(
            status=416,
            headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes", "Cache-Control": "no-store"},
        )
    return whole if part is None else _partial(whole, part, size)


def _is_still(request: HttpRequest, whole: FileResponse) -> bool:
    """Say whether the file is the one of which the visitor holds the beginning (`If-Range`, 13.1.5)."""
    held = request.headers.get("If-Range")
    if not held:
        return True
    held = held.strip()
    # A weak validator never matches here; a date only to the second.
    return held in {whole.headers.get("ETag"), whole.headers.get("Last-Modified")}


def _partial(whole: FileResponse, part: ByteRange, size: int) -> StreamingHttpResponse:
    file = whole.file_to_stream
    file.seek(part.first)
    headers = dict(whole.headers.items()) | {
        "Content-Range": f"bytes {part.first}-{part.last}/{size}",
        "Content-Length": str(part.length),
    }
    # Django closes the file with this answer, not with the one that is no longer sent.
    answer = StreamingHttpResponse(_pieces(file, part.length), status=206, headers=headers)
    answer._resource_closers.append(file.close)
    return answer


def _pieces(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece
