"""The packet of tags of an Opus recording, which may lie on several pages."""

from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from media.ogg import FIRST, LAST, NO_TAGS, checksum, pages, without_tags
from media.spans import patched
from tests.media.recorded import recorded


def page(body: bytes, *, flags: int, number: int, ends: bool = True) -> bytes:
    lacing = bytes([255] * (len(body) // 255)) + (bytes([len(body) % 255]) if ends else b"")
    assert len(lacing) < 256
    head = b"OggS\0" + bytes([flags]) + bytes(8) + b"WARD" + number.to_bytes(4, "little") + bytes(4)
    whole = bytearray(head + bytes([len(lacing)]) + lacing + body)
    whole[22:26] = checksum(whole).to_bytes(4, "little")
    return bytes(whole)


def recording(tags: bytes) -> bytes:
    """An Opus file whose tags fill as many pages as they need."""
    cut = 255 * 200
    parts = [tags[at : at + cut] for at in range(0, len(tags), cut)]
    if len(parts[-1]) == cut:
        parts.append(b"")
    laid = [page(part, flags=int(n > 0), number=n + 1, ends=n == len(parts) - 1) for n, part in enumerate(parts)]
    head = page(b"OpusHead" + bytes(11), flags=FIRST, number=0)
    return head + b"".join(laid) + page(b"\xfc" * 40, flags=LAST, number=len(parts) + 1)


def checksums_are_right(content: bytes) -> bool:
    for one in pages(BytesIO(content), len(content)):
        whole = bytearray(content[one.span.start : one.span.end])
        said = int.from_bytes(whole[22:26], "little")
        whole[22:26] = bytes(4)
        if checksum(whole) != said:
            return False
    return True


def test_a_checksum_is_that_of_the_program_that_wrote_the_file():
    assert checksums_are_right(recorded("opus"))


@settings(max_examples=30)
@given(st.integers(0, 160_000))
def test_tags_are_emptied_however_many_pages_they_fill(length):
    whole = recording(b"OpusTags" + bytes(8) + b"SECRET" * (length // 6) + b"x" * (length % 6))
    file = BytesIO(whole)
    clean = b"".join(patched(file, without_tags(file, len(whole))))
    assert b"SECRET" not in clean
    assert len(clean) == len(whole)
    assert checksums_are_right(clean)
    assert NO_TAGS in clean
    assert clean[-40:] == whole[-40:]


def test_what_follows_the_tags_of_a_real_recording_stays():
    whole = recorded("opus")
    file = BytesIO(whole)
    clean = b"".join(patched(file, without_tags(file, len(whole))))
    second = list(pages(file, len(whole)))[1]
    assert clean[second.span.end :] == whole[second.span.end :]
    assert clean[: second.span.start] == whole[: second.span.start]
