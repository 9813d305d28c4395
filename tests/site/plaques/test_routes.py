import pytest
from wagtail.models import Page, PageViewRestriction

from tests.factories import HeritageSitePageFactory, translate
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.models import Plaque, ScanCount
from wardmark.plaques.scans import count_scan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 300


@pytest.fixture
def place(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Chùa Hà")


def scan(client, place, language: str = "vi") -> str | None:
    code = Plaque.objects.for_page(place).code
    return client.get(f"/q/{code}", headers={"accept-language": language}).headers.get("Location")


def test_a_kept_route_asks_the_database_only_to_count(client, place, django_assert_num_queries):
    code = Plaque.objects.for_page(place).code
    client.get(f"/q/{code}")
    with django_assert_num_queries(1) as queries:
        client.get(f"/q/{code}")
    assert queries[0]["sql"].startswith("INSERT INTO plaques_scancount")
    assert ScanCount.objects.get().scans == 2


def test_one_kept_route_serves_every_language(client, place):
    english = translate(place, "Hà Pagoda")
    assert [scan(client, place, language) for language in ("vi", "en", "vi", "ko")] == [
        place.get_url(),
        english.get_url(),
        place.get_url(),
        f"{english.get_url()}#wished-other",
    ]
    assert dict(ScanCount.objects.values_list("language", "scans")) == {"vi": 2, "en": 2}


def move_away(place):
    place.slug = "chua-ha-moi"
    place.save_revision().publish()


def unpublish(place):
    place.unpublish()


def close(place):
    PageViewRestriction.objects.create(page=Page.objects.get(pk=place.pk), restriction_type="login")


def retire_its_plaque(place):
    retire(plaque=Plaque.objects.for_page(place), by=None, why="Gỡ biển")


@pytest.mark.parametrize("change", [move_away, unpublish, close, retire_its_plaque])
def test_a_kept_route_is_forgotten_the_moment_it_no_longer_holds(client, place, change):
    before = scan(client, place)
    assert scan(client, place) == before == "/vi/di-tich/chua-ha/"
    change(place)
    assert scan(client, place) in {None, "/vi/di-tich/chua-ha-moi/"}


def test_a_scan_makes_nobody_forget_a_route(client, place, django_assert_num_queries):
    scan(client, place)
    count_scan(plaque_id=Plaque.objects.for_page(place).pk, language="vi")
    code = Plaque.objects.for_page(place).code
    with django_assert_num_queries(1):
        client.get(f"/q/{code}")


def test_a_route_is_kept_for_the_host_it_was_asked_by(client, place, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    code = Plaque.objects.for_page(place).code
    here = client.get(f"/q/{code}").headers["Location"]
    client.get(f"/q/{code}", headers={"host": "other.example"})
    assert client.get(f"/q/{code}").headers["Location"] == here
