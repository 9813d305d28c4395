"""A recording is read to its end before it is kept."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tinytag import TinyTag

from media import recordings
from media.chapters import Chapter, clock, read_chapters
from media.recordings import examine, without_private_notes
from tests.media.recorded import KINDS, SECONDS, SECRET, recorded


def cleaned(whole: bytes, kind: str) -> bytes:
    file = BytesIO(whole)
    return without_private_notes(file, examine(file, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_how_long_a_recording_lasts_is_read_from_it(kind):
    file = BytesIO(recorded(kind))
    known = examine(file, kind.upper())
    assert known.seconds == pytest.approx(SECONDS, abs=0.15)
    assert known.size == len(recorded(kind))
    assert file.tell() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_that_did_not_arrive_whole_is_refused_wherever_it_was_cut(kind):
    whole = recorded(kind)
    # The last 5 per cent of an MP3 may be the remark behind its last frame, without which it plays as before.
    for length in range(0, len(whole) * 90 // 100, 7):
        with pytest.raises(ValidationError) as refused:
            examine(BytesIO(whole[:length]), kind)
        assert refused.value.code == "damaged_audio"


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_whatever_bytes_arrive_the_answer_is_a_recording_or_a_refusal(kind, data):
    whole = bytearray(recorded(kind))
    at = data.draw(st.integers(0, len(whole) - 1))
    garbled = data.draw(st.binary(min_size=1, max_size=40))
    whole[at : at + len(garbled)] = garbled
    try:
        known = examine(BytesIO(bytes(whole)), kind)
    except ValidationError:
        return
    assert known.seconds > 0
    clean = without_private_notes(BytesIO(bytes(whole)), known)
    assert examine(BytesIO(clean), kind).seconds == pytest.approx(known.seconds, abs=0.2)


@given(st.binary(max_size=400), st.sampled_from(KINDS))
def test_bytes_that_only_begin_as_a_recording_are_refused(content, kind):
    with pytest.raises(ValidationError):
        examine(BytesIO(recorded(kind)[:12] + content), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_too_long_or_too_large_is_refused_and_told_the_limit(kind, monkeypatch):
    monkeypatch.setattr(recordings, "SECONDS_AT_MOST", 1)
    with pytest.raises(ValidationError) as refused:
        examine(BytesIO(recorded(kind)), kind)
    assert refused.value.code == "audio_too_long"
    monkeypatch.setattr(recordings, "BYTES_AT_MOST", 1000)
    with pytest.raises(ValidationError) as refused:
        examine(BytesIO(recorded(kind)), kind)
    assert refused.value.code == "audio_too_large"


@pytest.mark.parametrize("kind", KINDS)
def test_names_remarks_and_places_written_in_a_recording_are_removed(kind):
    whole = recorded(kind)
    assert SECRET in whole
    clean = cleaned(whole, kind)
    assert SECRET not in clean
    assert examine(BytesIO(clean), kind).seconds == examine(BytesIO(whole), kind).seconds
    told = TinyTag.get(file_obj=BytesIO(clean))
    assert (told.title, told.comment, told.artist) == (None, None, None)


def test_the_sound_of_an_m4a_lies_where_its_table_says_it_does_after_cleaning():
    whole = recorded("m4a")
    clean = cleaned(whole, "m4a")
    assert len(clean) == len(whole)
    sound = whole.index(b"mdat")
    assert clean[sound:] == whole[sound:]


def test_chapters_are_read_as_an_editor_writes_them():
    written = "0:00 Lời chào\n\n  1:05   Bia đá \n61:07 Cuối\n1:02:03 Hết"
    assert read_chapters(written, 4000) == [
        Chapter(0, "Lời chào"),
        Chapter(65, "Bia đá"),
        Chapter(3667, "Cuối"),
        Chapter(3723, "Hết"),
    ]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Lời chào", "1"),
        ("0:00", "1"),
        ("0:00 Một\n0:60 Hai", "2"),
        ("0:10 Một\n0:10 Hai", "2"),
        ("0:10 Một\n\n0:05 Hai", "3"),
        ("0:10 Một\n2:00 Hai", "2"),
        ("-1:00 Một", "1"),
        ("0:01 " + "a" * 101, "1"),
    ],
    ids=["no time", "no title", "60 seconds", "same", "backwards", "at the end", "negative", "long"],
)
def test_a_chapter_that_cannot_be_is_refused_by_its_line(written, line):
    with pytest.raises(ValidationError) as refused:
        read_chapters(written, 120)
    assert f"{line}:" in refused.value.messages[0]


@given(st.text(max_size=60))
def test_any_text_is_chapters_or_a_refusal(text):
    try:
        found = read_chapters(text, 600)
    except ValidationError:
        return
    assert [chapter.start for chapter in found] == sorted({chapter.start for chapter in found})


@given(st.integers(0, 60 * 60 * 10))
def test_a_time_is_read_as_it_is_shown(seconds):
    assert read_chapters(f"{clock(seconds)} Một", 60 * 60 * 11) == [Chapter(seconds, "Một")]
