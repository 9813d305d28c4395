"""The vendors' corner on a small phone: what is sent there stands on the public page, at once or once agreed to."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import FLAGS, PHONE, chromium_program
from tests.browser.test_large_text import LARGE_LETTERS, LOST

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 740}
# What an officer does in the admin, done here by its rule.
AGREE = """
from streets.changes.deciding import approve
from streets.models import ChangeRequest
from wardmark.accounts.models import User
approve(change=ChangeRequest.objects.waiting().get(field="legal_name"), by=User.objects.get(username="officer"))
"""


def sign_in(phone, demo_site):
    phone.goto("/vi/tai-khoan/dang-nhap/")
    phone.fill("[name=username]", "vendor")
    phone.fill("[name=password]", demo_site.password("vendor"))
    phone.locator("main form:has([name=password]) button[type=submit]").last.click()
    expect(phone.locator(".portal__daily")).to_be_visible()


@pytest.fixture
def vendor(open_phone, demo_site):
    """Return a function that opens the shop's first screen on a phone of 360 px, signed in through the form."""

    def open_(**options):
        phone = open_phone(viewport=SMALL, **options)
        sign_in(phone, demo_site)
        return phone

    return open_


def public_page(open_phone, phone):
    visitor = open_phone(viewport=SMALL)
    visitor.goto(phone.locator("section[aria-labelledby=now] a").get_attribute("href"))
    return visitor


@pytest.mark.parametrize("scripts", [True, False])
def test_closed_today_is_on_the_page_and_taken_back_with_one_tap_each(vendor, open_phone, scripts):
    phone = vendor(java_script_enabled=scripts)
    visitor = public_page(open_phone, phone)
    rows = visitor.locator(".hours__today")
    before = rows.inner_text()
    phone.locator("form[action$='/closed-today/'] button, form[action$='/nghi-hom-nay/'] button").click()
    undo = phone.locator(".portal__message form button")
    expect(undo).to_be_visible()
    visitor.reload()
    assert rows.inner_text() != before
    undo.click()
    expect(phone.locator(".portal__rows")).to_be_visible()
    visitor.reload()
    expect(rows).to_have_text(before, use_inner_text=True)


def test_a_price_is_changed_on_the_list_and_stands_on_the_page(vendor, open_phone):
    phone = vendor()
    visitor = public_page(open_phone, phone)
    phone.locator(".portal__daily a").first.click()
    price = phone.locator("[name^=price-]").first
    price.fill("61k")
    phone.locator(".portal__send").click()
    expect(phone.locator(".portal__message")).to_be_visible()
    visitor.reload()
    expect(visitor.locator(".products__price").first).to_contain_text("61")
    # Other tests look at this shop too.
    phone.locator(".portal__message form button").click()
    expect(phone.locator(".portal__rows .portal__values").first).to_be_visible()
    visitor.reload()
    expect(visitor.locator(".products__price").first).not_to_contain_text("61")


def test_a_registered_name_waits_and_is_public_once_an_officer_agrees(vendor, open_phone, demo_site):
    phone = vendor()
    visitor = public_page(open_phone, phone)
    name = "Hộ kinh doanh Minh Hoạ Một Hai Ba"
    phone.locator(".portal__menu a[href$='/names/'], .portal__menu a[href$='/ten/']").click()
    phone.locator("[name=legal_name]").fill(name)
    phone.locator(".portal__send").click()
    expect(phone.locator("section[aria-labelledby=waiting]")).to_contain_text(name)
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(name)
    demo_site.ask(AGREE)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(name)


def further(phone, *, beyond: list[str]) -> list[str]:
    """Return where else in the vendors' corner and the account a screen leads; of rows that are alike, the first."""
    found = phone.locator("main a[href]").evaluate_all("all => all.map(one => one.href)")
    own = [one for one in found if "/cua-hang-cua-toi/" in one or "/tai-khoan/" in one]
    kinds = {re.sub(r"/[0-9]+/|/[0-9A-Z-]{8,}/", "/…/", one): one for one in reversed(own)}
    return [one for one in kinds.values() if one not in beyond and "?" not in one]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_fits_a_small_phone_and_axe_finds_nothing(vendor, scheme):
    # Axe runs its own script in the page, which our policy rightly refuses.
    phone = vendor(color_scheme=scheme, bypass_csp=True)
    first = phone.url
    links = phone.locator(".portal__menu a, .portal__daily a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) >= 12
    screens = [first, *links]
    # What the screens lead to is looked at as well, once.
    for address in screens:
        phone.goto(address)
        if address in links:
            screens += further(phone, beyond=screens)
        results = Axe().run(phone)
        assert results.violations_count == 0, f"{address}\n{results.generate_report()}"
        assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], address
        small = phone.locator("button:visible, main a.button:visible, .portal__menu a, summary:visible").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.innerText)"
        )
        assert small == [], address


def test_in_letters_twice_the_size_nothing_is_pushed_off_the_screen(chromium, demo_site):
    large = chromium.browser_type.launch(executable_path=chromium_program(), args=[*FLAGS, LARGE_LETTERS])
    try:
        phone = large.new_context(
            **PHONE | {"base_url": demo_site.url, "locale": "vi-VN", "viewport": SMALL}
        ).new_page()
        sign_in(phone, demo_site)
        links = phone.locator(".portal__menu a, .portal__daily a").evaluate_all("all => all.map(one => one.href)")
        for address in [phone.url, *links]:
            phone.goto(address)
            assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], address
            # A field of several lines scrolls where the browser cannot let it grow.
            lost = [what for what in phone.evaluate(LOST) if what[1]["squeezed"] or what[1]["out"]]
            assert lost == [], address
    finally:
        large.close()
