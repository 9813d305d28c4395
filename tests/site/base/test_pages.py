from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from heritage.models import HeritageIndexPage, HeritageSitePage, PersonPage, TrailIndexPage, TrailPage
from streets.models import FoodVendorPage, ShopPage, StreetIndexPage, StreetPage, StreetProgramme
from tests.factories import (
    FoodVendorPageFactory,
    HeritageIndexPageFactory,
    HeritageSitePageFactory,
    PictureFactory,
    ProgrammeFactory,
    ShopCategoryFactory,
    ShopPageFactory,
    StandardPageFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    translate,
)
from wardmark.base.models import HomePage, StandardPage
from wardmark.plaques.lifecycle import install
from wardmark.plaques.models import Plaque

# Of a page that is in no cache, its photos drawn before.
MOST_QUERIES = 12
CHILDREN = {
    HomePage: {HeritageIndexPage, StreetIndexPage, TrailIndexPage, StandardPage},
    HeritageIndexPage: {HeritageSitePage, PersonPage},
    HeritageSitePage: set(),
    PersonPage: set(),
    StreetIndexPage: {StreetPage},
    StreetPage: {ShopPage, FoodVendorPage},
    ShopPage: set(),
    FoodVendorPage: set(),
    StandardPage: {StandardPage},
    TrailIndexPage: {TrailPage},
    TrailPage: set(),
}


@pytest.mark.parametrize("parent", CHILDREN, ids=lambda model: model.__name__)
def test_pages_stand_only_where_they_belong(parent):
    # Wagtail never offers its own bare Page to create.
    assert set(parent.allowed_subpage_models()) - {Page} == CHILDREN[parent]


def test_only_a_home_page_stands_at_the_root():
    ours = {model for model in Page.allowed_subpage_models() if model is not Page}
    assert ours == {HomePage}


@pytest.mark.django_db
def test_half_a_position_is_refused_at_the_missing_half():
    with pytest.raises(ValidationError) as refused:
        HeritageSitePage(latitude=Decimal("21.03")).clean()
    assert set(refused.value.message_dict) == {"longitude"}


def test_a_photo_without_words_is_refused(ward):
    with pytest.raises(ValidationError) as refused:
        HeritageSitePage(photo=PictureFactory(), photo_alt="  ").clean()
    assert set(refused.value.message_dict) == {"photo_alt"}


@pytest.fixture
def tree(ward):
    """A live page of each type in Vietnamese, some with siblings, and its path."""
    home = ward.homes["vi"]
    heritage = HeritageIndexPageFactory(parent=home)
    translate(heritage, "Heritage")
    sites = [_placed(HeritageSitePageFactory, heritage, n) for n in range(3)]
    translate(sites[0], "Communal House")
    streets = StreetIndexPageFactory(parent=home)
    street = _placed(StreetPageFactory, streets, 5)
    street.programme_links.add(StreetProgramme(programme=ProgrammeFactory()))
    street.save()
    category = ShopCategoryFactory()
    shops = [_placed(ShopPageFactory, street, n, category=category) for n in range(3)]
    vendor = _placed(FoodVendorPageFactory, street, 9, category=category)
    for page in (sites[0], street, shops[0], vendor):
        _hang_plaque(page)
    return {"home": home, "heritage": sites[0], "street": street, "shop": shops[0], "vendor": vendor, "list": heritage}


def _placed(factory, parent, n, **fields):
    position = {"latitude": Decimal("21.03") + n * Decimal("0.001"), "longitude": Decimal("105.79")}
    return factory(parent=parent, photo=PictureFactory(), photo_alt="Ảnh", **position, **fields)


def _hang_plaque(page):
    """A plaque with a photo, which the page shows to be compared with."""
    plaque = Plaque.objects.for_page(page)
    install(plaque=plaque, by=None, photo=PictureFactory())


def more_of_everything(tree):
    for n in range(5):
        _placed(HeritageSitePageFactory, tree["heritage"].get_parent(), 20 + n)
        _placed(ShopPageFactory, tree["street"], 20 + n, category=tree["shop"].category)


@pytest.mark.parametrize("kind", ["home", "heritage", "street", "shop", "vendor", "list"])
def test_a_page_costs_the_same_queries_however_much_there_is(client, tree, kind):
    url = tree[kind].get_url()

    def queries() -> int:
        client.get(url)  # draws the photos, which publishing in the admin does beforehand
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries()
    more_of_everything(tree)
    assert queries() <= few
    assert few <= MOST_QUERIES


def test_a_page_names_itself_in_the_other_language_and_links_there(client, tree):
    html = client.get(tree["heritage"].get_url()).content.decode()
    english = tree["heritage"].get_translations().get()
    assert "Communal House" in html
    assert english.get_url() in html


def test_sample_data_is_said_on_the_page(client, tree):
    page = tree["heritage"]
    assert "Dữ liệu mẫu" not in client.get(page.get_url()).content.decode()
    page.is_illustrative = True
    page.save()
    assert "Dữ liệu mẫu" in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize("kind", ["home", "street", "vendor"])
def test_a_closed_page_elsewhere_leaves_the_limit(client, tree, kind, django_assert_max_num_queries):
    closed = StandardPageFactory(parent=tree["home"])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    client.get(tree[kind].get_url())
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(tree[kind].get_url())
