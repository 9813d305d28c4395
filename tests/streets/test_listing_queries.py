"""What the fullest pages cost: twelve queries at most when made anew, none when kept."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from streets.measures import MEASURES
from streets.models import (
    Criterion,
    CriterionWording,
    MeasureSnapshot,
    Product,
    Shop,
    ShopMember,
    ShopPhoto,
    StreetProgramme,
)
from streets.months import last_months, month_of
from tests.factories import FoodVendorPageFactory, PictureFactory, ProgrammeFactory, ShopCategoryFactory, translate
from tests.streets.accounts import active
from tests.streets.food import a_paper, an_inspection

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def queries_of(client, address):
    """The queries of a page whose photos and site have been drawn before."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in captured]


def fill(page, number=12):
    """Give a vendor's page all that one may have."""
    page.photo, page.photo_alt, page.phone = PictureFactory(), "Ảnh", "024 3833 1234"
    page.house_number, page.legal_name, page.links = "12", "Hộ kinh doanh Thử", "https://zalo.me/1"
    page.gallery = [ShopPhoto(picture=PictureFactory(), alt=f"{n}", locale=page.locale) for n in range(number - 1)]
    page.save_revision().publish()
    today = timezone.localdate()
    Shop.objects.filter(pk=page.shop_id).update(
        payment_kinds=["cash"],
        amenities=["wifi"],
        price_from=5000,
        price_to=65000,
        gives_e_invoice=True,
        confirmed_by_owner_on=today,
        confirmed_by_officer_on=today,
    )
    for n in range(number):
        Product.objects.create(shop=page.shop, name={"vi": f"Món {n}"}, price=30000, allergens=["fish"])
    for n in range(3):
        a_paper(page.shop, number=f"{n}/2026")
        an_inspection(page.shop, days_ago=60 + n, finding="Sàn ướt", finalised_on=today)


def test_the_fullest_page_of_a_vendor(client, street, editor, second_officer):
    page = FoodVendorPageFactory(parent=street, category=ShopCategoryFactory())
    translate(page, "Vendor")
    fill(page)
    active(page.shop, editor, second_officer)
    page.refresh_from_db()
    found = queries_of(client, page.url)
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:200] for sql in found)


def test_a_full_page_of_a_shop_that_has_moved(client, street, editor, second_officer):
    to, page = (FoodVendorPageFactory(parent=street, category=ShopCategoryFactory()) for _ in range(2))
    fill(page)
    active(page.shop, editor, second_officer)
    Shop.objects.filter(pk=page.shop_id).update(closure="moved", moved_to=to.shop, closed_since=date(2026, 1, 1))
    found = queries_of(client, page.url)
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:200] for sql in found)


@pytest.mark.parametrize("query", ["", "?open=1&food=1&pay=verified&access=1", "?category=category-x"])
def test_a_street_of_forty_full_shops(client, street, query, django_user_model):
    street.photo, street.photo_alt, street.hotline = PictureFactory(), "Ảnh", "024 3833 1234"
    for number in range(3):
        programme = ProgrammeFactory(names={"vi": f"Ch {number}", "en": f"P {number}"})
        programme.criteria = [Criterion(measure=measure, target=50) for measure in MEASURES]
        for one in programme.criteria.all():
            one.wordings = [CriterionWording(language=language, name="Một") for language in ("vi", "en")]
        programme.save()
        street.programme_links = [*street.programme_links.all(), StreetProgramme(programme=programme)]
    street.save_revision().publish()
    for measure in MEASURES:
        for month in last_months(month_of(timezone.localdate()), 12):
            MeasureSnapshot.objects.create(
                street_key=street.translation_key, measure=measure, month=month, taken_on=month, met=1, counted=2
            )
    categories = [ShopCategoryFactory() for _ in range(5)]
    keeper = django_user_model.objects.create_user("nguoiban")
    for number in range(40):
        page = FoodVendorPageFactory(parent=street, category=categories[number % 5])
        page.photo, page.photo_alt = PictureFactory(), "Ảnh"
        page.save()
        ShopMember.objects.create(shop=page.shop, user=keeper)
        a_paper(page.shop)
    found = queries_of(client, street.url + query)
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:200] for sql in found)


def test_what_is_kept_costs_nothing(client, street, monkeypatch, settings):
    settings.PAGE_CACHE_SECONDS = 600
    page = FoodVendorPageFactory(parent=street, category=ShopCategoryFactory())
    fill(page, 2)
    for address in (page.url, street.url):
        assert queries_of(client, address) == []


def test_home_and_lists_stay_within_the_limit(client, ward, street):
    for _ in range(13):
        fill(FoodVendorPageFactory(parent=street, category=ShopCategoryFactory()), 1)
    with translation.override("vi"):
        addresses = [ward.homes["vi"].url, street.get_parent().url]
    for address in addresses:
        found = queries_of(client, address)
        assert len(found) <= MOST_QUERIES, (address, "\n".join(sql[:200] for sql in found))


@pytest.mark.parametrize(
    ("closure", "is_told"), [("", True), ("temporary", True), ("moved", False), ("for_good", False)]
)
def test_goods_of_a_shop_that_has_left_are_not_offered(client, street, closure, is_told):
    page = FoodVendorPageFactory(parent=street)
    Product.objects.create(shop=page.shop, name={"vi": "Món Thử"}, price=30000)
    Shop.objects.filter(pk=page.shop_id).update(closure=closure, closed_since=timezone.localdate())
    assert ("Món Thử" in client.get(page.url).content.decode()) is is_told
