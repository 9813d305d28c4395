import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from media.captions import decoded, read_captions

WRITTEN = """WEBVTT - Chùa Hà

1
00:00.000 --> 00:01.500 align:start
Kính chào

00:00:01.500 --> 00:00:02.000
quý khách
"""


def test_captions_are_counted_as_programs_write_them():
    assert read_captions(WRITTEN, 2) == 2
    assert read_captions("\ufeff" + WRITTEN.replace("\n", "\r\n"), 2) == 2


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("WEBVTT\n\n00:00,000 --> 00:01,000\nA", "3"),
        ("WEBVTT\n\n00:01.000 --> 00:01.000\nA", "3"),
        ("WEBVTT\n\n0:00.000 --> 0:01.000\nA", "3"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nA\n\n00:09.000 --> 00:10.000\nB", "6"),
    ],
    ids=["as SubRip writes", "no time at all", "one digit", "behind the end"],
)
def test_a_time_that_cannot_be_is_refused_by_its_line(written, line):
    with pytest.raises(ValidationError) as refused:
        read_captions(written, 5)
    assert f"{line}:" in refused.value.messages[0]


@pytest.mark.parametrize("written", ["", "1\n00:00.000 --> 00:01.000\nA", "WEBVTTX\n", "WEBVTT\n\nA"])
def test_what_has_no_captions_is_refused(written):
    with pytest.raises(ValidationError):
        read_captions(written, 5)


@given(st.text(max_size=80))
def test_any_text_is_captions_or_a_refusal(text):
    try:
        assert read_captions(f"WEBVTT\n\n{text}", 60) > 0
    except ValidationError:
        return


@pytest.mark.parametrize("content", ["Chùa".encode("utf-16"), b"\xff\xfe", b"a\0b"])
def test_a_file_that_is_no_text_is_refused(content):
    with pytest.raises(ValidationError):
        decoded(content)


def test_a_file_of_text_loses_its_mark_of_order():
    assert decoded(b"\xef\xbb\xbfWEBVTT\r\n\r\n") == "WEBVTT\n"
