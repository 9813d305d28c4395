"""The own counter card, scanned by somebody who keeps the shop: a check, and no visitor's scan."""

from datetime import timedelta
from io import BytesIO

import pytest
import qrcode
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from streets.models import CardCheck, ShopMember
from streets.portal.card import SCAN_COUNTS_FOR
from tests.factories import ShopPageFactory
from wardmark.plaques.models import Plaque, PlaqueAlert, ScanCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def plaque(shop):
    return Plaque.objects.for_page(shop)


@pytest.fixture
def phone(client, shop, django_user_model):
    user = django_user_model.objects.create_user("nhanvien")
    ShopMember.objects.create(shop=shop.shop, user=user, role="staff")
    client.force_login(user)
    return client


def found(shop, plaque) -> str:
    return reverse("portal:card_found", args=[shop.shop.page_key, plaque.code])


def card(shop) -> str:
    return reverse("portal:card", args=[shop.shop.page_key])


def drawn(text: str) -> SimpleUploadedFile:
    buffer = BytesIO()
    qrcode.make(text).save(buffer, "PNG")
    return SimpleUploadedFile("card.png", buffer.getvalue(), "image/png")


def checked_at(shop):
    shop.shop.refresh_from_db()
    return shop.shop.card_checked_at


def test_the_settings_name_functions_that_are_there(settings):
    assert all(map(callable, map(import_string, settings.OWN_SCANS)))


def test_a_member_who_scans_the_own_card_says_with_one_tap_that_it_is_good(phone, shop, plaque):
    scan = phone.get(f"/q/{plaque.code}")
    assert (scan.status_code, scan.headers["Location"]) == (302, found(shop, plaque))
    assert 'value="good"' in phone.get(found(shop, plaque)).content.decode()
    assert phone.post(found(shop, plaque), {"finding": "good"}).status_code == 302
    assert checked_at(shop) is not None
    assert not ScanCount.objects.exists()


def test_others_who_scan_it_are_visitors_and_are_counted(phone, client, shop, plaque, street):
    other = Plaque.objects.for_page(ShopPageFactory(parent=street))
    assert phone.get(f"/q/{other.code}").headers["Location"].startswith("/vi/")
    assert phone.get(f"/q/{other.code}").headers["Location"] != found(shop, other)
    assert ScanCount.objects.get().scans == 2
    client.logout()
    assert client.get(f"/q/{plaque.code}").headers["Location"].startswith(shop.url)
    assert ScanCount.objects.get(plaque=plaque).scans == 1


def test_who_left_the_shop_is_a_visitor_again(phone, shop, plaque):
    ShopMember.objects.update(ended_at=timezone.now())
    assert phone.get(f"/q/{plaque.code}").headers["Location"] != found(shop, plaque)
    assert ScanCount.objects.get().scans == 1


def test_a_visitor_who_scans_pays_no_query_for_it(client, shop, plaque, settings, django_assert_max_num_queries):
    client.get(f"/q/{plaque.code}")
    with django_assert_max_num_queries(1000) as queries:
        client.get(f"/q/{plaque.code}")
    with_it, settings.OWN_SCANS = len(queries), []
    with django_assert_max_num_queries(1000) as queries:
        client.get(f"/q/{plaque.code}")
    assert len(queries) == with_it


def test_without_a_fresh_scan_nobody_says_that_a_card_is_good(phone, shop, plaque):
    assert 'value="good"' not in phone.get(found(shop, plaque)).content.decode()
    assert phone.post(found(shop, plaque), {"finding": "good"}).status_code == 422
    with time_machine.travel(timezone.now(), tick=False) as clock:
        phone.get(f"/q/{plaque.code}")
        clock.shift(SCAN_COUNTS_FOR + timedelta(seconds=1))
        assert phone.post(found(shop, plaque), {"finding": "good"}).status_code == 422
    assert checked_at(shop) is None
    assert not CardCheck.objects.exists()


@pytest.mark.parametrize("finding", ["damaged", "pasted_over"])
def test_a_card_that_cannot_be_scanned_is_told_to_the_ward(phone, shop, plaque, finding):
    assert phone.post(found(shop, plaque), {"finding": finding}).status_code == 302
    assert PlaqueAlert.objects.get().kind == finding


@pytest.mark.parametrize("finding", ["", "splendid", "silent"])
def test_what_is_no_finding_is_refused(phone, shop, plaque, finding):
    phone.get(f"/q/{plaque.code}")
    assert phone.post(found(shop, plaque), {"finding": finding}).status_code == 422
    assert not CardCheck.objects.exists()


def test_a_code_of_another_shop_is_not_found_under_ones_own(phone, shop, street):
    other = Plaque.objects.for_page(ShopPageFactory(parent=street))
    assert phone.get(found(shop, other)).status_code == 404
    assert phone.post(found(shop, other), {"finding": "damaged"}).status_code == 404
    assert not PlaqueAlert.objects.exists()


@pytest.mark.parametrize("code", ["%00", "AAAAAAA", "%F0%9F%8D%9C", "x" * 300])
def test_what_cannot_be_a_code_is_not_found(code, phone, shop, plaque):
    there = found(shop, plaque).replace(plaque.code, code)
    assert phone.get(there).status_code == 404
    assert phone.post(there, {"finding": "damaged"}).status_code == 404


@pytest.mark.parametrize("way", ["typed", "typed as printed", "short link pasted", "photo"])
def test_where_the_camera_opens_another_browser_the_card_is_typed_or_photographed(phone, shop, plaque, settings, way):
    link = f"{settings.PLAQUE_BASE_URL}/q/{plaque.code}"
    form = {
        "typed": {"code": plaque.code.lower()},
        "typed as printed": {"code": f" {plaque.printed_code} "},
        "short link pasted": {"code": link},
        "photo": {"photo": drawn(link)},
    }[way]
    answer = phone.post(card(shop), form)
    assert (answer.status_code, answer.headers.get("Location")) == (302, found(shop, plaque))
    assert phone.post(found(shop, plaque), {"finding": "good"}).status_code == 302
    assert checked_at(shop) is not None


def test_another_code_on_the_counter_is_called_what_it_is(phone, shop, street):
    other = Plaque.objects.for_page(ShopPageFactory(parent=street, title="Quán Bên Cạnh"))
    answer = phone.post(card(shop), {"code": other.code})
    assert answer.context["looked"].other_name == "Quán Bên Cạnh"
    for form in ({"photo": drawn("https://evil.example/q/7K3")}, {"code": "https://evil.example/"}):
        assert phone.post(card(shop), form).context["looked"].is_foreign
    blank = BytesIO()
    qrcode.make("x").copy().resize((8, 8)).save(blank, "PNG")
    empty = SimpleUploadedFile("x.png", blank.getvalue(), "image/png")
    looked = phone.post(card(shop), {"photo": empty}).context["looked"]
    assert (looked.is_own, looked.is_foreign, looked.plaque) == (False, False, None)
    assert checked_at(shop) is None


def test_the_payment_card_is_checked_by_its_serial_number(phone, shop, account):
    answer = phone.post(card(shop), {"code": account.printed_serial})
    assert answer.context["looked"].payment.verdict == "matches"
    assert 'data-verdict="matches"' in answer.content.decode()


def test_an_empty_form_asks_for_something(phone, shop):
    answer = phone.post(card(shop), {})
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_a_page_of_ones_own_cannot_be_kept_by_any_cache(phone, shop, plaque):
    for url in (card(shop), found(shop, plaque), f"/q/{plaque.code}"):
        assert "no-store" in phone.get(url).headers["Cache-Control"]
