"""Photos from visitors' phones: drawn anew, so that a camera's notes and whatever else a file hides stay behind.

A photo that came with a form that must be corrected is held for a while, so that nobody has to choose it again. It lies
where no address leads; the form carries its name, signed.
"""

import uuid
from datetime import timedelta
from io import BytesIO

from django.core import signing
from django.core.files.base import ContentFile, File
from django.utils import timezone
from PIL import Image

from media.uploads import damaged_picture, upright_on_white
from wardmark.reports.models import private_storage

# Enough to read a label or a screen by.
LARGEST_SIDE = 2000
HELD_FOR = timedelta(hours=2)
HELD = "reports/held"
_SALT = "wardmark.reports.held"


def drawn_anew(upload: File) -> ContentFile:
    """Return a photo as JPEG, upright, without anything but its pixels. Raises ValidationError for a damaged one."""
    picture = upright_on_white(upload)
    if picture is None:
        raise damaged_picture()
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85, optimize=True)
    return ContentFile(buffer.getvalue(), name="photo.jpg")


def size_of(photo: File) -> tuple[int, int]:
    """Return width and height of a photo that was drawn anew."""
    photo.seek(0)
    with Image.open(photo) as picture:
        size = picture.size
    photo.seek(0)
    return size


def hold(photo: File) -> str:
    """Keep a photo for the form's next try, and return what the form is to carry."""
    photo.seek(0)
    name = private_storage().save(f"{HELD}/{uuid.uuid4().hex}.jpg", photo)
    return signing.dumps(name, salt=_SALT)


def held(token: str) -> ContentFile | None:
    """Return the photo that a form carries; None for what was not signed here, or not lately, or is used up."""
    name = _name(token)
    try:
        if name:
            with private_storage().open(name) as file:
                return ContentFile(file.read(), name="photo.jpg")
    except FileNotFoundError:
        pass
    return None


def let_go(token: str) -> None:
    """Remove a held photo once it is part of a report, or was not wanted."""
    if name := _name(token):
        private_storage().delete(name)


def remove_old_held() -> int:
    """Remove the photos of forms that nobody sent again; return how many."""
    storage = private_storage()
    try:
        _folders, names = storage.listdir(HELD)
    except FileNotFoundError:
        return 0
    before = timezone.now() - HELD_FOR
    old = [name for name in names if storage.get_modified_time(f"{HELD}/{name}") < before]
    for name in old:
        storage.delete(f"{HELD}/{name}")
    return len(old)


def _name(token: str) -> str:
    try:
        return signing.loads(token, salt=_SALT, max_age=HELD_FOR)
    except signing.BadSignature:
        return ""
