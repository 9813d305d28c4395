"""The card of food safety on a visitor's phone, and the officers' five questions."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import FOOD_VENDOR

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(open_phone, demo_site):
    phone = open_phone(locale="en-GB", viewport={"width": 1280, "height": 900}, is_mobile=False)
    phone.goto("/vi/tai-khoan/dang-nhap/")
    phone.fill("[name=username]", "editor")
    phone.fill("[name=password]", demo_site.password("editor"))
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_load_state()
    return phone


def test_the_card_tells_route_paper_inspection_and_self_check_without_scripts(open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(FOOD_VENDOR.paths["vi"])
    card = phone.locator(".food-safety")
    expect(card.locator(".paper__status--in-force").first).to_be_visible()
    expect(card.locator(".inspection")).to_have_count(1)
    expect(card.locator(".inspection__reply")).to_be_visible()
    card.locator(".food-safety__check summary").click()
    expect(card.locator(".food-safety__check li")).to_have_count(10)


def test_five_answers_lead_to_a_proposal_before_anything_is_decided(officer):
    officer.goto("/admin/food-safety/shop/1/route/")
    for name, value in {
        "quality_system": "no",
        "place": "street",
        "activity": "serves",
        "is_small": "yes",
        "is_registered": "no",
    }.items():
        officer.check(f"[name={name}][value={value}]")
    officer.locator("form[novalidate] button[type=submit]").click()
    expect(officer.locator("[name=kind]")).to_have_value("commitment")
    expect(officer.locator("[name=clause]")).not_to_have_value("")
    expect(officer.locator("[name=decide]")).to_be_visible()
