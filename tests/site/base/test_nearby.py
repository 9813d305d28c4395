from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import (
    HeritageSitePageFactory,
    ShopCategoryFactory,
    ShopPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
)
from wardmark.base.places import Position
from wardmark.base.standing import standing_query

pytestmark = pytest.mark.django_db


def at(metres_north: int) -> dict:
    return {"latitude": round(Decimal("21.03") + Decimal(metres_north) / 111_195, 6), "longitude": Decimal("105.79")}


@pytest.fixture
def here(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Ở đây", **at(0))
    page.refresh_from_db()
    return page


@pytest.fixture
def street(ward):
    return StreetPageFactory(parent=StreetIndexPageFactory(parent=ward.homes["vi"]), title="Phố", **at(300))


def titles(page) -> list[str]:
    return [neighbour.page.title for neighbour in page.neighbours(page.position)]


def test_places_of_every_kind_come_nearest_first_with_metres_and_minutes(here, heritage, street):
    ShopPageFactory(parent=street, title="Quán", category=ShopCategoryFactory(), **at(-120))
    HeritageSitePageFactory(parent=heritage, title="Đình", **at(600))
    found = [(n.page.title, n.metres, n.minutes) for n in here.neighbours(here.position)]
    assert found == [("Quán", 120, 2), ("Phố", 300, 5), ("Đình", 600, 10)]


def test_a_degree_of_longitude_counts_for_less_than_one_of_latitude(here, heritage):
    HeritageSitePageFactory(parent=heritage, title="Bắc", latitude="21.0398", longitude="105.79")
    HeritageSitePageFactory(parent=heritage, title="Đông", latitude="21.03", longitude="105.80")
    assert titles(here) == ["Đông", "Bắc"]


def test_five_are_named_at_most(here, heritage):
    for n in range(7):
        HeritageSitePageFactory(parent=heritage, title=f"Đình {n}", **at(100 + n * 10))
    assert titles(here) == [f"Đình {n}" for n in range(5)]


def test_drafts_closed_places_other_languages_and_places_nobody_measured_are_left_out(here, heritage, street):
    HeritageSitePageFactory(parent=heritage, title="Nháp", live=False, **at(10))
    HeritageSitePageFactory(parent=heritage, title="Chưa đo")
    ShopPageFactory(parent=street, title="Trong phố đóng", category=ShopCategoryFactory(), **at(20))
    PageViewRestriction.objects.create(page=street, restriction_type=PageViewRestriction.LOGIN)
    english = heritage.get_translations().get()
    HeritageSitePageFactory(parent=english, title="Temple", locale=english.locale, **at(30))
    HeritageSitePageFactory(parent=heritage, title="Đình", **at(40))
    assert titles(here) == ["Đình"]


def test_a_place_without_a_position_names_those_beside_it_without_distances(heritage, street):
    nowhere = HeritageSitePageFactory(parent=heritage, title="Đâu đó")
    HeritageSitePageFactory(parent=heritage, title="Đình", **at(40))
    assert [(n.page.title, n.metres, n.minutes) for n in nowhere.neighbours(None)] == [("Đình", None, None)]


def test_the_page_links_them_and_says_how_far(client, here, heritage):
    other = HeritageSitePageFactory(parent=heritage, title="Đình", **at(120))
    part = client.get(here.get_url()).content.decode().split('id="neighbours"')[1]
    assert f'href="{other.get_url()}"' in part
    assert "120 m · " in part


def test_the_map_beside_the_list_has_its_numbers_and_takes_at_most_3_kb(client, here, heritage):
    for n in range(6):
        HeritageSitePageFactory(parent=heritage, title=f"Đình {n}", **at(100 + n * 150))
    part = client.get(here.get_url()).content.decode().split('id="neighbours"')[1].split("</section>")[0]
    drawing = part[part.index("<svg") : part.index("</svg>")]
    assert len(drawing.encode()) <= 3072
    assert drawing.count("ward-map__dot") == part.count('class="card__number"') == 5
    assert drawing.count("ward-map__here") == 1


def test_a_place_without_a_position_has_no_map_beside_its_list(client, heritage):
    nowhere = HeritageSitePageFactory(parent=heritage, title="Đâu đó")
    HeritageSitePageFactory(parent=heritage, title="Đình", **at(40))
    assert "ward-map" not in client.get(nowhere.get_url()).content.decode()


def test_distances_are_measured_from_the_plaque_the_address_names(client, here, heritage, settings):
    settings.PAGE_CACHE_SECONDS = 60
    HeritageSitePageFactory(parent=heritage, title="Đình", **at(120))
    HeritageSitePageFactory(parent=heritage, title="Chùa", **at(900))
    query = standing_query(Position(21.03 + 950 / 111_195, 105.79))
    part = client.get(f"{here.get_url()}?{query}").content.decode().split('id="neighbours"')[1]
    assert part.index("Chùa") < part.index("Đình")
    assert "50 m · " in part
    own = client.get(here.get_url()).content.decode().split('id="neighbours"')[1]
    assert own.index("Đình") < own.index("Chùa")


def test_a_page_seen_from_a_plaque_is_kept_and_one_seen_from_anywhere_else_is_not(client, here, settings):
    settings.PAGE_CACHE_SECONDS = 60

    def queries(query: str) -> int:
        client.get(f"{here.get_url()}?{query}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{here.get_url()}?{query}")
        return len(captured)

    assert queries(standing_query(Position(21.04, 105.79))) == 0
    assert queries("at=21.04000,105.79000,0123456789") > 0
