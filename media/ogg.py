"""Opus recordings: pages of Ogg (RFC 3533, 6) that hold the packets of RFC 7845."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from media.spans import Broken, Patch, Span

FIRST, LAST = 2, 4
HEAD, TAGS = b"OpusHead", b"OpusTags"
# An empty name of the program and no remark (RFC 7845, 5.2); zeros behind them are padding.
NO_TAGS = TAGS + bytes(8)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the whole of it, its flags, and the lengths of the segments that its packets are cut into."""

    span: Span
    flags: int
    lacing: bytes

    @property
    def body(self) -> Span:
        return Span(self.span.end - sum(self.lacing), self.span.end)

    @property
    def first_packet(self) -> Span:
        """The part of the first packet that lies on this page."""
        length = 0
        for segment in self.lacing:
            length += segment
            if segment < 255:
                break
        return Span(self.body.start, self.body.start + length)

    @property
    def first_packet_ends(self) -> bool:
        return any(segment < 255 for segment in self.lacing)


def pages(file: BinaryIO, size: int) -> Iterator[Page]:
    """Yield the pages of a whole file; raise Broken where one is missing or cut off, or it is no Opus recording."""
    at, flags = 0, 0
    while at < size:
        file.seek(at)
        head = file.read(27)
        if len(head) < 27 or head[:4] != b"OggS":
            raise Broken
        lacing, flags = file.read(head[26]), head[5]
        end = at + 27 + len(lacing) + sum(lacing)
        if len(lacing) < head[26] or end > size:
            raise Broken
        page = Page(Span(at, end), flags, lacing)
        if at == 0 and not page.first_packet.read(file).startswith(HEAD):
            raise Broken
        yield page
        at = end
    if not flags & LAST:
        raise Broken


def without_tags(file: BinaryIO, size: int) -> Iterator[Patch]:
    """Yield what empties the packet of tags (titles, names, places, pictures), which follows the head of a stream.

    Its length stays, so that pages and all that counts them stay; their checksums are made anew.
    """
    awaited, left = False, None
    for page in pages(file, size):
        if page.flags & FIRST:
            awaited, left = True, None
            continue
        if awaited and left is None:
            if not page.first_packet.read(file).startswith(TAGS):
                raise Broken
            left = NO_TAGS
        if left is not None:
            yield Patch(page.span, _with_first_packet(file, page, left))
            left = None if page.first_packet_ends else b""
            awaited = not page.first_packet_ends


def _with_first_packet(file: BinaryIO, page: Page, content: bytes) -> bytes:
    whole = bytearray(page.span.read(file))
    start, length = page.first_packet.start - page.span.start, page.first_packet.length
    if length < len(content):
        raise Broken
    whole[start : start + length] = content.ljust(length, b"\0")
    whole[22:26] = bytes(4)
    whole[22:26] = checksum(whole).to_bytes(4, "little")
    return bytes(whole)


def _table() -> list[int]:
    rows = []
    for byte in range(256):
        row = byte << 24
        for _bit in range(8):
            row = (row << 1 ^ 0x04C11DB7 if row & 0x80000000 else row << 1) & 0xFFFFFFFF
        rows.append(row)
    return rows


_TABLE = _table()


def checksum(page: bytes) -> int:
    """Return the checksum of a page whose own four bytes of it are zero: CRC-32, unreflected, from 0."""
    register = 0
    for byte in page:
        register = (register << 8 & 0xFFFFFFFF) ^ _TABLE[register >> 24 ^ byte]
    return register
