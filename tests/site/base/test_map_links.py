from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import HeritageSitePageFactory
from wardmark.base.map_links import apple_maps_url, geo_uri, map_links
from wardmark.base.places import Position

HERE = Position(21.03711, 105.79489)


def test_apple_maps_leads_there_on_foot():
    url = urlsplit(apple_maps_url(HERE))
    assert (url.scheme, url.netloc) == ("https", "maps.apple.com")
    assert parse_qs(url.query) == {"daddr": ["21.037110,105.794890"], "dirflg": ["w"]}


def test_a_phones_own_app_gets_the_position_and_the_name():
    assert geo_uri(HERE, "Chùa Hà") == "geo:21.037110,105.794890?q=21.037110,105.794890(Ch%C3%B9a%20H%C3%A0)"


@given(st.text(max_size=80))
def test_no_name_breaks_out_of_its_brackets(name):
    query = geo_uri(HERE, name).split("?q=")[1]
    position, _, label = query.partition("(")
    assert position == "21.037110,105.794890"
    assert label.count(")") == 1
    assert set("()&#?/ ").isdisjoint(label[:-1])
    assert unquote(label[:-1]) == name


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_is_never_written_in_powers_of_ten(latitude, longitude):
    for url in (geo_uri(Position(latitude, longitude), ""), apple_maps_url(Position(latitude, longitude))):
        assert "e-" not in url


@pytest.mark.django_db
def test_a_page_with_a_position_offers_every_app_and_the_words_to_copy(client, heritage):
    page = HeritageSitePageFactory(
        parent=heritage, title="Chùa “A & B”", address="Ngõ 1", latitude=Decimal("21.03"), longitude=Decimal("105.79")
    )
    part = client.get(page.get_url()).content.decode().split('id="way"')[1].split("</details>")[0]
    page.refresh_from_db()
    links = map_links(page.position, page.title)
    assert len(links) == 3
    for link in links:
        assert f'href="{link.url.replace("&", "&amp;")}" rel="noopener noreferrer"' in part
    assert "<dd>Ngõ 1</dd>" in part
    assert "<dd>21.030000, 105.790000</dd>" in part


@pytest.mark.django_db
def test_a_page_without_a_position_offers_none(client, heritage):
    html = client.get(HeritageSitePageFactory(parent=heritage).get_url()).content.decode()
    assert 'id="way"' not in html
    assert "maps.apple.com" not in html
