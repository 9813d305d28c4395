"""A plaque further from its place tells the page where its visitors stand."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import HeritageIndexPageFactory, HeritageSitePageFactory
from wardmark.base.places import Position
from wardmark.base.standing import standing_at
from wardmark.plaques.history import changing
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import EventKind, Plaque

pytestmark = pytest.mark.django_db


def metres_north(metres: int) -> dict:
    return {"latitude": round(Decimal("21.03") + Decimal(metres) / 111_195, 6), "longitude": Decimal("105.79")}


@pytest.fixture
def page(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Chùa Lớn", **metres_north(0))


def hang(plaque: Plaque, metres: int) -> Plaque:
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.latitude, current.longitude = metres_north(metres).values()
    plaque.refresh_from_db()
    return plaque


def scanned(client, plaque: Plaque) -> tuple[str, str]:
    address, _, query = client.get(f"/q/{plaque.code}").headers["Location"].partition("?")
    return address, query


def test_a_far_gate_tells_its_own_position_in_every_language(client, page):
    gate = hang(issue_further(page=page, by=None, label="cổng sau"), 300)
    address, query = scanned(client, gate)
    assert address == page.get_url()
    assert standing_at(query) == Position(float(gate.latitude.quantize(Decimal("0.00001"))), 105.79)


@pytest.mark.parametrize("metres", [None, 0, 90])
def test_a_plaque_at_its_place_adds_nothing_to_the_address(client, page, metres):
    plaque = Plaque.objects.for_page(page)
    if metres is not None:
        hang(plaque, metres)
    assert scanned(client, plaque) == (page.get_url(), "")


def test_a_plaque_stands_in_for_a_place_nobody_measured(client, heritage):
    nowhere = HeritageSitePageFactory(parent=heritage, title="Đâu đó")
    HeritageSitePageFactory(parent=heritage, title="Đình", **metres_north(150))
    address, query = scanned(client, hang(Plaque.objects.for_page(nowhere), 50))
    part = client.get(f"{address}?{query}").content.decode().split('id="neighbours"')[1]
    assert "100 m · " in part


def test_a_plaque_of_a_list_adds_nothing(client, ward):
    index = HeritageIndexPageFactory(parent=ward.homes["vi"])
    assert scanned(client, hang(Plaque.objects.for_page(index), 300)) == (index.get_url(), "")


def test_the_next_scan_asks_nothing_for_it(client, page, settings):
    settings.PAGE_CACHE_SECONDS = 60
    gate = hang(issue_further(page=page, by=None, label="cổng sau"), 300)
    first = scanned(client, gate)
    with CaptureQueriesContext(connection) as captured:
        assert scanned(client, gate) == first
    assert not [query["sql"] for query in captured if "wagtailcore_page" in query["sql"]]
