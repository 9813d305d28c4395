"""WebM films: elements of EBML (RFC 8794) as Matroska (RFC 9559) names them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from media.spans import Broken, Patch, Span

EBML, DOC_TYPE, SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
INFO, TIMESTAMP_SCALE, DURATION, TITLE = 0x1549A966, 0x2AD7B1, 0x4489, 0x7BA9
TRACKS, TRACK, CODEC, VIDEO = 0x1654AE6B, 0xAE, 0x86, 0xE0
WIDTH, HEIGHT, TRACK_NAME = 0xB0, 0xBA, 0x536E
CLUSTER, TAGS, ATTACHMENTS, CHECKSUM, VOID = 0x1F43B675, 0x1254C367, 0x1941A469, 0xBF, 0xEC
HOLD_OTHERS = frozenset({EBML, SEGMENT, INFO, TRACKS, TRACK, VIDEO})
# Titles, remarks, places and files; and checksums, which would no longer be right.
PRIVATE = frozenset({TAGS, ATTACHMENTS, TITLE, TRACK_NAME, CHECKSUM})
LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its number, the whole of it, and what it holds."""

    number: int
    span: Span
    body: Span

    def integer(self, file: BinaryIO) -> int:
        if self.body.length > LONGEST_NUMBER:
            raise Broken
        return int.from_bytes(self.body.read(file))

    def real(self, file: BinaryIO) -> float:
        if self.body.length not in {4, 8}:
            raise Broken
        return struct.unpack(">f" if self.body.length == 4 else ">d", self.body.read(file))[0]

    def text(self, file: BinaryIO) -> str:
        if self.body.length > 100:
            raise Broken
        return self.body.read(file).rstrip(b"\0").decode("ascii", "replace")


def elements(file: BinaryIO, within: Span, *, holder: int = 0) -> Iterator[Element]:
    """Yield each element, those inside others down to what is said of a picture after the one that holds them.

    Raises Broken where an element does not fit into what holds it, or does not say how long it is, as in a stream.
    """
    at = within.start
    while at < within.end:
        element = _element_at(file, at, within.end)
        yield element
        # None of them holds another of its own kind.
        if element.number in HOLD_OTHERS and element.number != holder:
            yield from elements(file, element.body, holder=element.number)
        at = element.span.end


def _element_at(file: BinaryIO, at: int, end: int) -> Element:
    file.seek(at)
    head = file.read(12)
    if not head or not head[0] >> 4:
        raise Broken
    number_bytes = 9 - head[0].bit_length()
    number = int.from_bytes(head[:number_bytes])
    rest = head[number_bytes:]
    if not rest or not rest[0]:
        raise Broken
    length_bytes = 9 - rest[0].bit_length()
    marker = 1 << 7 * length_bytes
    length = int.from_bytes(rest[:length_bytes]) - marker
    start = at + number_bytes + length_bytes
    # All ones say that the length is not known.
    if len(rest) < length_bytes or length == marker - 1 or start + length > end:
        raise Broken
    return Element(number, Span(at, start + length), Span(start, start + length))


def without_notes(found: list[Element]) -> Iterator[Patch]:
    """Yield what makes empty space of the private elements among these, of the same length."""
    for element in found:
        if element.number in PRIVATE:
            yield Patch(element.span, _void(element.span.length))


def _void(length: int) -> bytes:
    if length < 10:
        return bytes([VOID, 0x80 | length - 2]) + bytes(length - 2)
    return bytes([VOID, 1]) + (length - 9).to_bytes(7) + bytes(length - 9)
