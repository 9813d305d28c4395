"""A part of an upload, as players ask for it (RFC 9110, section 14)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmark.base.byte_ranges import ByteRange, Unsatisfiable, parse_range

CONTENT = bytes(range(256)) * 600
SIZE = len(CONTENT)


@pytest.fixture
def ask(client, settings):
    folder = Path(settings.MEDIA_ROOT) / "media"
    folder.mkdir(parents=True)
    for kind in ("mp3", "m4a", "opus", "mp4", "webm", "txt"):
        (folder / f"guide.{kind}").write_bytes(CONTENT)

    def ask(asked: str | None = None, *, kind: str = "mp3", method: str = "get", **headers: str):
        if asked is not None:
            headers["range"] = asked
        return getattr(client, method)(f"/uploads/media/guide.{kind}", headers=headers)

    return ask


def body(answer) -> bytes:
    return b"".join(answer)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=5-", 5, SIZE - 1),
        ("bytes=-5", SIZE - 5, SIZE - 1),
        (f"bytes=0-{SIZE + 9}", 0, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("Bytes=70000-140000", 70000, 140000),
    ],
)
def test_a_part_is_answered_with_206_and_exactly_its_bytes(ask, asked, first, last):
    answer = ask(asked)
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert body(answer) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_part_beyond_the_end_is_answered_with_416_and_the_size(ask, asked):
    answer = ask(asked)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("asked", [None, "bytes=0-1,5-6", "bytes=9-5", "items=0-1", "bytes=-", "bytes=a-b", ""])
def test_whatever_else_is_asked_the_whole_file_is_sent(ask, asked):
    answer = ask(asked)
    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer.headers
    assert body(answer) == CONTENT


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_the_rest_is_sent_to_who_holds_the_beginning_of_this_file(ask, validator):
    held = ask().headers[validator]
    assert ask("bytes=5-9", **{"if-range": held}).status_code == 206


@pytest.mark.parametrize("held", ['"another"', 'W/"weak"', "Wed, 21 Oct 2015 07:28:00 GMT", "nonsense"])
def test_the_whole_is_sent_to_who_holds_the_beginning_of_another(ask, held):
    answer = ask("bytes=5-9", **{"if-range": held})
    assert answer.status_code == 200
    assert body(answer) == CONTENT


def test_a_head_tells_that_parts_may_be_asked_for_and_sends_none(ask):
    answer = ask("bytes=0-1", method="head")
    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(SIZE)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("mp3", "audio/mpeg"),
        ("m4a", "audio/mp4"),
        ("opus", "audio/ogg"),
        ("mp4", "video/mp4"),
        ("webm", "video/webm"),
    ],
)
def test_a_player_is_told_the_type_it_knows(ask, kind, media_type):
    assert ask("bytes=0-1", kind=kind).headers["Content-Type"] == media_type


def test_a_part_of_a_text_is_not_packed(ask):
    answer = ask("bytes=0-999", kind="txt", **{"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert body(answer) == CONTENT[:1000]


@pytest.mark.django_db
def test_an_upload_is_read_in_pieces_and_closed_after_it(ask):
    answer = ask("bytes=0-")
    pieces = list(answer)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 64 * 1024
    answer.close()
    assert all(closer.__self__.closed for closer in answer._resource_closers if hasattr(closer, "__self__"))


@given(st.integers(1, 10**6), st.data())
def test_every_range_within_a_file_is_read_as_it_was_meant(size, data):
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size * 2))
    assert parse_range(f"bytes={first}-{last}", size) == ByteRange(first, min(last, size - 1))
    assert parse_range(f"bytes={first}-", size) == ByteRange(first, size - 1)
    assert parse_range(f"bytes=-{first + 1}", size) == ByteRange(size - first - 1, size - 1)


@given(st.one_of(st.text(max_size=40), st.from_regex(r"bytes=\d*-\d*", fullmatch=True)), st.integers(0, 10**6))
def test_any_header_is_a_part_within_the_file_nothing_or_a_refusal(header, size):
    try:
        part = parse_range(header, size)
    except Unsatisfiable:
        return
    assert part is None or 0 <= part.first <= part.last < size
