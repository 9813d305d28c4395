"""What an editor meets when uploading in the admin."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from media.models import Audio, Picture
from media.photos import warm
from tests.media.filmed import FILMS, filmed
from tests.media.photographs import MAKER, drawing, first_part, photograph
from tests.media.recorded import KINDS, SECONDS, SECRET, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(editor_client):
    def upload(address: str, name: str, content: bytes, **fields: str):
        form = {
            "file": SimpleUploadedFile(name, content),
            "collection": Collection.get_first_root_node().pk,
            "tags": "",
            **fields,
        }
        return editor_client.post(address, form)

    return upload


@pytest.fixture
def add_picture(upload):
    return lambda content, name="gate.jpg": upload(
        reverse("wagtailimages:add"), name, content, title="Cổng đình", credit="Nguyễn Văn Thử"
    )


@pytest.fixture
def add_audio(upload):
    words = {"title": "Thuyết minh", "language": "vi", "transcript": "Kính chào quý khách.", "chapters": ""}
    return lambda content, name="guide.mp3", **fields: upload(
        reverse("wagtailmedia:add", args=["audio"]), name, content, **(words | fields)
    )


@pytest.fixture
def add_film(upload):
    words = {"title": "Phim", "language": "vi", "transcript": "Kính chào.", "captions": ""}
    return lambda content, name="film.mp4", **fields: upload(
        reverse("wagtailmedia:add", args=["video"]), name, content, **(words | fields)
    )


def errors(response) -> str:
    assert response.status_code == 200
    return str(response.context["form"].errors)


@pytest.mark.parametrize(("image_format", "name"), [("JPEG", "gate.jpg"), ("HEIF", "gate.heic"), ("PNG", "gate.png")])
def test_nothing_stored_or_shown_tells_where_a_photograph_was_taken(add_picture, image_format, name):
    assert add_picture(photograph(image_format, (1600, 1200)), name).status_code == 302
    picture = Picture.objects.get()
    # A HEIF file says in its own way how it lies; of the others EXIF is asked.
    assert (picture.width, picture.height) == ((1600, 1200) if image_format == "HEIF" else (1200, 1600))
    assert picture.credit == "Nguyễn Văn Thử"
    warm(picture)
    assert picture.renditions.count() > 4
    for stored in (picture, *picture.renditions.all()):
        with stored.file.open() as file:
            content = file.read()
        assert MAKER.encode() not in content
        with Image.open(BytesIO(content)) as image:
            assert dict(image.getexif()) == {}


@pytest.mark.parametrize("make", [photograph, drawing])
@pytest.mark.parametrize("percent", [10, 50, 90])
def test_a_truncated_photograph_is_refused_in_the_form(add_picture, make, percent):
    assert errors(add_picture(first_part(make(), percent)))
    assert not Picture.objects.exists()


def test_the_refusal_is_in_the_editors_language(add_picture):
    refused = add_picture(first_part(drawing(), 50))
    assert "Ảnh này bị hỏng hoặc thiếu dữ liệu" in errors(refused)


def test_a_truncated_photograph_is_refused_when_many_are_added_at_once(editor_client):
    files = {"title": "x", "files[]": SimpleUploadedFile("gate.jpg", first_part(drawing(), 50)), "collection": "1"}
    answer = editor_client.post(
        reverse("wagtailimages:add_multiple"), files, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert answer.status_code == 200
    assert answer.json()["success"] is False
    assert not Picture.objects.exists()


def test_a_page_of_text_named_as_a_photograph_is_refused(add_picture):
    assert errors(add_picture(b"<html><script>alert(1)</script>"))


def test_a_drawing_that_can_carry_scripts_is_refused(add_picture):
    assert errors(add_picture(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "gate.svg"))


def test_changing_only_the_words_of_a_picture_keeps_its_file(add_picture, editor_client):
    add_picture(photograph())
    picture = Picture.objects.get()
    form = {"title": "Cổng mới", "collection": picture.collection_id, "tags": "", "credit": "A", "file": ""}
    form |= dict.fromkeys(("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"), "")
    assert editor_client.post(reverse("wagtailimages:edit", args=[picture.pk]), form).status_code == 302
    changed = Picture.objects.get()
    assert (changed.title, changed.file.name) == ("Cổng mới", picture.file.name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_is_stored_with_its_words_and_the_length_read_from_it(add_audio, kind):
    sent = add_audio(recorded(kind), f"guide.{kind}", duration="61", chapters="0:00 Lời chào\n0:01 Bia đá")
    assert sent.status_code == 302
    recording = Audio.objects.get()
    assert recording.type == "audio"
    assert recording.duration == pytest.approx(SECONDS, abs=0.15)
    assert recording.size == recording.file.size
    assert [chapter.title for chapter in recording.chapter_list] == ["Lời chào", "Bia đá"]
    with recording.file.open() as file:
        assert SECRET not in file.read()
    assert recording.transcript == "Kính chào quý khách."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>", "guide.mp3"),
        (b"OggS" + bytes(20), "guide.mp3"),
        (b"MZ" + bytes(20), "guide.m4a"),
        (b"ID3" + bytes(20), "guide.exe"),
    ],
)
def test_a_file_that_is_no_recording_is_refused_in_the_form(add_audio, content, name):
    assert errors(add_audio(content, name))
    assert not Audio.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("percent", [1, 30, 60, 90])
def test_a_recording_cut_off_on_its_way_is_refused_beside_its_file(add_audio, kind, percent):
    refused = add_audio(first_part(recorded(kind), percent), f"guide.{kind}")
    assert errors(refused)
    assert list(refused.context["form"].errors) == ["file"]
    assert not Audio.objects.exists()


def test_a_chapter_behind_the_end_of_the_recording_is_refused_beside_the_chapters(add_audio):
    refused = add_audio(recorded("mp3"), chapters="0:00 Lời chào\n0:09 Bia đá")
    assert errors(refused)
    assert list(refused.context["form"].errors) == ["chapters"]
    assert not Audio.objects.exists()


def test_a_shorter_file_is_refused_while_chapters_lie_behind_its_end(add_audio, editor_client):
    add_audio(recorded("mp3"), chapters="0:01 Bia đá")
    recording = Audio.objects.get()
    Audio.objects.update(duration=90, chapters="1:20 Bia đá")
    form = {"title": "Mới", "language": "vi", "transcript": "Lời.", "chapters": "1:20 Bia đá", "tags": ""}
    form |= {"collection": recording.collection_id, "file": SimpleUploadedFile("b.mp3", recorded("mp3"))}
    refused = editor_client.post(reverse("wagtailmedia:edit", args=[recording.pk]), form)
    assert list(refused.context["form"].errors) == ["chapters"]


def test_how_long_it_lasts_is_never_asked(editor_client):
    form = editor_client.get(reverse("wagtailmedia:add", args=["audio"])).context["form"]
    assert "duration" not in form.fields


# ---- films -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILMS)
def test_a_film_is_stored_with_its_shape_and_without_its_private_notes(add_film, name):
    assert add_film(filmed(name), name).status_code == 302
    film = Audio.objects.get()
    assert film.type == "video"
    assert film.duration == pytest.approx(2, abs=0.1)
    assert {film.width, film.height} == {96, 64}
    assert film.size == film.file.size == len(filmed(name))
    with film.file.open() as file:
        content = file.read()
    assert SECRET not in content
    if name.endswith("mp4"):
        assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>", "film.mp4"),
        (b"\x1a\x45\xdf\xa3" + bytes(20), "film.mp4"),
        (filmed("hevc.mp4"), "film.mp4"),
        (first_part(filmed("film.mp4"), 60), "film.mp4"),
        (recorded("mp3"), "guide.mp3"),
        (recorded("m4a"), "film.mp4"),
    ],
    ids=["page", "other kind", "unplayable", "cut off", "sound", "sound named film"],
)
def test_what_is_no_film_for_phones_is_refused_beside_its_file(add_film, content, name):
    refused = add_film(content, name)
    assert errors(refused)
    assert list(refused.context["form"].errors) == ["file"]
    assert not Audio.objects.exists()


def test_a_film_is_not_taken_as_a_recording_of_sound(add_audio):
    assert errors(add_audio(filmed("film.mp4"), "film.mp4"))
    assert not Audio.objects.exists()


def test_captions_come_from_a_file_or_are_written(add_film):
    vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\nKính chào"
    sent = add_film(filmed("film.mp4"), captions_file=SimpleUploadedFile("a.vtt", vtt.encode()), transcript="")
    assert sent.status_code == 302
    assert Audio.objects.get().captions == vtt


@pytest.mark.parametrize("field", ["captions", "captions_file"])
def test_captions_that_cannot_be_are_refused_where_they_were_given(add_film, field):
    wrong = "1\n00:00:00,000 --> 00:00:01,000\nKính chào"
    given = wrong if field == "captions" else SimpleUploadedFile("a.srt", wrong.encode())
    refused = add_film(filmed("film.mp4"), **{field: given})
    assert errors(refused)
    assert list(refused.context["form"].errors) == [field]


def test_each_kind_of_recording_is_asked_for_its_own_words(editor_client):
    fields = {
        kind: editor_client.get(reverse("wagtailmedia:add", args=[kind])).context["form"].fields
        for kind in ("audio", "video")
    }
    assert {"chapters", "is_synthetic"} <= fields["audio"].keys()
    assert {"captions", "captions_file"} <= fields["video"].keys()
    assert not {"captions", "captions_file"} & fields["audio"].keys()
    assert not {"chapters", "is_synthetic", "width", "height", "duration"} & fields["video"].keys()
