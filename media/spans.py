"""Parts of a file, and that it does not go on as its format says it must."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, TypeVar

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a file, in bytes from its beginning; the end is not part of it."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def read(self, file: BinaryIO) -> bytes:
        file.seek(self.start)
        return file.read(self.length)


class Broken(Exception):
    """The file does not go on as its format says it must."""


# A film of 15 minutes has some hundreds; each costs memory, and an empty one no more than two bytes of a file.
MOST_PARTS = 100_000


def counted(parts: Iterable[Part]) -> list[Part]:
    """Return these parts of a file; raise Broken where they are more than any file needs."""
    found = list(islice(parts, MOST_PARTS + 1))
    if len(found) > MOST_PARTS:
        raise Broken
    return found


def size_of(file: BinaryIO) -> int:
    return file.seek(0, 2)


@dataclass(frozen=True, slots=True)
class Patch:
    """What a part of a file becomes: nothing, where it is left out."""

    span: Span
    content: bytes = b""


PIECE = 256 * 1024


def patched(file: BinaryIO, patches: Iterable[Patch]) -> Iterator[bytes]:
    """Yield the file piece by piece as these patches make it. They follow one another and do not overlap."""
    at = 0
    for patch in patches:
        yield from _pieces(file, Span(at, patch.span.start))
        yield patch.content
        at = patch.span.end
    yield from _pieces(file, Span(at, size_of(file)))


def _pieces(file: BinaryIO, span: Span) -> Iterator[bytes]:
    for start in range(span.start, span.end, PIECE):
        yield Span(start, min(start + PIECE, span.end)).read(file)
