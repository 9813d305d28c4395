"""A visitor's language from the scan to the next scan, on a phone that runs no script."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import HERITAGE

pytestmark = pytest.mark.browser


@pytest.fixture
def short_link(demo_site):
    return f"/q/{demo_site.codes('is_primary=True')[0]}"


def test_who_wishes_a_language_we_lack_is_told_in_english_why(open_phone, short_link):
    phone = open_phone(locale="ko-KR", java_script_enabled=False)
    phone.goto(short_link)
    sentence = phone.get_by_text("This page is not in your language yet; here it is in English.")
    expect(sentence).to_be_visible()
    # The page stays at its top, where the ward's name and the switch are.
    expect(phone.get_by_role("link", name="Tiếng Việt")).to_be_in_viewport()
    phone.goto(HERITAGE.paths["en"])
    expect(sentence).to_be_hidden()


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
def test_who_gets_the_wished_language_is_told_nothing(open_phone, short_link, locale):
    phone = open_phone(locale=locale)
    phone.goto(short_link)
    assert "#" not in phone.url
    assert phone.locator(".wish-note:visible").count() == 0


def test_a_choice_is_remembered_for_the_next_scan(open_phone, short_link):
    phone = open_phone(locale="vi-VN", java_script_enabled=False)
    phone.goto(short_link)
    assert phone.context.cookies() == []
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    assert "next=" not in phone.url
    assert [cookie["name"] for cookie in phone.context.cookies()] == ["language"]
    phone.goto(short_link)
    expect(phone.locator("html")).to_have_attribute("lang", "en")


def wait_for_fonts(phone) -> None:
    """Ask again and again: without scripts a page draws no frames for Playwright to wait by."""
    for _ in range(300):
        if phone.evaluate("document.fonts.status") == "loaded":
            return
        phone.wait_for_timeout(100)
    pytest.fail("fonts still on their way after half a minute")


def test_a_photo_that_has_not_come_shows_its_colours_and_moves_nothing_when_it_comes(open_phone):
    phone = open_phone(java_script_enabled=False)
    # Neither answered nor refused, as on a slow line.
    phone.route("**/uploads/**", lambda route: None)
    phone.goto(HERITAGE.paths["vi"], wait_until="domcontentloaded")
    frame = phone.locator(".photo .picture")
    expect(frame.locator("rect").first).to_be_visible()  # the document is parsed before it is laid out
    wait_for_fonts(phone)
    assert frame.locator("rect").first.bounding_box()["width"] > 100
    before = (frame.bounding_box(), phone.locator("h1").bounding_box())
    phone = open_phone(java_script_enabled=False)
    phone.goto(HERITAGE.paths["vi"], wait_until="networkidle")
    frame = phone.locator(".photo .picture")
    assert frame.locator("img").evaluate("image => image.naturalWidth") > 0
    assert (frame.bounding_box(), phone.locator("h1").bounding_box()) == before
