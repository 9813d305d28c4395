"""A shop's page on a phone: what it offers stands there in both languages, with scripts off."""

import pytest

from tests.browser.places import FOOD_VENDOR, LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

OFFERED = {
    "vi": ("Phở bò tái", "50.000 ₫ / bát", "024 0000 0001", "Zalo", "Hộ kinh doanh Minh Hoạ Một"),
    "en": ("Phở with rare beef", "50,000 ₫ / bowl", "024 0000 0001", "Zalo", "Hộ kinh doanh Minh Hoạ Một"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_goods_prices_and_facts_are_there_without_scripts(open_phone, language):
    phone = open_phone(java_script_enabled=False)
    phone.goto(FOOD_VENDOR.paths[language])
    shown = phone.locator("main").inner_text()
    for words in OFFERED[language]:
        assert words in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_is_pushed_sideways_without_scripts(open_phone, language):
    phone = open_phone(java_script_enabled=False)
    phone.goto(FOOD_VENDOR.paths[language])
    gallery = phone.locator(".shop-gallery")
    photos = gallery.locator("img")
    assert photos.count() == 3
    assert all(photo.get_attribute("alt") for photo in photos.all())
    photos.last.scroll_into_view_if_needed()
    assert photos.last.bounding_box()["height"] > 0
    # The strip is wider than the phone, the page is not.
    assert phone.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")
