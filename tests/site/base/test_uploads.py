from pathlib import Path

import pytest


@pytest.fixture
def stored(settings):
    root = Path(settings.MEDIA_ROOT)
    for folder in ("documents", "images"):
        (root / folder).mkdir(parents=True)
        (root / folder / "file.txt").write_text(f"from {folder}")


def test_pictures_are_served(client, stored):
    assert b"".join(client.get("/uploads/images/file.txt")) == b"from images"


@pytest.mark.parametrize(
    "path",
    [
        "documents/file.txt",
        "/documents/file.txt",
        "./documents/file.txt",
        "images/../documents/file.txt",
        "../uploads/documents/file.txt",
        "images/../../uploads/documents/file.txt",
        "../../etc/passwd",
        "images",
        "",
    ],
)
@pytest.mark.django_db
def test_documents_are_not_however_their_path_is_spelt(client, ward, stored, path):
    assert client.get(f"/uploads/{path}").status_code in {302, 404}
