import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from streets.models import ShopMember, ShopPage
from tests.factories import FoodVendorPageFactory, ShopCategoryFactory, ShopPageFactory, translate

pytestmark = pytest.mark.django_db


def test_a_query_for_shops_holds_food_vendors_too(street):
    shop, vendor = ShopPageFactory(parent=street), FoodVendorPageFactory(parent=street)
    assert set(ShopPage.objects.values_list("pk", flat=True)) == {shop.pk, vendor.pk}


def test_a_shop_that_sells_no_food_says_nothing_of_food_safety(client, street):
    assert "food-safety" not in client.get(ShopPageFactory(parent=street).url).content.decode()


def test_a_public_phone_number_can_be_called_with_one_touch(client, street):
    shop = ShopPageFactory(parent=street, phone="024 3833-1234")
    assert 'href="tel:+842438331234"' in client.get(shop.url).content.decode()


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
    ShopMember.objects.create(shop=shop.shop, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShopMember.objects.create(shop=shop.shop, user=user)


def test_the_pages_of_a_shop_in_all_languages_share_one_shop(street):
    page = ShopPageFactory(parent=street)
    translation = translate(page, "Stationer")
    assert page.shop == translation.shop
    assert page.shop.page_key == page.translation_key


def test_a_shop_is_called_by_its_page_in_the_first_language(street):
    page = ShopPageFactory(parent=street, title="Tạp hoá Minh Hoạ")
    translate(page, "Stationer")
    page.shop.refresh_from_db()
    assert str(page.shop) == "Tạp hoá Minh Hoạ"


def test_a_copy_of_a_shops_page_is_another_shop(street):
    page = ShopPageFactory(parent=street)
    page.save_revision().publish()
    copy = page.copy(update_attrs={"title": "Cửa hàng khác", "slug": "khac"})
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    assert copy.shop != page.shop
    assert copy.shop.page_key == copy.translation_key


def test_an_older_text_of_a_page_published_again_keeps_its_shop(street):
    page = ShopPageFactory(parent=street)
    revision = page.save_revision()
    shop = page.shop
    revision.publish()
    page.refresh_from_db()
    assert page.shop == shop
