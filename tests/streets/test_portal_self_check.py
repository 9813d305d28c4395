"""The vendor's own food-safety check in the vendors' corner."""

import pytest
from django.urls import reverse
from django.utils import timezone

from streets.models import SelfCheck, SelfCheckPoint, ShopMember
from tests.factories import FoodVendorPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor(django_user_model):
    return django_user_model.objects.create_user("nhanvien")


@pytest.fixture
def food_shop(street, vendor):
    page = FoodVendorPageFactory(parent=street)
    ShopMember.objects.create(shop=page.shop, user=vendor, role="staff")
    return page


@pytest.fixture
def phone(client, vendor):
    client.force_login(vendor)
    return client


@pytest.fixture
def points(db):
    SelfCheckPoint.objects.all().delete()
    return [SelfCheckPoint.objects.create(key=f"point-{n}", sort_order=n) for n in range(3)]


def address(page) -> str:
    return reverse("portal:self_check", args=[page.shop.page_key])


def test_what_is_in_order_is_kept_as_the_vendors_own_word_of_today(phone, food_shop, points, vendor):
    shown = phone.get(address(food_shop)).content.decode()
    assert shown.count('type="checkbox"') == len(points)
    answer = phone.post(address(food_shop), {"points": [points[0].pk, points[2].pk]})
    assert answer.status_code == 302
    check = SelfCheck.objects.get()
    assert (check.shop, check.met, check.asked, check.by_vendor, check.entered_by, check.checked_on) == (
        food_shop.shop, 2, 3, True, vendor, timezone.localdate(),
    )  # fmt: skip
    assert set(check.points.all()) == {points[0], points[2]}


def test_a_form_that_was_sent_twice_is_one_check_and_another_one_is_another(phone, food_shop, points):
    for ticked in ([points[0].pk], [points[0].pk], [points[1].pk], []):
        phone.post(address(food_shop), {"points": ticked})
    assert list(SelfCheck.objects.order_by("pk").values_list("met", flat=True)) == [1, 1, 0]


@pytest.mark.parametrize("point", ["999999", "9" * 30, "-1", "x", "\0"])
def test_what_is_no_point_is_refused(point, phone, food_shop, points):
    assert phone.post(address(food_shop), {"points": [point]}).status_code == 422
    assert not SelfCheck.objects.exists()


def test_without_points_there_is_nothing_to_tick(phone, food_shop, points):
    SelfCheckPoint.objects.all().delete()
    assert 'type="checkbox"' not in phone.get(address(food_shop)).content.decode()
    assert phone.post(address(food_shop), {}).status_code == 422


def test_a_shop_that_serves_no_food_has_no_such_check(phone, shop, vendor, points):
    ShopMember.objects.create(shop=shop.shop, user=vendor)
    assert phone.get(address(shop)).status_code == 404
