"""The keeper's contact is for the ward's staff: a canary that must turn up nowhere else."""

import re

import pytest
from django.urls import get_resolver, reverse
from modelsearch.models import IndexEntry

from tests.factories import HeritageSitePageFactory, translate

pytestmark = pytest.mark.django_db
CANARY = "Bà Hoàng Yến 0912345678"


@pytest.fixture
def site(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Vòng", keeper_contact=CANARY)
    page.save_revision().publish()
    return page


def tells(content: bytes) -> bool:
    return bool(re.search("0912345678|Hoàng Yến", content.decode(errors="ignore")))


def test_no_public_page_says_it(client, site, heritage, ward):
    english = translate(site, "House")
    pages = (site, english, heritage, ward.homes["vi"], ward.homes["en"])
    addresses = [page.url for page in pages]
    addresses += [f"{site.url}?{query}" for query in ("format=json", "fields=*", "preview=1")]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert not tells(answer.content), address


@pytest.mark.parametrize("asked", ["Hoàng Yến", "hoang yen", "0912345678", "Yến"])
def test_no_search_finds_it(client, site, asked):
    assert site.title not in client.get("/vi/tim-kiem/", {"q": asked}).content.decode().split("<main")[1]


def test_the_search_index_does_not_hold_it(site):
    rows = IndexEntry.objects.values_list()
    assert any("Vòng" in str(row) for row in rows)
    assert not any(tells(str(row).encode()) for row in rows)


def test_it_is_no_field_of_an_api(site):
    assert not any("keeper" in str(field) for field in getattr(site, "api_fields", []))
    mounted = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    assert not any(pattern.startswith("api") for pattern in mounted) or "keeper_contact" not in str(mounted)


def test_an_editor_reads_it_in_the_form_and_nobody_else_does(client, editor, site, django_user_model):
    address = reverse("wagtailadmin_pages:edit", args=[site.pk])
    assert not tells(client.get(address, follow=True).content)
    client.force_login(django_user_model.objects.create_user("nguoila"))
    assert not tells(client.get(address, follow=True).content)
    client.force_login(editor)
    assert tells(client.get(address).content)
