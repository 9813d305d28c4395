import re
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.factories import HeritageIndexPageFactory, HeritageSitePageFactory, PictureFactory, StandardPageFactory
from wardmark.base.models import WardSettings

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """The elements of a page with their attributes, in the order of the source."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def places(ward):
    index = HeritageIndexPageFactory(parent=ward.homes["vi"])
    position = {"latitude": Decimal("21.037"), "longitude": Decimal("105.794")}
    first = HeritageSitePageFactory(
        parent=index, title="Chùa Hà", photo=PictureFactory(), photo_alt="Cổng <tam> quan", address="Ngõ 1", **position
    )
    HeritageSitePageFactory(parent=index, title="Đình Vòng", latitude=Decimal("21.038"), longitude=Decimal("105.794"))
    StandardPageFactory(parent=ward.homes["vi"], title="Về các biển")
    return first


PATHS = ["/vi/", "/en/", "/vi/di-tich/", "/vi/di-tich/chua-ha/", "/vi/ve-cac-bien/", "/vi/tim-kiem/?q=chua",
         "/vi/tai-khoan/dang-nhap/", "/vi/khong-co/", "/q/", "/q/0000000"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_its_language_one_h1_and_a_skip_link_before_all_else(client, places, path):
    response = client.get(path, headers={"accept-language": "vi"})
    page = Outline(response.content.decode())
    [html] = page.all("html")
    assert html["lang"] == ("en" if path.startswith("/en/") else "vi")
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    skip = page.all("a")[0]
    assert skip["href"] == "#content"
    assert page.all("main")[0]["id"] == "content"


@pytest.mark.parametrize("path", PATHS)
def test_headings_never_skip_a_level_and_ids_are_used_once(client, places, path):
    page = Outline(client.get(path).content.decode())
    levels = [int(tag[1]) for tag, _attributes in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    ids = [attributes["id"] for _tag, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    named = {name for _tag, attributes in page.elements for name in attributes.get("aria-labelledby", "").split()}
    assert named <= set(ids)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_inline(client, places, path):
    page = Outline(client.get(path).content.decode())
    loaded = [attributes.get("src") or attributes.get("srcset") for _tag, attributes in page.elements]
    loaded += [link["href"] for link in page.all("link") if link["rel"] in {"stylesheet", "icon", "preload"}]
    for address in filter(None, loaded):
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
    # Data is never run: what may stand inline is JSON-LD alone.
    assert all(script.get("src") or script == {"type": "application/ld+json"} for script in page.all("script"))
    assert not page.all("style")
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag


def test_a_place_shows_its_photo_in_words_its_size_and_modern_formats(client, places):
    page = Outline(client.get("/vi/di-tich/chua-ha/").content.decode())
    photo = page.all("img")[0]
    assert photo["alt"] == "Cổng <tam> quan"
    assert int(photo["width"]) > 0
    assert int(photo["height"]) > 0
    assert photo["fetchpriority"] == "high"
    assert [source["type"] for source in page.all("source")[:2]] == ["image/avif", "image/webp"]


def test_a_place_offers_directions_its_neighbours_and_the_wards_number(client, places):
    html = client.get("/vi/di-tich/chua-ha/").content.decode()
    bar = html.split('class="action-bar"')[1].split("</nav>")[0]
    assert "destination=21.037%2C105.794" in bar
    assert 'href="#neighbours"' in bar
    assert 'href="tel:02400000000"' in bar
    assert "Đình Vòng" in html.split('id="neighbours"')[1]


def test_a_place_offers_nothing_it_does_not_have(client, ward, places):
    settings = WardSettings.objects.get()
    settings.hotline = ""
    settings.save()
    places.get_siblings(inclusive=False).get().unpublish()
    places.latitude = places.longitude = places.photo = None
    places.save()
    html = client.get("/vi/di-tich/chua-ha/").content.decode()
    assert "/maps/dir/" not in html
    assert "neighbours" not in html
    assert "tel:" not in html
    assert "<picture" not in html


def test_the_share_button_waits_for_its_script(client, places):
    html = client.get("/vi/di-tich/chua-ha/").content.decode()
    assert re.search(r'<li hidden>\s*<button class="action-bar__action" type="button" data-share="Chùa Hà">', html)


def test_the_map_numbers_are_those_of_the_list(client, places):
    html = client.get("/vi/di-tich/").content.decode()
    on_map = dict(re.findall(r'aria-label="(\d+)\. ([^"]+)"', html))
    in_list = dict(re.findall(r'card__number" aria-hidden="true">(\d+)</span><a href="[^"]+">([^<]+)<', html))
    assert on_map == in_list == {"1": "Chùa Hà", "2": "Đình Vòng"}
