import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import override

from tests.factories import HeritageSitePageFactory

pytestmark = pytest.mark.django_db


def known_by(client) -> dict:
    script = client.get("/sw.js").content.decode()
    return json.loads(re.match(r"const SITE = (\{.*\});\n", script)[1])


def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/sw.js")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert not response.cookies


def test_the_worker_knows_what_it_shows_without_a_network_in_every_language(client, ward):
    known = known_by(client)
    assert set(known["lists"]) == {"vi", "en"}
    for language, address in known["lists"].items():
        assert address.startswith(f"/{language}/")
        assert client.get(address).status_code == 200
    files = [address for address in known["shell"] if address.startswith("/static/")]
    assert [address for address in files if finders.find(address.removeprefix("/static/")) is None] == []
    assert set(known["lists"].values()) | set(files) == set(known["shell"])


def test_the_worker_brings_every_script_that_the_list_of_kept_pages_runs(client, ward):
    shell = set(known_by(client)["shell"])
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(reverse("kept")).content.decode()))
    for address in [address for address in asked if address.endswith(".js")]:
        script = Path(finders.find(address.removeprefix("/static/"))).read_text()
        asked |= {f"/static/design/{name}" for name in re.findall(r'(?:from |import\()"\./([^"]+)"', script)}
    assert len(asked) > 5
    assert asked <= shell


def test_the_list_of_kept_pages_is_nothing_for_search_engines(client, ward):
    assert client.get(reverse("kept")).headers["X-Robots-Tag"] == "noindex"


def test_what_is_one_persons_own_is_not_the_workers(client, ward):
    never = known_by(client)["never"]
    for language in ("vi", "en"):
        with override(language):
            for name in ("accounts:sign_in", "accounts:sign_out", "portal:home"):
                assert reverse(name).startswith(tuple(never))


def test_the_worker_knows_where_uploads_lie_and_is_let_there(client, ward, settings):
    assert "/uploads/" in known_by(client)["files"]
    settings.UPLOAD_ORIGINS = ["https://files.ward.example"]
    assert known_by(client)["files"] == ["/static/", "https://files.ward.example"]


def test_a_bucket_may_be_fetched_from_by_pages_and_the_worker():
    """The settings are read once, so another process reads them with a bucket."""
    command = "from wardmark.settings import base; print(*base.CONTENT_SECURITY_POLICY['DIRECTIVES']['connect-src'])"
    variables = {
        "MEDIA_S3_BUCKET": "ward", "MEDIA_S3_DOCUMENTS_BUCKET": "own", "MEDIA_S3_PUBLIC_HOST": "files.ward.example",
        "SECRET_KEY": "x", "PYTHONPATH": "site:.",
    }  # fmt: skip
    told = subprocess.run([sys.executable, "-c", command], env=variables, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["'self'", "https://files.ward.example"]


def test_its_version_changes_with_what_it_has_to_fetch(client, ward, settings):
    first = known_by(client)["version"]
    assert known_by(client)["version"] == first
    settings.STATIC_URL = "/other/"
    assert known_by(client)["version"] != first


def test_switched_off_it_takes_itself_away_and_no_page_offers_it(client, heritage, settings):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Vòng")
    assert "data-keep=" in client.get(page.url).content.decode()
    settings.OFFLINE_READING = False
    script = client.get("/sw.js").content.decode()
    assert "unregister()" in script
    assert "fetch" not in script
    html = client.get(page.url).content.decode()
    assert "data-keep" not in html
    assert "data-kept" not in html


def test_a_place_offers_to_be_kept_only_once_its_script_runs(client, heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Vòng")
    offer = re.search(r"<section[^>]*data-keep=[^>]*>", client.get(page.url).content.decode())[0]
    assert re.search(r"\shidden>$", offer)
    assert 'data-worker="/sw.js"' in offer
