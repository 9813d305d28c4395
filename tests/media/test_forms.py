"""What an editor meets when uploading in the admin."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from media.models import Audio, Picture
from media.photos import warm
from tests.media.photographs import MAKER, drawing, first_part, photograph

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
    words = {"title": "Thuyết minh", "duration": "61", "transcript": "Kính chào quý khách."}
    return lambda content, name="guide.mp3": upload(reverse("wagtailmedia:add", args=["audio"]), name, content, **words)


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


def test_a_recording_is_stored_with_its_words(add_audio):
    assert add_audio(b"ID3\x04\x00" + bytes(64)).status_code == 302
    recording = Audio.objects.get()
    assert recording.type == "audio"
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
