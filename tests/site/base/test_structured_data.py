"""What pages say to machines, against the rules of schema.org, for every kind of page there is."""

import json
import re
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from heritage.models import Festival, HeritageSitePage, SchemaType, TrailPage
from streets.hours import week_from_text, write_week
from streets.vocabularies import FOOD_TYPES, SHOP_TYPES
from tests.factories import (
    FoodVendorPageFactory,
    HeritageKindFactory,
    HeritageSitePageFactory,
    PersonPageFactory,
    PictureFactory,
    ShopPageFactory,
    StandardPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    TrailIndexPageFactory,
    TrailPageFactory,
    translate,
)
from wardmark.base.structured_data import as_script

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Each type we use with the properties schema.org gives it or what it is a kind of; read from schema.org/<Type>.
THING = {"name", "alternateName", "description", "url", "image", "sameAs", "mainEntityOfPage", "subjectOf"}
PLACE = THING | {
    "address",
    "geo",
    "openingHoursSpecification",
    "specialOpeningHoursSpecification",
    "telephone",
    "event",
    "amenityFeature",
}
BUSINESS = PLACE | {"legalName", "priceRange", "paymentAccepted", "currenciesAccepted", "makesOffer", "hasMenu"}
WORK = THING | {"inLanguage", "datePublished", "dateModified", "creativeWorkStatus", "mainEntity", "creditText"}
TYPES: dict[str, set[str]] = {
    "WebPage": WORK | {"breadcrumb"},
    "CollectionPage": WORK | {"breadcrumb"},
    "WebSite": WORK | {"potentialAction"},
    "ImageObject": WORK | {"width", "height"},
    "BreadcrumbList": THING | {"itemListElement"},
    "ItemList": THING | {"itemListElement"},
    "ListItem": THING | {"item", "position"},
    "GovernmentOrganization": THING | {"address", "telephone", "email"},
    "Person": THING | {"birthDate", "deathDate"},
    "Festival": THING | {"startDate", "endDate", "location"},
    "TouristTrip": THING | {"itinerary"},
    "SearchAction": THING | {"target", "query-input"},
    "EntryPoint": THING | {"urlTemplate"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressRegion", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
    "LocationFeatureSpecification": THING | {"value"},
    "Menu": THING | {"hasMenuItem"},
    "MenuItem": THING | {"offers"},
    "Offer": THING | {"price", "priceCurrency", "availability", "itemOffered"},
    "Product": THING,
}
TYPES |= dict.fromkeys(("Place", *SchemaType.values), PLACE)
TYPES |= dict.fromkeys((*FOOD_TYPES, *SHOP_TYPES, "LocalBusiness", "FoodEstablishment"), BUSINESS)
NEEDED = {
    "ListItem": {"position", "name", "item"},
    "Festival": {"name", "startDate", "location"},
    "ImageObject": {"url", "width", "height"},
    "TouristTrip": {"name", "url", "itinerary"},
    "GeoCoordinates": {"latitude", "longitude"},
} | {kind: {"name", "url"} for kind in ("WebPage", "CollectionPage", "Person", "GovernmentOrganization")}


def said(client, url: str) -> dict[str, Any]:
    [text] = SCRIPT.findall(client.get(url).content.decode())
    return json.loads(text)


def check(node: Any) -> None:
    """Fail where a node is of no type we know, has a property its type has not, or says something empty."""
    if isinstance(node, list):
        for part in node:
            check(part)
    if not isinstance(node, dict):
        assert node not in ("", None)
        return
    properties = node.keys() - {"@type", "@id", "@context"}
    assert properties <= TYPES[node["@type"]], node
    assert properties >= NEEDED.get(node["@type"], set()), node
    for name in properties & {"url", "item", "urlTemplate"}:
        address = urlsplit(node[name])
        assert address.scheme in {"http", "https"}, node
        assert address.netloc, node
    for name in properties & {"startDate", "endDate", "datePublished", "dateModified"}:
        assert re.match(r"\d{4}-\d\d-\d\d", node[name]), node
    for value in (node[name] for name in properties):
        check(value)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def pagoda(self, heritage) -> HeritageSitePage:
        page = HeritageSitePageFactory(
            parent=heritage,
            title="Chùa Hà",
            kind_of_site=HeritageKindFactory(schema_type=SchemaType.BUDDHIST_TEMPLE),
            also_called="Thánh Đức tự, Chùa Bà",
            han_nom_name="聖德寺",
            photo=PictureFactory(file__width=1500, file__height=1000, credit="Văn Thử"),
            photo_alt="Cổng",
            address="Ngõ 86 phố Thử",
            latitude=Decimal("21.03711"),
            longitude=Decimal("105.79489"),
            opening_hours="Hằng ngày: 06:00–18:00",
        )
        Festival.objects.create(page=page, locale=page.locale, name="Hội chùa", day=8, month=2, days=2)
        Festival.objects.create(page=page, locale=page.locale, name="Giỗ tổ", calendar="unknown")
        translate(page, "Hà Pagoda")
        return page

    def test_a_heritage_site_is_said_in_full(self, client, pagoda):
        page = said(client, pagoda.url)
        check(page)
        site = page["mainEntity"]
        assert page["@context"] == "https://schema.org"
        assert (page["@type"], page["inLanguage"], page["@id"]) == ("WebPage", "vi", pagoda.full_url)
        assert (site["@type"], site["name"]) == ("BuddhistTemple", "Chùa Hà")
        assert site["alternateName"] == ["Thánh Đức tự", "Chùa Bà", "聖德寺", "Hà Pagoda"]
        assert site["address"] == {
            "@type": "PostalAddress",
            "streetAddress": "Ngõ 86 phố Thử",
            "addressLocality": "Phường Thử",
            "addressRegion": "Hà Nội",
            "addressCountry": "VN",
        }
        assert (site["geo"]["latitude"], site["geo"]["longitude"]) == (21.03711, 105.79489)
        assert (site["image"]["width"], site["image"]["height"]) == (1200, 800)
        assert len(site["openingHoursSpecification"][0]["dayOfWeek"]) == 7
        [festival] = site["event"]
        first = date.fromisoformat(festival["startDate"])
        assert festival["name"] == "Hội chùa"
        assert (date.fromisoformat(festival["endDate"]) - first).days == 1
        assert [item["name"] for item in page["breadcrumb"]["itemListElement"]] == ["Phường Thử", "Di tích", "Chùa Hà"]

    def test_what_is_not_known_is_left_out(self, client, heritage):
        bare = HeritageSitePageFactory(parent=heritage, summary="", opening_hours="Hỏi ông từ")
        site = said(client, bare.url)["mainEntity"]
        assert site.keys() == {"@type", "name", "url", "address"}
        assert "streetAddress" not in site["address"]
        assert site["@type"] == "LandmarksOrHistoricalBuildings"

    def test_every_page_keeps_the_rules(self, client, ward, heritage, pagoda):
        streets = StreetIndexPageFactory(parent=ward.homes["vi"])
        street = StreetPageFactory(parent=streets)
        shop = ShopPageFactory(parent=street, phone="024 3833 1234")
        food = FoodVendorPageFactory(parent=street)
        food.shop.hours = write_week(week_from_text("Thứ Hai – Thứ Sáu: 10:00–14:00, 17:00–20:00"))
        food.shop.special_days = [{"from": "2098-01-01"}]
        food.shop.save()
        person = PersonPageFactory(parent=heritage, other_names="Vua Bà", lifetime="1228–1300")
        text = StandardPageFactory(parent=ward.homes["vi"])
        main = {}
        for page in (ward.homes["vi"], heritage, pagoda, person, streets, street, shop, food, text):
            data = said(client, page.url)
            check(data)
            main[page.pk] = data.get("mainEntity", {})
        kinds = [main[page.pk].get("@type") for page in (ward.homes["vi"], heritage, street, shop, food, text)]
        assert kinds == ["GovernmentOrganization", "ItemList", "Place", "LocalBusiness", "FoodEstablishment", None]
        assert (main[person.pk]["birthDate"], main[person.pk]["deathDate"]) == ("1228", "1300")
        assert main[shop.pk]["telephone"] == "+842438331234"
        assert len(main[food.pk]["openingHoursSpecification"]) == 2
        assert [day["closes"] for day in main[food.pk]["specialOpeningHoursSpecification"]] == ["00:00"]
        action = main[ward.homes["vi"].pk]["subjectOf"]["potentialAction"]
        address = urlsplit(action["target"]["urlTemplate"].format(search_term_string="chua"))
        assert pagoda.title in client.get(f"{address.path}?{address.query}").content.decode()

    @pytest.fixture
    def trail(self, ward, heritage, pagoda) -> TrailPage:
        index = TrailIndexPageFactory(parent=ward.homes["vi"])
        other = HeritageSitePageFactory(parent=heritage, title="Đình An Phú")
        picture = PictureFactory(file__width=1500, file__height=1000)
        return TrailPageFactory(
            parent=index, title="Theo dấu Ỷ Lan", photo=picture, photo_alt="Cổng", stops=[other, pagoda]
        )

    def test_a_trail_names_its_stops_in_their_order_by_name_and_address_alone(self, client, trail, pagoda):
        page = said(client, trail.url)
        check(page)
        trip = page["mainEntity"]
        assert (trip["@type"], trip["name"], trip["url"]) == ("TouristTrip", "Theo dấu Ỷ Lan", trail.full_url)
        stops = trip["itinerary"]["itemListElement"]
        assert [(stop["position"], stop["name"]) for stop in stops] == [(1, "Đình An Phú"), (2, "Chùa Hà")]
        assert stops[1] == {"@type": "ListItem", "position": 2, "name": "Chùa Hà", "item": pagoda.full_url}
        assert trip["image"]["width"] == 1200
        pagoda.unpublish()
        assert "Chùa Hà" not in json.dumps(said(client, trail.url), ensure_ascii=False)

    def test_a_list_of_trails_names_them(self, client, trail):
        listed = said(client, trail.get_parent().url)
        check(listed)
        assert [item["item"] for item in listed["mainEntity"]["itemListElement"]] == [trail.full_url]

    def test_machines_are_told_of_sample_data_that_it_is_a_draft_and_nothing_it_says(self, client, pagoda):
        pagoda.is_illustrative = True
        pagoda.save_revision().publish()
        page = said(client, pagoda.url)
        check(page)
        assert page["creativeWorkStatus"] == "Draft"
        assert not page.keys() & {"mainEntity", "description"}
        assert page["name"] == "Chùa Hà"

    @pytest.mark.parametrize("of", ["pagoda", "trail"])
    def test_it_costs_no_query(self, client, pagoda, trail, monkeypatch, of):
        url = {"pagoda": pagoda, "trail": trail}[of].url

        def queries() -> int:
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            return len(captured)

        with_it = queries()
        monkeypatch.setattr("wardmark.base.models.pages.document", lambda page, request: "")
        assert queries() == with_it

    @pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028&\u2029'\"\\"])
    def test_a_hostile_title_stays_text(self, client, heritage, title):
        page = HeritageSitePageFactory(parent=heritage, title=title, summary=title)
        html = client.get(page.url).content.decode()
        assert said(client, page.url)["mainEntity"]["name"] == title
        assert "alert(1)</script>" not in html
        [text] = SCRIPT.findall(html)
        assert not set(text) & set("<>&\u2028\u2029")

    def test_a_page_that_is_closed_says_nothing_of_itself(self, editor_client, pagoda):
        PageViewRestriction.objects.create(page=pagoda, restriction_type=PageViewRestriction.LOGIN)
        html = editor_client.get(pagoda.url).content.decode()
        assert pagoda.title in html
        assert not SCRIPT.search(html)
        assert "og:" not in html

    def test_a_list_names_no_closed_page(self, client, heritage, pagoda):
        assert "Chùa Hà" in json.dumps(said(client, heritage.url), ensure_ascii=False)
        PageViewRestriction.objects.create(page=pagoda, restriction_type=PageViewRestriction.LOGIN)
        assert "Chùa Hà" not in json.dumps(said(client, heritage.url), ensure_ascii=False)


@pytest.mark.django_db
def test_every_page_of_the_demonstration_keeps_the_rules_once_it_is_confirmed(client, settings, tmp_path):
    settings.VAR = tmp_path
    Page.objects.filter(depth__gt=1).delete()
    call_command("demo", stdout=StringIO())
    for model in {type(page.specific) for page in Page.objects.filter(depth__gt=1)}:
        model.objects.update(is_illustrative=False)
    for page in Page.objects.live().filter(depth__gt=1):
        check(said(client, page.url))


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_data_comes_back_as_it_went_whatever_stands_in_it(data):
    assert json.loads(as_script({"said": data}))["said"] == data
    assert not set(as_script({"said": data})) & set("<>&\u2028\u2029")
