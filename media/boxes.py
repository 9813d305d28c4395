"""Files made of boxes (ISO/IEC 14496-12, 4.2): M4A recordings and MP4 films."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from media.spans import Broken, Patch, Span

# Boxes that hold titles, remarks, pictures and places, none of which is needed to play.
PRIVATE_BOXES = frozenset({b"udta", b"meta", b"uuid"})
# Boxes that hold others, down to the tables that say where the samples lie.
HOLD_OTHERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its kind, the whole of it, and what it holds."""

    kind: bytes
    span: Span
    body: Span


def boxes(file: BinaryIO, within: Span, *, depth: int = 0) -> Iterator[Box]:
    """Yield each box, those inside a film, its tracks and their tables after the box that holds them.

    Raises Broken where a box does not fit into what holds it, or lies deeper than any file needs.
    """
    if depth > DEEPEST:
        raise Broken
    at = within.start
    while at < within.end:
        box = _box_at(file, at, within.end)
        yield box
        if box.kind in HOLD_OTHERS:
            yield from boxes(file, box.body, depth=depth + 1)
        at = box.span.end


def _box_at(file: BinaryIO, at: int, end: int) -> Box:
    file.seek(at)
    head = file.read(16)
    if len(head) < 8 or at + 8 > end:
        raise Broken
    length, kind, body = int.from_bytes(head[:4]), head[4:8], 8
    if length == 1:
        length, body = int.from_bytes(head[8:16]), 16
    elif length == 0:
        length = end - at
    if length < body or at + length > end:
        raise Broken
    return Box(kind, Span(at, at + length), Span(at + body, at + length))


def without_notes(file: BinaryIO, found: Iterable[Box]) -> Iterator[Patch]:
    """Yield what makes free space of the private boxes among these, of the same length.

    Other boxes count bytes from the beginning of the file, and must still count right.
    """
    done = 0
    for box in found:
        if box.kind in PRIVATE_BOXES and box.span.start >= done:
            head = Span(box.span.start, box.body.start).read(file)
            # A box of 64-bit length keeps that length behind its kind.
            yield Patch(box.span, head[:4] + b"free" + head[8:] + bytes(box.body.length))
            done = box.span.end
