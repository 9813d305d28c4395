"""The shops of a street on a phone without scripts: chosen by a form, sent on as an address; the figures above."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import LANGUAGES, STREET
from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def titles(phone) -> list[str]:
    return phone.locator("section[aria-labelledby=shops] .cards .card__title a").all_inner_texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_shops_are_chosen_and_all_are_had_back_without_a_script(language, open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(STREET.paths[language])
    everything = titles(phone)
    phone.locator(".filter summary").click()
    phone.locator("[name=food]").check()
    phone.locator(".filter button").click()
    food = titles(phone)
    assert 0 < len(food) < len(everything)
    assert "food=1" in phone.url
    # The map shows what the list shows.
    assert phone.locator(".ward-map__legend li").count() <= len(food)
    phone.locator(".filter select[name=category]").select_option(index=1)
    phone.locator(".filter button").click()
    assert len(titles(phone)) <= len(food)
    expect(phone.locator(".filter__chips .chip")).to_have_count(2)
    phone.locator(".filter__chips .chip").last.click()
    expect(phone.locator(".filter__chips .chip")).to_have_count(1)
    phone.locator(".filter__clear").click()
    assert titles(phone) == everything


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_address_is_explained_beside_all_shops(language, open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(STREET.paths[language])
    everything = titles(phone)
    phone.goto(STREET.paths[language] + "?category=no-such&open=perhaps")
    expect(phone.locator(".filter__complaint")).to_have_count(2)
    assert titles(phone) == everything


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_seen_and_told_by_month(language, open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(STREET.paths[language])
    expect(phone.locator(".board")).to_have_count(3)
    expect(phone.locator(".score__bar").first).to_be_visible()
    expect(phone.locator(".spark").first).to_be_visible()
    phone.locator(".months summary").first.click()
    expect(phone.locator(".months__table").first).to_be_visible()
    expect(phone.locator(".months__sample").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_chosen_list(language, scheme, open_phone):
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    phone.goto(STREET.paths[language] + "?food=1&open=perhaps")
    phone.locator(".months summary").first.click()
    assert violations(phone) == ""
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
