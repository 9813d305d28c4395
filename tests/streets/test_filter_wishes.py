"""Whatever an address wishes of the list of shops: an answer in words, the shops that have it all, and no failure."""

from datetime import datetime
from itertools import product
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streets.amenities import Amenity
from streets.hours.state import WARD_ZONE
from streets.hours.week import DAYS
from streets.models import Shop
from streets.shop_filter import ShopFilter
from tests.factories import FoodVendorPageFactory, ShopCategoryFactory, ShopPageFactory

MORNING_AND_NIGHT = {day.lower(): [["07:00", "11:00"], ["22:00", "02:00"]] for day in DAYS}
FIELDS = {
    "category": ["", "soup", "books", "no-such"],
    "open": ["", "1", "yes"],
    "pay": ["", "verified", "cash", "gold"],
    "food": ["", "1", "0"],
    "access": ["", "1", "１"],
}


def a_page(category=None, *, is_open=None, kinds=(), standing="", food=False, amenities=()):
    """What the filter asks of a page of a shop."""
    shop = SimpleNamespace(
        payment_kinds=list(kinds), payment_standing=standing, amenities=list(amenities), is_open_at=lambda _now: is_open
    )
    known = SimpleNamespace(key=category) if category else None
    return SimpleNamespace(shop=shop, category=known, category_id=known and 1, sells_food=food)


PAGES = [
    a_page("soup", is_open=True, kinds=["cash"], standing="active", food=True, amenities=[Amenity.WHEELCHAIR.value]),
    a_page("soup", is_open=False, kinds=["cash"], standing="suspended", food=True),
    a_page("books", is_open=None, kinds=["card"], standing="pending", amenities=[Amenity.WHEELCHAIR.value]),
    a_page(None, is_open=True, food=True),
]
HAS = {
    "category": lambda page, value: page.category is not None and page.category.key == value,
    "open": lambda page, _value: page.shop.is_open_at(None) is True,
    "pay": lambda page, value: (
        page.shop.payment_standing == "active" if value == "verified" else value in page.shop.payment_kinds
    ),
    "food": lambda page, _value: page.sells_food,
    "access": lambda page, _value: Amenity.WHEELCHAIR in page.shop.amenities,
}
UNKNOWN = {"no-such", "yes", "gold", "0", "１"}


def wished(query: str) -> ShopFilter:
    return ShopFilter(QueryDict(query), PAGES, now=datetime(2026, 11, 25, 12, tzinfo=WARD_ZONE))


def test_every_combination_lists_what_has_it_all():
    for values in product(*FIELDS.values()):
        said = dict(zip(FIELDS, values, strict=True))
        understood = {name: value for name, value in said.items() if value and value not in UNKNOWN}
        asked = wished(urlencode(said))
        assert asked.found() == [page for page in PAGES if all(HAS[name](page, v) for name, v in understood.items())]
        assert len(asked.complaints) == sum(value in UNKNOWN for value in values), said
        assert len(asked.chips) == len(understood), said


def test_of_repeated_keys_the_last_counts():
    assert wished("food=0&food=1").chosen == {"food": "1"}


@pytest.fixture
def shops(street):
    soup = ShopCategoryFactory(key="soup", names={"vi": "Phở", "en": "Soup"})
    page = FoodVendorPageFactory(parent=street, title="Phở Một", category=soup)
    Shop.objects.filter(pk=page.shop_id).update(hours=MORNING_AND_NIGHT)
    ShopPageFactory(parent=street, title="Hiệu sách")


@pytest.mark.django_db
def test_any_address_is_answered(client, street, shops):
    words = st.one_of(st.text(max_size=30), st.sampled_from(["1", "soup", "verified", "\x00", "phở 🍜", "x" * 4000]))

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from([*FIELDS, "page", ""]), words), max_size=6))
    def answers(pairs):
        query = urlencode([(key, value.encode("utf-8", "replace")) for key, value in pairs])
        assert client.get(f"{street.url}?{query}").status_code == 200

    answers()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        ((6, 59, 59), False),
        ((7, 0, 0), True),
        ((10, 59, 59), True),
        ((11, 0, 0), False),
        ((21, 59, 59), False),
        ((22, 0, 0), True),
        ((23, 59, 59), True),
        ((0, 0, 0), True),
        ((1, 59, 59), True),
        ((2, 0, 0), False),
    ],
)
def test_open_now_turns_at_its_minute_whatever_was_asked_before(client, street, shops, time_machine, clock, is_open):
    for moment, said in (((12, 0, 0), False), (clock, is_open)):
        time_machine.move_to(datetime(2026, 11, 25, *moment, tzinfo=WARD_ZONE), tick=False)
        cards = client.get(f"{street.url}?open=1").content.decode().partition('<ul class="cards">')[2]
        assert (">Phở Một</a></h3>" in cards) is said
