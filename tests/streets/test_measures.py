"""Every figure equals a recount shop by shop, whatever the world looks like."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from streets.measures import MEASURES, ShopFacts, Tally, tallies
from streets.models import Shop, ShopMember
from streets.shop_facts import facts_by_shop, with_facts
from streets.snapshots import current_tallies, open_streets
from streets.street_shops import below
from tests.factories import ShopPageFactory, StreetPageFactory, translate
from wardmark.plaques.lifecycle import install
from wardmark.plaques.models import Plaque

FACTS = st.builds(ShopFacts, **{field.name: st.booleans() for field in fields(ShopFacts)})
TODAY = timezone.localdate


@given(st.lists(FACTS, max_size=30))
def test_a_measure_counts_each_shop_once_and_never_more_than_count(shops):
    for key, tally in tallies(shops).items():
        measure = MEASURES[key]
        counted = [shop for shop in shops if measure.counts(shop)]
        assert tally == Tally(len([shop for shop in counted if measure.is_met(shop)]), len(counted))
        assert 0 <= tally.met <= tally.counted <= len(shops)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_is_whole_only_where_all_meet_it_and_unknown_without_shops(met, more):
    tally = Tally(met, met + more)
    assert (tally.percent is None) == (met + more == 0)
    assert (tally.percent == 100) == (more == 0 and met > 0)


# ---- shops in the database, recounted one by one -----------------------------------------------


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(f"nguoiban{n}") for n in range(2)]


def make_shop(street, people, *, claims=0, plaques=(), closure="", **more):
    """A shop with that many keepers, and with a plaque for each number of days since it was checked (None: never)."""
    page = ShopPageFactory(parent=street, **more)
    for person in people[:claims]:
        ShopMember.objects.create(shop=page.shop, user=person)
    for number, days in enumerate(plaques):
        primary = Plaque.objects.for_page(page)
        plaque = primary if number == 0 else Plaque.objects.issue(page_key=page.translation_key)
        install(plaque=plaque, by=None)
        checked = None if days is None else TODAY() - timedelta(days=days)
        Plaque._base_manager.filter(pk=plaque.pk)._update([(Plaque._meta.get_field("last_checked_on"), None, checked)])
    Shop.objects.filter(pk=page.shop_id).update(closure=closure, closed_since=TODAY() if closure else None)
    return page


def recount(street) -> dict[str, Tally]:
    """The same figures by looking at one shop after the other."""
    met, counted = dict.fromkeys(MEASURES, 0), dict.fromkeys(MEASURES, 0)
    for page in street.get_children().live():
        shop = Shop.objects.get(page_key=page.translation_key)
        if shop.closure in ("moved", "for_good"):
            continue
        counted["claimed"] += 1
        met["claimed"] += shop.members.exists()
        hanging = [plaque for plaque in Plaque.objects.filter(page_key=page.translation_key) if plaque.is_standing]
        if hanging:
            counted["plaques-checked"] += 1
            days = [plaque.last_checked_on and (TODAY() - plaque.last_checked_on).days for plaque in hanging]
            met["plaques-checked"] += all(day is not None and day <= 30 for day in days)
    return {key: Tally(met[key], counted[key]) for key in ("claimed", "plaques-checked")}


def counted_on(street) -> dict[str, Tally]:
    pages = with_facts(below(street), today=TODAY()).select_related("shop")
    found = tallies(facts_by_shop(pages, today=TODAY()).values())
    return {key: found[key] for key in ("claimed", "plaques-checked")}


WORLDS = {
    "nothing": [],
    "one of each": [{"claims": 1}, {"plaques": [0]}, {"plaques": [31]}, {"plaques": [None]}],
    "keepers counted once": [{"claims": 2}, {"claims": 2, "plaques": [30]}, {}],
    "all plaques of a shop": [{"plaques": [1, 30]}, {"plaques": [1, 31]}, {"plaques": [0, None]}],
    "gone": [{"claims": 1, "closure": "moved"}, {"plaques": [3], "closure": "for_good"}, {"closure": "temporary"}],
    "drafts": [{"claims": 1, "live": False}, {"claims": 1}],
}


@pytest.mark.django_db
@pytest.mark.parametrize("shops", WORLDS.values(), ids=WORLDS)
def test_figures_equal_a_recount(street, people, shops):
    for shop in shops:
        make_shop(street, people, **shop)
    assert counted_on(street) == recount(street)


@pytest.mark.django_db
def test_a_shop_counts_once_in_however_many_languages(street, people):
    page = make_shop(street, people, claims=1)
    translate(page, "Shop")
    make_shop(street, people)
    found = current_tallies(open_streets(), today=TODAY())[street.translation_key]
    assert found["claimed"] == Tally(1, 2)


@pytest.mark.django_db
def test_all_streets_are_counted_in_one_query(street, people, django_assert_num_queries):
    other = StreetPageFactory(parent=street.get_parent())
    for one in (street, other, other):
        make_shop(one, people, claims=1, plaques=[2])
    streets = open_streets()
    with django_assert_num_queries(1):
        found = current_tallies(streets, today=TODAY())
    assert found[street.translation_key]["claimed"] == Tally(1, 1)
    assert found[other.translation_key]["claimed"] == Tally(2, 2)
