from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from streets.food_papers import PaperStatus
from streets.models import FoodVendorPage, ShopMember, ShopPage
from tests.factories import FoodVendorPageFactory, ShopCategoryFactory, ShopPageFactory, translate

pytestmark = pytest.mark.django_db
ISSUED = date(2024, 5, 1)


def test_a_query_for_shops_holds_food_vendors_too(street):
    shop, vendor = ShopPageFactory(parent=street), FoodVendorPageFactory(parent=street)
    assert set(ShopPage.objects.values_list("pk", flat=True)) == {shop.pk, vendor.pk}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"paper_kind": "commitment"}, {"paper_issued_on"}),
        ({"paper_kind": "certificate", "paper_issued_on": ISSUED}, {"paper_expires_on"}),
        ({"paper_kind": "certificate"}, {"paper_issued_on", "paper_expires_on"}),
        ({"paper_number": "12/2024"}, {"paper_kind"}),
        ({"paper_issued_on": ISSUED}, {"paper_kind"}),
        (
            {"paper_kind": "commitment", "paper_issued_on": ISSUED, "paper_expires_on": ISSUED},
            {"paper_expires_on"},
        ),
        (
            {"paper_kind": "certificate", "paper_issued_on": ISSUED, "paper_expires_on": ISSUED - timedelta(days=1)},
            {"paper_expires_on"},
        ),
    ],
)
def test_an_incomplete_paper_is_refused_at_the_field_that_is_wrong(fields, wrong):
    with pytest.raises(ValidationError) as refused:
        FoodVendorPage(title="Phở", **fields).clean()
    assert set(refused.value.message_dict) == wrong


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"paper_kind": "commitment", "paper_issued_on": ISSUED},
        {"paper_kind": "certificate", "paper_issued_on": ISSUED, "paper_expires_on": date(2027, 5, 1)},
    ],
)
def test_a_complete_paper_or_none_at_all_is_accepted(fields):
    FoodVendorPage(title="Phở", **fields).clean()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-05-01T16:59:59Z", PaperStatus.EXPIRING), ("2026-05-01T17:00:00Z", PaperStatus.EXPIRED)],
)
def test_the_day_changes_at_midnight_in_the_ward_not_in_greenwich(moment, expected):
    vendor = FoodVendorPage(paper_kind="certificate", paper_issued_on=ISSUED, paper_expires_on=date(2026, 5, 1))
    with time_machine.travel(moment, tick=False):
        assert vendor.paper_status == expected


@time_machine.travel("2026-03-01T05:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("until", "style", "vietnamese", "english"),
    [
        (date(2027, 5, 1), "in-force", "01/05/2027", "In force"),
        (date(2026, 5, 1), "expiring", "01/05/2026", "Expires soon"),
        (date(2026, 2, 1), "open", "01/02/2026", "No longer in force"),
    ],
)
def test_the_page_ages_by_itself_in_both_languages(client, street, until, style, vietnamese, english):
    vendor = FoodVendorPageFactory(
        parent=street, paper_kind="certificate", paper_issued_on=ISSUED, paper_expires_on=until
    )
    translation = translate(vendor, "Noodles")
    shown = client.get(vendor.url).content.decode()
    assert f"paper__status--{style}" in shown
    assert vietnamese in shown
    assert f">{english}<" in client.get(translation.url).content.decode()


def test_no_recorded_paper_is_told_as_unknown(client, street):
    vendor = FoodVendorPageFactory(parent=street)
    shown = client.get(translate(vendor, "Noodles").url).content.decode()
    assert "has not recorded a paper" in shown
    assert "paper__status" not in shown


def test_a_shop_that_sells_no_food_says_nothing_of_food_safety(client, street):
    assert "food-safety" not in client.get(ShopPageFactory(parent=street).url).content.decode()


def test_a_public_phone_number_can_be_called_with_one_touch(client, street):
    shop = ShopPageFactory(parent=street, phone="024 3833-1234")
    assert 'href="tel:02438331234"' in client.get(shop.url).content.decode()


def test_a_phone_number_that_cannot_be_dialled_is_refused(street):
    with pytest.raises(ValidationError) as refused:
        ShopPageFactory(parent=street, phone="hỏi chủ quán")
    assert "phone" in refused.value.message_dict


def test_a_shops_category_is_named_in_the_visitors_language(client, street):
    shop = ShopPageFactory(parent=street, category=ShopCategoryFactory(names={"vi": "Bún", "en": "Vermicelli"}))
    translation = translate(shop, "A Shop")
    assert "Bún" in client.get(shop.url).content.decode()
    assert "Vermicelli" in client.get(translation.url).content.decode()


def test_a_category_in_use_cannot_be_deleted(street):
    category = ShopCategoryFactory()
    ShopPageFactory(parent=street, category=category)
    with pytest.raises(ProtectedError):
        category.delete()


def test_a_person_keeps_a_shop_once(street, django_user_model):
    shop, user = ShopPageFactory(parent=street), django_user_model.objects.create_user("chuquan")
    ShopMember.objects.create(shop=shop, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShopMember.objects.create(shop=shop, user=user)
