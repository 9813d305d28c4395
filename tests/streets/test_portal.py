"""The vendor's own corner."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from streets.models import ShopMember
from tests.factories import FoodVendorPageFactory, ShopPageFactory
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db


def address(name: str, language: str = "vi") -> str:
    with override(language):
        return reverse(name)


@pytest.fixture
def vendor(django_user_model):
    return django_user_model.objects.create_user("chuquan", password="chuquan-1")


@pytest.fixture
def own_shop(street, vendor):
    shop = FoodVendorPageFactory(parent=street, title="Phở Của Tôi")
    ShopMember.objects.create(shop=shop.shop, user=vendor)
    return shop


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(client, own_shop):
    answer = client.get(address("portal:home"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{address('accounts:sign_in')}?next={address('portal:home')}"


def test_a_vendor_signs_in_and_sees_their_shops(client, own_shop):
    form = {"username": "chuquan", "password": "chuquan-1"}
    answer = client.post(address("accounts:sign_in"), form, follow=True)
    assert "Phở Của Tôi" in answer.content.decode()


def test_a_vendor_sees_no_shop_of_anybody_else(client, vendor, own_shop, street, django_user_model):
    other = ShopPageFactory(parent=street, title="Quán Người Khác")
    ShopMember.objects.create(shop=other.shop, user=django_user_model.objects.create_user("nguoikhac"))
    ShopPageFactory(parent=street, title="Quán Không Chủ")
    client.force_login(vendor)
    shown = client.get(address("portal:home")).content.decode()
    assert "Phở Của Tôi" in shown
    assert "Quán" not in shown.replace("Quán của", "")


def test_a_vendor_sees_the_code_and_the_scans_of_the_own_plaque(client, vendor, own_shop):
    plaque = Plaque.objects.for_page(own_shop)
    for _ in range(3):
        client.get(f"/q/{plaque.code}")
    client.force_login(vendor)
    shown = client.get(address("portal:home", "en")).content.decode()
    assert plaque.printed_code in shown
    assert "3 in the last 30 days" in shown


def test_an_unpublished_shop_is_still_its_keepers(client, vendor, own_shop):
    own_shop.unpublish()
    client.force_login(vendor)
    shown = client.get(address("portal:home", "en")).content.decode()
    assert "Phở Của Tôi" in shown
    assert "Not published at present" in shown


def test_a_person_without_a_shop_learns_who_can_link_one(client, ward, vendor):
    client.force_login(vendor)
    assert "No shop has been linked" in client.get(address("portal:home", "en")).content.decode()


def test_what_a_vendor_sees_is_kept_by_no_cache(client, vendor, own_shop):
    client.force_login(vendor)
    kept = client.get(address("portal:home")).headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_a_vendor_has_no_way_into_the_admin(client, vendor, own_shop):
    client.force_login(vendor)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
