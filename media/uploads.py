"""Uploads are judged and cleaned by their content, never by their name."""

from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

# Formats whose files can carry EXIF: where a photograph was taken, by which phone.
CARRIES_EXIF = {"JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "MPO"}
# What Pillow raises while it reads a file that is cut off, garbled or made to exhaust it.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)
# What Pillow calls the other places where cameras and programs write names, places and remarks.
PRIVATE_NOTES = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Raw profile type exif"}
RECORDING_SIGNATURES: dict[str, tuple[tuple[int, bytes], ...]] = {
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    "m4a": ((4, b"ftyp"),),
    "opus": ((0, b"OggS"),),
    "mp4": ((4, b"ftyp"),),
    "webm": ((0, b"\x1a\x45\xdf\xa3"),),
}


def without_private_metadata(upload: File) -> File:
    """Return the picture turned upright and without EXIF or XMP, its colour profile kept.

    Raises ValidationError for a file whose picture data cannot be read to the end, which Wagtail
    itself only meets when it first draws a rendition: on a visitor's page.
    """
    upload.seek(0)
    try:
        with Image.open(upload) as picture:
            picture.load()
            if picture.format not in CARRIES_EXIF:
                return upload
            if not picture.getexif() and PRIVATE_NOTES.isdisjoint(picture.info):
                return upload
            upright = ImageOps.exif_transpose(picture)
            return _saved_again(upright, picture, upload.name)
    except UNREADABLE as error:
        raise damaged_picture() from error
    finally:
        upload.seek(0)


def upright_on_white(upload: File) -> Image.Image | None:
    """Return an uploaded photograph's pixels and nothing else, upright; None where it cannot be read to its end."""
    upload.seek(0)
    try:
        with Image.open(upload) as opened:
            upright = ImageOps.exif_transpose(opened)
            if not upright.has_transparency_data:
                return upright.convert("RGB")
            # What programs save as a code without a ground is meant for white paper.
            drawn = upright.convert("RGBA")
            paper = Image.new("RGB", drawn.size, "white")
            paper.paste(drawn, mask=drawn)
            return paper
    except UNREADABLE:
        return None


def damaged_picture() -> ValidationError:
    return ValidationError(
        _("This picture is damaged or incomplete. Please export or photograph it again."), code="damaged_picture"
    )


def _saved_again(upright: Image.Image, original: Image.Image, name: str | None) -> ContentFile:
    buffer = BytesIO()
    picture_format = "JPEG" if original.format == "MPO" else original.format
    # What a palette picture leaves out is kept here too.
    upright.info = {kind: value for kind, value in upright.info.items() if kind == "transparency"}
    options: dict[str, object] = {"icc_profile": original.info.get("icc_profile")}
    if picture_format in {"JPEG", "WEBP", "AVIF", "HEIF"}:
        options["quality"] = 92
    upright.save(buffer, picture_format, **options)
    return ContentFile(buffer.getvalue(), name=name)


def check_recording(upload: BinaryIO, extension: str) -> None:
    """Raise ValidationError unless the file begins as a file of its extension does."""
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    signatures = RECORDING_SIGNATURES.get(extension.lower(), ())
    if not any(head[offset : offset + len(magic)] == magic for offset, magic in signatures):
        raise ValidationError(
            _("This file is not a playable .%(extension)s recording."),
            code="not_audio",
            params={"extension": extension},
        )
