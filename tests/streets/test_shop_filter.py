"""Shops are chosen by an address alone: no script, nothing guessed, and nothing kept for each wish."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from streets.models import Shop
from tests.factories import FoodVendorPageFactory, ShopCategoryFactory, ShopPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shops(street):
    """A book shop and two food vendors."""
    books = ShopCategoryFactory(key="books", names={"vi": "Sách", "en": "Books"})
    soup = ShopCategoryFactory(key="soup", names={"vi": "Phở", "en": "Soup"})
    return {
        "books": ShopPageFactory(parent=street, title="Hiệu sách", category=books),
        "soup": FoodVendorPageFactory(parent=street, title="Phở Một", category=soup),
        "plain": FoodVendorPageFactory(parent=street, title="Quán Hai"),
    }


def shown(client, street, query):
    html = client.get(f"{street.url}?{query}").content.decode()
    cards = html[html.index('id="shops"') :]
    cards = cards[: cards.index('<ul class="cards">') + cards[cards.index('<ul class="cards">') :].index("</section>")]
    return {title for title in ("Hiệu sách", "Phở Một", "Quán Hai") if f">{title}</a></h3>" in cards}, html


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("category=books", {"Hiệu sách"}),
        ("food=1", {"Phở Một", "Quán Hai"}),
        ("food=1&category=soup", {"Phở Một"}),
        ("food=1&category=books", set()),
        ("category=&food=", {"Hiệu sách", "Phở Một", "Quán Hai"}),
        ("pay=verified", set()),
    ],
)
def test_only_shops_that_have_it_all_are_listed_and_drawn(client, street, shops, query, titles):
    found, html = shown(client, street, query)
    assert found == titles
    assert f"{len(titles)} " in html


@pytest.mark.parametrize("query", ["category=no-such", "food=yes", "food=%00", "category=books%27--", "open=2"])
def test_what_is_no_choice_is_explained_and_left_out(client, street, shops, query):
    found, html = shown(client, street, query)
    assert found == {"Hiệu sách", "Phở Một", "Quán Hai"}
    assert "filter__complaint" in html
    assert '<details class="filter" open>' in html


def test_what_a_filter_does_not_know_is_nothing_asked(client, street, shops):
    found, html = shown(client, street, "fbclid=abc")
    assert len(found) == 3
    assert "filter__complaint" not in html
    assert "noindex" not in html


def test_a_chosen_list_is_no_page_for_search_engines_and_names_the_whole_one(client, street, shops):
    html = client.get(f"{street.url}?food=1").content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{street.full_url}">' in html
    assert "noindex" not in client.get(street.url).content.decode()


def test_each_choice_can_be_taken_away_and_all_at_once(client, street, shops):
    html = client.get(f"{street.url}?food=1&category=soup").content.decode()
    assert f'href="{street.url}?category=soup#shops"' in html
    assert f'href="{street.url}?food=1#shops"' in html
    assert f'class="filter__clear" href="{street.url}#shops"' in html


def test_shops_whose_hours_nobody_knows_are_not_said_to_be_closed(client, street, shops):
    _found, html = shown(client, street, "open=1&food=1")
    assert "filter__count" in html
    assert " 2 " in html[html.index("filter__count") :][:400]


def test_a_shop_that_rests_is_not_open_now(client, street, shops):
    Shop.objects.update(closure="temporary", closed_since=timezone.localdate() - timedelta(days=1))
    found, _html = shown(client, street, "open=1")
    assert found == set()


def test_a_wish_is_not_kept_so_that_no_visitor_fills_the_cache(client, street, shops, monkeypatch):
    client.get(street.url)
    kept = []
    monkeypatch.setattr(caches["default"], "set", lambda *args, **kwargs: kept.append(args))
    for number in range(5):
        client.get(f"{street.url}?food=1&x={number}")
    assert kept == []


def test_shops_are_chosen_by_how_they_are_paid_and_how_one_gets_in(client, street, shops):
    Shop.objects.filter(pk=shops["soup"].shop_id).update(payment_kinds=["cash"], amenities=["wheelchair_entrance"])
    Shop.objects.filter(pk=shops["books"].shop_id).update(payment_kinds=["e_wallet"])
    assert shown(client, street, "pay=e_wallet")[0] == {"Hiệu sách"}
    assert shown(client, street, "access=1")[0] == {"Phở Một"}
    assert shown(client, street, "access=1&pay=e_wallet")[0] == set()
    assert "filter__complaint" in shown(client, street, "pay=contactless")[1]
