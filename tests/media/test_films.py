"""A film is read before it is kept: that phones can play it, that it is whole, and that it starts at once."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from media import films
from media.boxes import boxes
from media.films import examine_film
from media.spans import MOST_PARTS, Span, patched
from tests.media.filmed import FILMS, HEIGHT, SECONDS, WIDTH, filmed
from tests.media.recorded import SECRET, recorded


def kind(name: str) -> str:
    return name.rpartition(".")[2]


def kept(content: bytes, name: str = "film.mp4") -> bytes:
    file = BytesIO(content)
    return b"".join(patched(file, examine_film(file, kind(name)).changes))


def refusal(content: bytes, name: str = "film.mp4") -> str:
    with pytest.raises(ValidationError) as refused:
        examine_film(BytesIO(content), kind(name))
    return refused.value.code


@pytest.mark.parametrize("name", FILMS)
def test_how_long_and_how_large_a_film_is_is_read_from_it(name):
    file = BytesIO(filmed(name))
    film = examine_film(file, kind(name).upper())
    shape = (HEIGHT, WIDTH) if name == "upright.mp4" else (WIDTH, HEIGHT)
    assert film.seconds == pytest.approx(SECONDS, abs=0.05)
    assert (film.width, film.height) == shape
    assert file.tell() == 0


@pytest.mark.parametrize("name", FILMS)
def test_names_remarks_and_places_written_in_a_film_are_removed(name):
    assert SECRET in filmed(name)
    clean = kept(filmed(name), name)
    assert SECRET not in clean
    assert len(clean) == len(filmed(name))
    assert examine_film(BytesIO(clean), kind(name)).seconds == pytest.approx(SECONDS, abs=0.05)


@pytest.mark.parametrize(("name", "nothing"), [(FILMS[0], b"\0\0\0\x08free"), ("film.webm", b"\xec\x80")])
def test_a_file_of_countless_empty_parts_is_refused_before_they_fill_the_memory(name, nothing):
    assert refusal(filmed(name) + nothing * (MOST_PARTS + 1), name) == "damaged_video"


def test_a_film_that_names_countless_families_is_refused():
    film = filmed(FILMS[0])
    length = int.from_bytes(film[:4])
    families = b"isom" * 5_000
    grown = (length + len(families)).to_bytes(4) + film[4:length] + families + film[length:]
    assert refusal(grown) == "damaged_video"


def samples(content: bytes) -> list[bytes]:
    """The beginnings of all pieces of pictures and sound, found as a player finds them: by the tables of places."""
    file = BytesIO(content)
    places = []
    for box in boxes(file, Span(0, len(content))):
        if box.kind == b"stco":
            table = box.body.read(file)
            places += [int.from_bytes(table[at : at + 4]) for at in range(8, len(table), 4)]
    return [content[place : place + 24] for place in places]


def test_a_film_written_by_a_phone_starts_before_it_has_been_loaded_whole():
    whole = filmed("table-last.mp4")
    assert whole.index(b"mdat") < whole.index(b"moov")
    clean = kept(whole)
    assert clean.index(b"moov") < clean.index(b"mdat")
    assert samples(clean) == samples(whole)
    assert len(samples(whole)) > 2


def test_a_film_that_starts_at_once_already_keeps_its_places():
    whole = filmed("film.mp4")
    clean = kept(whole)
    assert clean[clean.index(b"mdat") :] == whole[whole.index(b"mdat") :]
    assert samples(clean) == samples(whole)


@pytest.mark.parametrize("name", FILMS)
def test_a_film_that_did_not_arrive_whole_is_refused_wherever_it_was_cut(name):
    whole = filmed(name)
    # What a WebM says last is where to jump to: it plays without.
    for length in range(0, len(whole) * 95 // 100, 97):
        assert refusal(whole[:length], name) in {"damaged_video", "video_unplayable"}


def test_what_most_phones_cannot_play_is_refused():
    assert refusal(filmed("hevc.mp4")) == "video_unplayable"
    assert refusal(filmed("film.mp4").replace(b"isom", b"qt  ").replace(b"iso2avc1mp41", b"qt  qt  qt  ")) == (
        "video_unplayable"
    )
    assert refusal(filmed("film.webm").replace(b"webm", b"mkv!", 1), "film.webm") == "video_unplayable"


def test_a_recording_of_sound_is_no_film():
    assert refusal(recorded("m4a")) in {"damaged_video", "video_unplayable"}


def test_a_film_too_long_too_large_or_too_wide_is_refused_and_told_the_limit(monkeypatch):
    monkeypatch.setattr(films, "PIXELS_AT_MOST", 95)
    assert refusal(filmed("film.mp4")) == "video_too_wide"
    monkeypatch.setattr(films, "SECONDS_AT_MOST", 1)
    assert refusal(filmed("film.mp4")) == "video_too_long"
    monkeypatch.setattr(films, "BYTES_AT_MOST", 1000)
    assert refusal(filmed("film.mp4")) == "video_too_large"


@pytest.mark.parametrize("name", FILMS)
@given(data=st.data())
def test_whatever_bytes_arrive_the_answer_is_a_film_or_a_refusal(name, data):
    whole = bytearray(filmed(name))
    at = data.draw(st.integers(0, len(whole) - 1))
    garbled = data.draw(st.binary(min_size=1, max_size=40))
    whole[at : at + len(garbled)] = garbled
    file = BytesIO(bytes(whole))
    try:
        film = examine_film(file, kind(name))
    except ValidationError:
        return
    assert film.seconds > 0
    assert b"".join(patched(file, film.changes))


def test_boxes_inside_boxes_without_end_are_refused():
    nested = b""
    for _level in range(2000):
        nested = (len(nested) + 8).to_bytes(4) + b"moov" + nested
    assert refusal(filmed("film.mp4")[:32] + nested) == "damaged_video"
