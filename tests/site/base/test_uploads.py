from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from media.models import WardDocument


@pytest.fixture
def picture(settings):
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True)
    (folder / "file.txt").write_text("from images")


def test_pictures_are_served(client, picture):
    sent = client.get("/uploads/images/file.txt")
    assert b"".join(sent) == b"from images"
    assert sent.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(("name", "packed"), [("note.txt", True), ("photo.avif", False), ("guide.mp3", False)])
def test_only_text_is_packed_for_the_way(client, settings, name, packed):
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"a" * 1000)
    sent = client.get(f"/uploads/{name}", headers={"accept-encoding": "gzip"})
    assert ("Content-Encoding" in sent.headers) is packed
    if not packed:
        assert sent.headers["Content-Length"] == "1000"


@pytest.mark.parametrize("path", ["../../etc/passwd", "images/../../x", "images", "", "images/none.txt"])
@pytest.mark.django_db
def test_nothing_beside_them_is(client, ward, picture, path):
    assert client.get(f"/uploads/{path}").status_code in {302, 400, 404}


@pytest.fixture
def document(ward) -> WardDocument:
    return WardDocument.objects.create(title="Quyết định", file=ContentFile(b"Decision 12", name="12.txt"))


@pytest.mark.django_db
def test_a_document_lies_under_no_address_of_uploads(client, document, settings):
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.txt"))
    assert client.get(f"/uploads/{document.file.name}").status_code == 404


@pytest.mark.django_db
def test_a_document_is_read_through_wagtail_which_asks_who_may(client, document):
    assert b"".join(client.get(document.url)) == b"Decision 12"
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )
    refused = client.get(document.url)
    assert refused.status_code == 302
    assert f"next={document.url}" in refused.headers["Location"]
