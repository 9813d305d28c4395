from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from tests.factories import HeritageSitePageFactory, translate
from wardmark.base.passers_by import Visitor
from wardmark.plaques.lifecycle import install
from wardmark.plaques.models import Plaque
from wardmark.reports.models import ReportKind, private_storage
from wardmark.reports.photographs import drawn_anew
from wardmark.reports.receiving import receive

PHONE = "024 3833 0001"
KEPT = "+842438330001"
TEXT = "Giờ mở cửa ghi trên trang không đúng"
VISITOR = Visitor("203.0.113.7", "Telltale Phone Browser")


@pytest.fixture(autouse=True)
def _no_files_of_an_earlier_test():
    for name in stored_files():
        private_storage().delete(name)


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


@pytest.fixture
def place(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")
    translate(page, "Bối Hà Communal House")
    return page


@pytest.fixture
def plaque(place):
    plaque = Plaque.objects.for_page(place)
    install(plaque=plaque, by=None)
    return plaque


@pytest.fixture
def report_of(place):
    """Return a function that takes in a report of a visitor, about the place unless said otherwise."""

    def take(**said):
        return receive(
            **{"kind": ReportKind.WRONG_FACTS, "text": TEXT, "language": "vi", "visitor": None, "page": place} | said
        )

    return take


def picture(size=(60, 40), image_format="JPEG", exif=None) -> bytes:
    buffer = BytesIO()
    options = {"exif": exif} if exif else {}
    Image.new("RGB", size, (150, 90, 40)).save(buffer, image_format, **options)
    return buffer.getvalue()


def photo(**said) -> ContentFile:
    return drawn_anew(ContentFile(picture(**said), name="a.jpg"))


def upload(content: bytes | None = None, name="IMG_2041.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/jpeg")


def stored_files() -> list[str]:
    """Return the names of all private files that came with reports."""
    found, folders = [], ["reports"]
    storage = private_storage()
    while folders:
        folder = folders.pop()
        try:
            inner, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}" for name in inner]
        found += [f"{folder}/{name}" for name in names]
    return found
