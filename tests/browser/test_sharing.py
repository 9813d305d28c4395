"""Sharing where a browser has a sheet for it, and in the browsers of chat apps, which often have nothing or refuse."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import HERITAGE

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PATH = HERITAGE.paths["vi"]
NO_SHEET = "delete Navigator.prototype.share;"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
REFUSED = "async () => { throw new DOMException('not here', 'NotAllowedError') }"
REFUSING_SHEET = f"navigator.share = {REFUSED};"
REFUSING_CLIPBOARD = f"Object.defineProperty(navigator, 'clipboard', {{value: {{writeText: {REFUSED}}}}});"


def tap_share(open_phone, script: str, path: str = PATH):
    """Open a page in a browser of that make and tap Share; return it with the errors nobody caught."""
    phone = open_phone()
    phone.add_init_script(script)
    uncaught = []
    phone.on("pageerror", lambda error: uncaught.append(str(error)))
    phone.goto(path)
    phone.locator("[data-share]").click()
    return phone, uncaught


def test_the_sheet_of_the_browser_gets_the_pages_own_address(open_phone, demo_site):
    phone, uncaught = tap_share(
        open_phone,
        "window.given = []; navigator.share = async (what) => { window.given.push(what) };",
        f"{PATH}?fbclid=abc&utm_source=zalo#story",
    )
    assert phone.evaluate("window.given") == [{"title": HERITAGE.titles["vi"], "url": demo_site.url + PATH}]
    expect(phone.locator("[data-share-address]")).to_be_hidden()
    assert uncaught == []


def test_closing_the_sheet_is_no_failure(open_phone):
    phone, uncaught = tap_share(
        open_phone, "navigator.share = async () => { throw new DOMException('closed', 'AbortError') };"
    )
    phone.wait_for_timeout(200)
    expect(phone.locator("[data-share-address]")).to_be_hidden()
    label = phone.locator("[data-share-label]")
    assert label.inner_text() != label.get_attribute("data-copied")
    assert uncaught == []


@pytest.mark.parametrize("sheet", [NO_SHEET, REFUSING_SHEET], ids=["no sheet", "refusing sheet"])
def test_without_a_sheet_the_address_is_copied_and_said_to_be(sheet, open_phone, demo_site):
    written = "{writeText: async (words) => { window.written = words }}"
    phone, uncaught = tap_share(
        open_phone, f"{sheet} Object.defineProperty(navigator, 'clipboard', {{value: {written}}});"
    )
    label = phone.locator("[data-share-label]")
    expect(label).to_have_text(label.get_attribute("data-copied"))
    assert phone.evaluate("window.written") == demo_site.url + PATH
    assert uncaught == []


@pytest.mark.parametrize("sheet", [NO_SHEET, REFUSING_SHEET], ids=["no sheet", "refusing sheet"])
@pytest.mark.parametrize("clipboard", [NO_CLIPBOARD, REFUSING_CLIPBOARD], ids=["no clipboard", "refusing clipboard"])
def test_where_nothing_works_the_address_stands_there_to_be_copied(sheet, clipboard, open_phone, demo_site):
    phone, uncaught = tap_share(open_phone, sheet + clipboard)
    field = phone.locator("[data-share-address] input")
    expect(field).to_be_visible()
    expect(field).to_have_value(demo_site.url + PATH)
    expect(field).to_have_attribute("readonly", "")
    expect(field).to_be_in_viewport(ratio=1)
    selected = "(one) => one.value.slice(one.selectionStart, one.selectionEnd)"
    assert field.evaluate(selected) == demo_site.url + PATH
    # Whoever tapped elsewhere and comes back finds it selected again.
    phone.locator("h1").click()
    field.tap()
    assert field.evaluate(selected) == demo_site.url + PATH
    assert field.bounding_box()["height"] >= 44
    assert uncaught == []


def test_without_scripts_nothing_of_it_is_there(open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(PATH)
    expect(phone.locator("[data-share]")).to_be_hidden()
    expect(phone.locator("[data-share-address]")).to_be_hidden()
