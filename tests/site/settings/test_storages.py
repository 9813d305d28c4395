"""Uploads on disk, or in an S3-compatible store that answers over real HTTP."""

import json
import tempfile
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from environ import Env
from moto.server import ThreadedMotoServer

from media.models import Picture, WardDocument
from media.photos import photo_html
from tests.factories import PictureFactory
from wardmark.settings.storages import document_storage, upload_origins, upload_storage

BUCKET = "ward-uploads"
PRIVATE_BUCKET = "ward-documents"


@pytest.fixture(scope="module")
def store():
    """The address of an S3 store with one bucket that anybody may read."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    client.create_bucket(Bucket=BUCKET)
    client.create_bucket(Bucket=PRIVATE_BUCKET)
    reading = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [reading]}))
    yield address
    server.stop()


@pytest.fixture
def uploads_in_the_store(store, monkeypatch, settings):
    variables = {
        "BUCKET": BUCKET,
        "ENDPOINT_URL": store,
        "REGION": "us-east-1",
        "ACCESS_KEY_ID": "key",
        "SECRET_ACCESS_KEY": "secret",
    }
    for name, value in variables.items():
        monkeypatch.setenv(f"MEDIA_S3_{name}", value)
    settings.STORAGES = {**settings.STORAGES, "default": upload_storage(Env())}
    return default_storage


def test_without_a_bucket_uploads_stay_on_this_machine(monkeypatch):
    for name in ("BUCKET", "ENDPOINT_URL"):
        monkeypatch.delenv(f"MEDIA_S3_{name}", raising=False)
    storage = upload_storage(Env())
    assert storage["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    assert upload_origins(storage) == []


def test_what_is_uploaded_is_read_again_and_served_for_ever_without_a_signature(uploads_in_the_store, store):
    name = uploads_in_the_store.save("recordings/đình.mp3", ContentFile(b"ID3 spoken"))
    with uploads_in_the_store.open(name) as file:
        assert file.read() == b"ID3 spoken"
    address = uploads_in_the_store.url(name)
    assert address.startswith(f"{store}/{BUCKET}/")
    assert "?" not in address
    with urlopen(address) as response:  # noqa: S310 - the store above
        assert response.read() == b"ID3 spoken"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(("asked", "sent"), [("bytes=0-1", b"ID"), ("bytes=-5", b"poken"), ("bytes=8-", b"en")])
def test_the_store_itself_answers_the_part_a_player_asks_for(uploads_in_the_store, asked, sent):
    name = uploads_in_the_store.save("recordings/part.mp3", ContentFile(b"ID3 spoken"))
    request = Request(uploads_in_the_store.url(name), headers={"Range": asked})  # noqa: S310 - the store above
    with urlopen(request) as response:  # noqa: S310
        assert response.status == 206
        assert response.headers["Content-Range"].endswith("/10")
        assert response.headers["Content-Type"] == "audio/mpeg"
        assert response.read() == sent


def test_a_second_file_of_the_same_name_does_not_replace_the_first(uploads_in_the_store):
    first = uploads_in_the_store.save("same.txt", ContentFile(b"first"))
    second = uploads_in_the_store.save("same.txt", ContentFile(b"second"))
    assert first != second
    with uploads_in_the_store.open(first) as file:
        assert file.read() == b"first"


def test_a_large_file_is_read_by_way_of_the_disk(uploads_in_the_store):
    name = uploads_in_the_store.save("large.zip", ContentFile(bytes(9 * 2**20)))
    with uploads_in_the_store.open(name) as file:
        assert len(file.read()) == 9 * 2**20
        assert isinstance(file.file, tempfile.SpooledTemporaryFile)
        assert file.file._rolled


@pytest.fixture
def documents_in_the_store(uploads_in_the_store, store, monkeypatch, settings, tmp_path):
    monkeypatch.setenv("MEDIA_S3_DOCUMENTS_BUCKET", PRIVATE_BUCKET)
    settings.STORAGES = {**settings.STORAGES, "documents": document_storage(Env(), tmp_path)}


@pytest.mark.django_db
def test_a_document_in_the_store_is_read_through_the_site_and_by_nobody_else(
    documents_in_the_store, monkeypatch, ward, client, store
):
    # The field chose its storage when the process began.
    monkeypatch.setattr(WardDocument._meta.get_field("file"), "storage", storages["documents"])
    document = WardDocument.objects.create(title="Quyết định", file=ContentFile(b"Decision 12", name="12.txt"))
    assert b"".join(client.get(document.url)) == b"Decision 12"
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{store}/{PRIVATE_BUCKET}/{document.file.name}")  # noqa: S310
    assert refused.value.code == 403
    with pytest.raises(HTTPError) as missing:
        urlopen(f"{store}/{BUCKET}/{document.file.name}")  # noqa: S310
    assert missing.value.code in {403, 404}


@pytest.mark.parametrize("documents", [None, "", BUCKET])
def test_documents_are_never_put_where_everybody_may_read(monkeypatch, tmp_path, documents):
    monkeypatch.setenv("MEDIA_S3_BUCKET", BUCKET)
    if documents is not None:
        monkeypatch.setenv("MEDIA_S3_DOCUMENTS_BUCKET", documents)
    with pytest.raises(ImproperlyConfigured, match="MEDIA_S3_DOCUMENTS_BUCKET"):
        document_storage(Env(), tmp_path)


@pytest.mark.django_db
def test_a_photo_is_stored_cut_and_shown_from_the_store(uploads_in_the_store, ward, store):
    picture = Picture.objects.get(pk=PictureFactory(file__width=1400, file__height=1000).pk)
    assert picture.file.storage.exists(picture.file.name)
    html = photo_html(picture, "card", "Cổng")
    assert f'src="{store}/{BUCKET}/images/' in html
    with urlopen(picture.renditions.get(filter_spec="fill-160x160|format-avif").url) as response:  # noqa: S310
        assert response.read(12)[4:12] == b"ftypavif"


@pytest.mark.parametrize(
    ("options", "origin"),
    [
        ({"custom_domain": "cdn.example/ward"}, "https://cdn.example"),
        ({"endpoint_url": "https://s3.example:9000/x", "bucket_name": "b"}, "https://s3.example:9000"),
        ({"bucket_name": "ward"}, "https://ward.s3.amazonaws.com"),
    ],
)
def test_the_browser_may_load_pictures_from_the_store_alone(options, origin):
    assert upload_origins({"OPTIONS": options}) == [origin]
