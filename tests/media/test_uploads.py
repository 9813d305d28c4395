from io import BytesIO

import pillow_heif
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD

from media.uploads import RECORDING_SIGNATURES, check_recording, without_private_metadata
from tests.media.photographs import BLUE, MAKER, PROFILE, RED, drawing, first_part, photograph

pillow_heif.register_heif_opener()

BEGINNINGS = {
    "mp3": b"ID3\x04\x00" + bytes(20),
    "m4a": b"\x00\x00\x00\x20ftypM4A " + bytes(20),
    "opus": b"OggS\x00\x02" + bytes(20),
    "mp4": b"\x00\x00\x00\x20ftypisom" + bytes(20),
    "webm": b"\x1a\x45\xdf\xa3" + bytes(20),
}


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 60 for a, b in zip(colour, other, strict=True))


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "MPO"])
def test_where_and_with_what_a_photograph_was_taken_is_removed(image_format):
    taken = photograph(image_format)
    with Image.open(BytesIO(taken)) as before:
        assert before.getexif().get_ifd(IFD.GPSInfo)
    clean = without_private_metadata(upload(taken)).read()
    with Image.open(BytesIO(clean)) as after:
        assert dict(after.getexif()) == {}
        assert after.getexif().get_ifd(IFD.GPSInfo) == {}
    assert MAKER.encode() not in clean


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photograph_stands_upright_and_keeps_its_colours(image_format):
    clean = without_private_metadata(upload(photograph(image_format)))
    with Image.open(clean) as after:
        assert after.format == image_format
        assert after.size == (480, 640)
        assert after.info["icc_profile"] == PROFILE
        pixels = after.convert("RGB")
        # What lay left, now stands above.
        assert near(pixels.getpixel((100, 20)), RED)
        assert near(pixels.getpixel((100, 620)), BLUE)


def test_what_a_drawing_of_few_colours_leaves_out_stays_left_out():
    drawn = Image.new("P", (60, 40), 1)
    drawn.putpalette([255, 255, 255, 200, 0, 0])
    drawn.paste(0, (0, 0, 30, 40))
    buffer = BytesIO()
    drawn.save(buffer, "PNG", transparency=0, exif=_some_exif())
    clean = without_private_metadata(upload(buffer.getvalue(), "seal.png"))
    with Image.open(clean) as after:
        assert dict(after.getexif()) == {}
        assert after.convert("RGBA").getpixel((5, 5))[3] == 0
        assert after.convert("RGBA").getpixel((55, 5)) == (200, 0, 0, 255)


def _some_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = MAKER
    return exif


def test_xmp_which_can_hold_the_place_too_is_removed():
    buffer = BytesIO()
    Image.new("RGB", (60, 40)).save(buffer, "JPEG", xmp=b"<x:xmpmeta>exif:GPSLatitude 21,2N</x:xmpmeta>")
    assert b"GPSLatitude" in buffer.getvalue()
    assert b"GPSLatitude" not in without_private_metadata(upload(buffer.getvalue())).read()


def test_a_picture_without_private_metadata_is_stored_byte_for_byte():
    given_file = upload(drawing())
    assert without_private_metadata(given_file) is given_file


def test_the_name_of_the_file_stays():
    assert without_private_metadata(upload(photograph(), "cổng đình.jpg")).name == "cổng đình.jpg"


@pytest.mark.parametrize("make", [photograph, drawing])
@pytest.mark.parametrize("percent", [10, 50, 90])
def test_a_photograph_that_did_not_arrive_whole_is_refused(make, percent):
    with pytest.raises(ValidationError) as refused:
        without_private_metadata(upload(first_part(make(), percent)))
    assert refused.value.code == "damaged_picture"


@given(st.binary(max_size=200))
def test_whatever_bytes_arrive_the_answer_is_a_picture_or_a_refusal(content):
    with pytest.raises(ValidationError):
        without_private_metadata(upload(b"\xff\xd8\xff" + content))


@pytest.mark.parametrize("extension", list(BEGINNINGS))
def test_a_recording_begins_as_its_extension_says(extension):
    recording = BytesIO(BEGINNINGS[extension])
    check_recording(recording, extension)
    check_recording(recording, extension.upper())
    assert recording.tell() == 0


@pytest.mark.parametrize("extension", [*BEGINNINGS, "exe", ""])
@pytest.mark.parametrize(
    "content",
    [b"", b"<html><script>", b"MZ\x90\x00", b"PK\x03\x04", b" ID3", b"ftyp"],
    ids=["empty", "page", "program", "archive", "shifted", "short"],
)
def test_anything_else_is_no_recording(extension, content):
    with pytest.raises(ValidationError) as refused:
        check_recording(BytesIO(content), extension)
    assert refused.value.code == "not_audio"


@pytest.mark.parametrize("extension", list(BEGINNINGS))
def test_one_kind_of_recording_does_not_pass_as_another(extension):
    # An M4A and an MP4 begin alike; what is in them is looked at next.
    alike = {"m4a", "mp4"} if extension in {"m4a", "mp4"} else {extension}
    for other in set(RECORDING_SIGNATURES) - alike:
        with pytest.raises(ValidationError):
            check_recording(BytesIO(BEGINNINGS[extension]), other)
