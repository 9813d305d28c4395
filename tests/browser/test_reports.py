"""Reporting from a place's page on a narrow phone, with and without scripts, and following it by its code."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import FLAGS, chromium_program
from tests.browser.places import SHOP
from tests.browser.test_accessibility import violations
from tests.browser.test_large_text import LARGE_LETTERS
from tests.media.photographs import photograph

pytestmark = pytest.mark.browser
NARROW = {"viewport": {"width": 360, "height": 740}, "locale": "en-GB"}


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "IMG_1.jpg"
    Image.new("RGB", (1200, 800), (140, 90, 60)).save(path)
    return path


def choose(phone, kind: str) -> None:
    phone.goto(SHOP.paths["en"])
    phone.locator(".report-offer a").click()
    phone.locator(f"a[href*='kind={kind}']").click()
    expect(phone.locator("form.report-form")).to_be_visible()


def stays_narrow(phone) -> bool:
    return phone.evaluate("document.documentElement.scrollWidth") <= 360


def small_targets(phone) -> list[str]:
    """Return what in the page's own part a thumb would miss: anything to tap that is lower than 44 pixels."""
    return phone.locator(
        "main a.button, main button, main .report-kinds a, main label.report-form__choice"
    ).evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 80))"
    )


def send(phone) -> None:
    phone.locator("form.report-form button[type=submit]").click()


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_visitor_reports_corrects_and_follows(open_phone, photo, scripts):
    phone = open_phone(java_script_enabled=scripts, **NARROW)
    choose(phone, "price")
    phone.locator("textarea").fill("Giá cao hơn bảng niêm yết")
    phone.locator("input[name=phone]").fill("024 3833 0001")
    phone.locator("input[name=photo_1]").set_input_files(photo)
    if scripts:
        expect(phone.locator("input[name=photo_2]")).to_be_visible()
        expect(phone.locator("input[name=photo_3]")).to_be_hidden()
        assert stays_narrow(phone)
        assert small_targets(phone) == []
    send(phone)
    # Without consent nothing is sent, and nothing lost: not even the photo.
    expect(phone.locator("#id_consent_error")).to_be_visible()
    expect(phone.locator("textarea")).to_have_value("Giá cao hơn bảng niêm yết")
    expect(phone.locator("input[name=held]")).to_be_checked()
    phone.locator("input[name=consent]").check()
    send(phone)
    code = phone.locator(".report-code__code").inner_text()
    assert code not in phone.url
    phone.locator("main a.button").first.click()
    phone.locator("input[name=code]").fill(code.lower().replace("-", " "))
    phone.locator(".report-follow-form button").click()
    expect(phone.locator("[data-state=received]")).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text("niêm yết")
    if scripts:
        assert stays_narrow(phone)


def test_illness_shows_the_call_before_anything_else(open_phone):
    phone = open_phone(java_script_enabled=False, **NARROW)
    choose(phone, "illness")
    call = phone.locator("a[href='tel:115']")
    expect(call).to_be_in_viewport()
    assert call.bounding_box()["height"] >= 60
    assert call.bounding_box()["y"] < phone.locator("h1").bounding_box()["y"]


def test_a_photo_is_made_smaller_before_it_is_sent(open_phone, tmp_path):
    large = tmp_path / "IMG_2.jpg"
    large.write_bytes(photograph(size=(4000, 3000), quality=97))
    phone = open_phone(**NARROW)
    choose(phone, "price")
    phone.locator("textarea").fill("Ảnh chụp bảng giá")
    phone.locator("input[name=photo_1]").set_input_files(large)
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        send(phone)
    assert int(sent.value.all_headers()["content-length"]) < large.stat().st_size / 2
    expect(phone.locator(".report-code__code")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_a_report_is_answered_with(scheme, open_phone):
    # Axe runs its own script in the page, which our policy rightly refuses.
    phone = open_phone(color_scheme=scheme, bypass_csp=True, **NARROW)
    choose(phone, "hygiene")
    send(phone)
    expect(phone.locator(".form-errors")).to_be_visible()
    assert violations(phone) == ""
    phone.fill("[name=text]", "Rubbish beside the kitchen door.")
    send(phone)
    phone.wait_for_url("**/thanks/")
    assert violations(phone) == ""
    code = phone.locator(".report-code__code").inner_text()
    phone.goto("/en/tell-the-ward/follow/")
    for typed, answer in (("AAA-AAA-AAAA", ".errorlist"), (code, ".report-answer")):
        phone.fill("[name=code]", typed)
        phone.locator(".report-follow-form button").click()
        expect(phone.locator(answer)).to_be_visible()
        assert violations(phone) == ""


def test_in_letters_twice_the_size_the_number_to_call_is_read_in_words(chromium, demo_site):
    large = chromium.browser_type.launch(executable_path=chromium_program(), args=[*FLAGS, LARGE_LETTERS])
    try:
        phone = large.new_page(base_url=demo_site.url, viewport=NARROW["viewport"], locale="en-GB")
        phone.goto("/en/tell-the-ward/?kind=illness")
        call = phone.locator("a[href='tel:115']")
        letter = call.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        # The sign of a telephone and two words, one under the other at the most.
        assert call.bounding_box()["height"] <= 6 * letter
    finally:
        large.close()
