"""The maintenance round and a visitor's tap, on a phone in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import HERITAGE
from tests.media.photographs import photograph

pytestmark = pytest.mark.browser

HERE = {"latitude": 21.0371, "longitude": 105.7949}


@pytest.fixture
def staff(open_phone, demo_site):
    """Return a function that opens the phone of a signed-in editor."""

    def open_(**options):
        phone = open_phone(**options)
        phone.goto("/vi/tai-khoan/dang-nhap/")
        phone.fill("[name=username]", "editor")
        phone.fill("[name=password]", demo_site.password("editor"))
        phone.locator("main form button[type=submit]").click()
        phone.wait_for_load_state()
        return phone

    return open_


def codes_of(phone, path: str) -> list[str]:
    """The codes of the plaques that a place shows to be compared with."""
    phone.goto(path)
    actions = phone.locator(".genuine form").evaluate_all("all => all.map(one => one.getAttribute('action'))")
    return [re.fullmatch(r"/q/(\w+)/report/", action)[1] for action in actions]


@pytest.mark.parametrize("allowed", [True, False], ids=["position allowed", "position refused"])
def test_a_plaque_is_checked_with_a_photo_and_the_position_where_it_is_allowed(staff, open_phone, allowed, tmp_path):
    code = codes_of(open_phone(), HERITAGE.paths["vi"])[0]
    phone = staff(geolocation=HERE, permissions=["geolocation"] if allowed else [])
    complaints = []
    phone.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    phone.goto(f"/q/{code}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    check = phone.locator("form[action*='/check/']")
    if not check.is_visible():
        phone.locator("details:has(form[action*='/check/']) summary").click()
    check.locator("[data-position] button[type=button]").click()
    said = check.locator("[data-position] [role=status]")
    expect(said).not_to_be_empty()
    latitude = check.locator("[name=latitude]").input_value()
    assert latitude == ("21.037100" if allowed else "")
    shot = tmp_path / "plaque.jpg"
    shot.write_bytes(photograph(size=(1600, 1200)))
    check.locator("[type=file]").set_input_files(shot)
    check.locator("textarea").fill("Sạch")
    check.locator("button[value=fine]").click()
    expect(phone.locator(".round__message")).to_be_visible()
    assert phone.url.endswith(f"/q/{code}")
    expect(phone.locator(".round__photo img")).to_be_visible()
    expect(phone.get_by_text("Sạch")).to_be_visible()
    assert complaints == []
    visitor = open_phone()
    visitor.goto(HERITAGE.paths["vi"])
    visitor.locator(".genuine img").first.scroll_into_view_if_needed()
    expect(visitor.locator(".genuine img").first).to_be_visible()


def test_the_round_works_without_scripts(staff, open_phone):
    code = codes_of(open_phone(), HERITAGE.paths["vi"])[-1]
    phone = staff(java_script_enabled=False)
    phone.goto(f"/q/{code}")
    expect(phone.locator("[data-position]").first).to_be_hidden()
    if not phone.locator("form[action*='/check/']").is_visible():
        phone.locator("details:has(form[action*='/check/']) summary").click()
    phone.locator("button[value=damaged]").click()
    expect(phone.locator(".round__message")).to_be_visible()
    expect(phone.locator("span.round__state--damaged")).to_be_visible()


def test_a_blank_plaque_is_given_the_place_where_the_phone_is_and_hangs(staff, open_phone, demo_site):
    code = demo_site.codes("page_key=None")[-1]
    phone = staff(geolocation=HERE, permissions=["geolocation"])
    phone.goto(f"/q/{code}")
    phone.locator("[data-position] button[type=button]").click()
    nearest = phone.locator(".round__choices label").first
    expect(nearest).to_contain_text(re.compile(r"\d\sm"))
    phone.locator("[name=label]").fill("cổng thử")
    phone.locator("[name=name]").fill("chua ha")
    phone.locator("button[value=search]").click()
    expect(phone.locator("[name=label]")).to_have_value("cổng thử")
    phone.locator(".round__choices label", has_text=HERITAGE.titles["vi"]).first.click()
    phone.locator("button[value=link]").click()
    expect(phone.locator(".round__message")).to_contain_text(HERITAGE.titles["vi"])
    expect(phone.locator("span.round__state--installed")).to_be_visible()
    visitor = open_phone()
    visitor.goto(f"/q/{code}")
    assert visitor.url.endswith(HERITAGE.paths["vi"])


def test_every_button_of_the_round_is_large_enough_for_a_thumb(staff, open_phone):
    code = codes_of(open_phone(), HERITAGE.paths["vi"])[0]
    phone = staff(geolocation=HERE, permissions=["geolocation"])
    for path in (f"/q/{code}", f"/q/{code}/another-page/"):
        phone.goto(path)
        sizes = phone.locator("main button:visible, main a:visible, summary:visible").evaluate_all(
            "all => all.map(one => [one.innerText, one.getBoundingClientRect().height])"
        )
        assert sizes
        assert [size for size in sizes if size[1] < 44] == [], path


def test_a_visitor_says_with_one_tap_that_a_code_is_pasted_over_and_staff_see_and_close_it(staff, open_phone):
    visitor = open_phone(locale="en-GB")
    code = codes_of(visitor, HERITAGE.paths["en"])[0]
    visitor.locator(f".genuine form[action='/q/{code}/report/'] button[value=pasted_over]").click()
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
    assert re.search(r"/report/thanks/", visitor.url)
    assert visitor.context.cookies() == []

    phone = staff()
    phone.goto(f"/q/{code}")
    alert = phone.locator(".round__card--alert").first
    expect(alert).to_be_visible()
    alert.locator("input[type=text]").fill("Đã gỡ nhãn dán")
    alert.locator("button").click()
    expect(phone.locator(".round__message")).to_be_visible()
    expect(phone.locator(".round__card--alert")).to_have_count(0)


def test_a_tap_needs_no_script(open_phone):
    visitor = open_phone(java_script_enabled=False)
    visitor.goto(HERITAGE.paths["vi"])
    # Of another plaque than the test above, which counts alerts.
    visitor.locator(".genuine summary").last.click()
    visitor.locator(".genuine button[value=damaged]").last.click()
    assert "/report/thanks/" in visitor.url


def test_a_typed_code_is_said_to_be_ours_and_opens_with_one_tap(open_phone):
    phone = open_phone()
    code = codes_of(phone, HERITAGE.paths["vi"])[0]
    phone.goto("/q/")
    phone.locator("#code").fill(f"{code[:3]}-{code[3:]}".lower())
    phone.locator("main form button").first.click()
    expect(phone.locator("main img").first).to_be_visible()
    phone.locator("main a").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["vi"])
