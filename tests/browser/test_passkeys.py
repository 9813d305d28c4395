"""Passkeys on a phone in a real browser, with the browser's own virtual authenticator; and the pages at 360 px."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SMALL = {"viewport": {"width": 360, "height": 740}}


def named(demo_site) -> str:
    """The demonstration under the one name of this machine for which a browser makes passkeys."""
    return demo_site.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def phone(open_phone, demo_site):
    """A vendor's phone with a fingerprint sensor, on the sign-in page."""
    page = open_phone(**SMALL, base_url=named(demo_site))
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/vi/tai-khoan/dang-nhap/")
    return page


def sign_in(page, demo_site, name="0900 000 001"):
    page.fill("[name=username]", name)
    page.fill("[name=password]", demo_site.password("vendor"))
    page.click("#sign-in button[type=submit]")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def make_sign_in_older(demo_site):
    """Ten minutes cannot be waited for here: every session's fresh moment is taken back by an hour."""
    demo_site.ask(
        "from django.contrib.sessions.models import Session\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "for row in Session.objects.all():\n"
        "    one = SessionStore(row.session_key)\n"
        "    one['accounts-fresh-at'] = one.get('accounts-fresh-at', 3600) - 3600\n"
        "    one.save()\n"
    )


def is_narrow(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_vendor_makes_a_passkey_signs_in_with_it_and_shows_it_again(phone, demo_site):
    sign_in(phone, demo_site)
    phone.goto("/vi/tai-khoan/")
    phone.click(".account__list li:nth-child(3) a")
    expect(phone.locator("[data-passkey-lack]")).to_be_hidden()
    phone.fill("#passkey-name", "Máy thử")
    phone.click("[data-passkey=add] button")
    expect(phone.locator(".card input[name=name]").first).to_have_value("Máy thử")
    assert is_narrow(phone)

    phone.goto("/vi/tai-khoan/")
    phone.locator(".account__again button").first.click()
    phone.wait_for_url("**/dang-nhap/")
    phone.click("[data-passkey=sign-in] button")
    phone.wait_for_url(lambda url: "dang-nhap" not in url)

    make_sign_in_older(demo_site)
    phone.goto("/vi/tai-khoan/")
    phone.click(".account__list li:nth-child(2) a")
    expect(phone.locator("#confirm")).to_be_visible()
    assert is_narrow(phone)
    phone.click("[data-passkey=confirm] button")
    expect(phone.locator("[name=new_password1]")).to_be_visible()


def test_what_was_typed_outlasts_the_question_who_it_is(phone, demo_site):
    sign_in(phone, demo_site, "vendor")
    phone.goto("/vi/tai-khoan/")
    phone.click(".account__list li:nth-child(2) a")
    phone.fill("[name=new_password1]", "bun-cha-que-tre")
    phone.fill("[name=new_password2]", "bun-cha-que-khac")
    make_sign_in_older(demo_site)
    phone.click("form button[type=submit]")
    phone.fill("[name=confirm-password]", demo_site.password("vendor"))
    phone.click("button[value=password]")
    # The two differ, and that is what the page behind says: it got both.
    expect(phone.locator(".field__errors")).to_be_visible()


def test_no_script_and_a_number_for_an_address_still_let_a_vendor_in(open_phone, demo_site):
    page = open_phone(**SMALL, java_script_enabled=False)
    page.goto("/vi/tai-khoan/dang-nhap/")
    expect(page.locator("[data-passkey]")).to_have_count(0)
    sign_in(page, demo_site)
    page.goto("/vi/tai-khoan/")
    expect(page.locator(".account__list")).to_be_visible()


def test_a_code_from_a_message_lets_a_vendor_in(open_phone, demo_site):
    page = open_phone(**SMALL)
    page.goto("/vi/tai-khoan/dang-nhap/")
    page.click(".account__ways li:first-child a")
    page.fill("[name=phone]", "0900000001")
    page.click("main form button")
    code = re.search(r"\b\d{6}\b", (demo_site.var / "messages.jsonl").read_text().splitlines()[-1].split('"text"')[1])[
        0
    ]
    page.fill("[name=code]", code)
    assert is_narrow(page)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)
