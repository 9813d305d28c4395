"""The main path in the browsers inside Zalo and Facebook, where most links are opened: one window, few powers."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import HERITAGE, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

ON_ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
ON_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
APPS = {
    "Zalo": ON_ANDROID
    + "Chrome/130.0.6723.102 Mobile Safari/537.36 Zalo android/24110020 ZaloTheme/light ZaloLanguage/vn",
    "Zalo on an iPhone": ON_IPHONE + "Mobile/15E148 Zalo iOS/634 ZaloTheme/light ZaloLanguage/vn",
    "Facebook": ON_ANDROID + "Chrome/130.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/490.0.0.63.82;IABMV/1;]",
    "Facebook on an iPhone": ON_IPHONE + "Mobile/22B83 [FBAN/FBIOS;FBAV/486.0.0.60;FBBV/653;FBDV/iPhone15,2]",
}
# What these browsers lack, at their poorest.
POOR = """
    delete Navigator.prototype.share;
    Object.defineProperty(navigator, "clipboard", {value: undefined});
    delete Navigator.prototype.serviceWorker;
    delete window.caches;
    delete Navigator.prototype.geolocation;
    delete Navigator.prototype.mediaSession;
    window.open = () => null;
"""


@pytest.mark.parametrize("app", APPS)
def test_a_scan_is_read_listened_to_passed_on_and_searched_from_inside_an_app(app, open_phone, demo_site, editor_page):
    phone = open_phone(user_agent=APPS[app])
    phone.add_init_script(POOR)
    complaints, opened = [], []
    phone.on("console", lambda message: message.type in {"error", "warning"} and complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    phone.context.on("page", lambda page: opened.append(page.url))
    code = demo_site.codes("names__vi='Chùa Hà', is_primary=True")[0]
    before = scans_of(editor_page)

    phone.goto(f"/q/{code}")
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["vi"])
    phone.locator("#story > summary").click()
    expect(phone.locator("#story .story")).to_be_visible()
    phone.locator("[data-listen]").click()
    expect(phone.locator("audio").first).to_be_in_viewport()
    phone.locator("[data-share]").click()
    expect(phone.locator("[data-share-address] input")).to_be_visible()
    expect(phone.locator("[data-keep]")).to_be_hidden()
    phone.get_by_role("combobox").fill("chua ha")
    phone.get_by_role("combobox").press("Enter")
    phone.wait_for_url("**/vi/tim-kiem/?q=chua+ha")
    phone.get_by_role("link", name=HERITAGE.titles["vi"], exact=True).click()
    expect(phone.locator(".action-bar")).to_be_visible()

    assert (complaints, opened) == ([], [])
    assert scans_of(editor_page) == before + 1


def scans_of(editor_page) -> int:
    editor_page.goto(f"/admin/pages/search/?q={HERITAGE.titles['vi']}")
    editor_page.get_by_role("link", name=HERITAGE.titles["vi"], exact=True).first.click()
    editor_page.get_by_role("tab", name="Biển").click()
    return int(editor_page.locator("dt:text-is('Lượt quét') + dd").inner_text())


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_no_link_asks_for_another_window(place, open_phone):
    phone = open_phone()
    phone.goto(place.paths["vi"])
    assert phone.locator("a[target], form[target]").count() == 0
