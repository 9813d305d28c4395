"""A walk with a phone: stamps are kept in it and nowhere else, and nothing needs a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import TRAIL

pytestmark = pytest.mark.browser

STOPS = [
    "/vi/di-tich/chua-thanh-chua/",
    "/vi/tuyen-pho/pho-tran-thai-tong/",
    "/vi/di-tich/dinh-dich-vong-hau/",
    "/vi/di-tich/chua-due-tu/",
    "/vi/di-tich/chua-hoa-lang/",
    "/vi/di-tich/dinh-an-phu/",
]


def stamps_on(phone, path: str = TRAIL.paths["vi"]) -> list[bool]:
    phone.goto(path)
    return [mark.is_visible() for mark in phone.locator(".stops [data-stamp-mark]").all()]


def test_every_plaque_leads_to_the_next_and_its_stamp_is_on_the_trail(open_phone):
    phone = open_phone()
    sent = []
    phone.on("request", lambda request: sent.append((request.method, request.url)))
    phone.goto(STOPS[0])
    for number, path in enumerate(STOPS, start=1):
        assert phone.url.endswith(path)
        phone.locator("[data-stamp-here]").click()
        expect(phone.locator("[data-stamp-here]")).to_be_hidden()
        expect(phone.locator(".on-trail [data-stamp-mark]")).to_be_visible()
        expect(phone.locator("[data-stamp-count]")).to_contain_text(str(number))
        if number < len(STOPS):
            phone.locator(".on-trail__next a").click()
    assert {method for method, _url in sent} <= {"GET"}
    assert not any(part in url for _method, url in sent for part in ("?", "stamp"))
    assert stamps_on(phone) == [True] * len(STOPS)
    expect(phone.locator("[data-stamp-done]")).to_be_visible()
    # The other language's trail is the same trail.
    assert stamps_on(phone, TRAIL.paths["en"]) == [True] * len(STOPS)


def test_stamps_are_forgotten_when_the_visitor_says_so(open_phone):
    phone = open_phone()
    phone.goto(STOPS[2])
    phone.locator("[data-stamp-here]").click()
    assert stamps_on(phone) == [False, False, True, False, False, False]
    expect(phone.locator("[data-stamp-done]")).to_be_hidden()
    phone.locator("[data-stamp-forget]").click()
    expect(phone.locator("[data-stamp-forget]")).to_be_hidden()
    assert stamps_on(phone) == [False] * len(STOPS)
    assert "[" not in phone.evaluate("localStorage.getItem('wardmark-stamps')")


def test_without_scripts_no_stamp_is_offered_and_the_way_is_told(open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(STOPS[0])
    for part in ("[data-stamp-card]", "[data-stamp-here]", "[data-stamp-mark]", "[data-stamp-refused]"):
        expect(phone.locator(part)).to_be_hidden()
    phone.locator(".on-trail__next a").click()
    assert phone.url.endswith(STOPS[1])
    phone.goto(TRAIL.paths["vi"])
    expect(phone.locator("[data-stamp-card]")).to_be_hidden()
    expect(phone.locator(".stops .card__title a")).to_have_count(len(STOPS))


@pytest.mark.parametrize("refused", ["getItem", "setItem"])
def test_a_browser_that_keeps_nothing_gets_a_page_that_works(open_phone, refused):
    phone = open_phone()
    complaints = []
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    phone.add_init_script(f"Storage.prototype.{refused} = () => {{ throw new DOMException('no', 'SecurityError'); }};")
    phone.goto(STOPS[0])
    button = phone.locator("[data-stamp-here]")
    if refused == "getItem":
        expect(button).to_be_hidden()
    else:
        button.click()
        expect(phone.locator("[data-stamp-refused]")).to_be_visible()
        expect(button).to_be_visible()
    assert complaints == []


def test_damaged_memory_is_no_hindrance(open_phone):
    phone = open_phone()
    complaints = []
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    for nonsense in ("{", "3", "null", '"x"', "[]"):
        phone.goto(STOPS[0])
        phone.evaluate("words => localStorage.setItem('wardmark-stamps', words)", nonsense)
        phone.goto(STOPS[0])
        phone.locator("[data-stamp-here]").click()
        expect(phone.locator(".on-trail [data-stamp-mark]")).to_be_visible()
    assert complaints == []


def test_the_leaflet_is_one_tap_away(open_phone):
    phone = open_phone()
    phone.goto(TRAIL.paths["vi"])
    address = phone.locator("a[type='application/pdf']").get_attribute("href")
    answer = phone.request.get(address)
    assert answer.body().startswith(b"%PDF")
