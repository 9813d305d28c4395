"""Typing into the search field of a real browser."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(open_phone):
    page = open_phone()
    page.clock.install()
    page.goto("/vi/", wait_until="networkidle")
    return page


def options(page):
    return page.locator("[role=option]")


def typed(page, words: str):
    """Enter words at once, so that they are asked for once on a slow machine too, and wait for the list."""
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.insert_text(words)
    options(page).first.wait_for()
    return field


def test_a_name_is_found_by_its_first_letters_and_opened_with_the_keyboard(phone):
    field = typed(phone, "chua h")
    assert field.get_attribute("aria-expanded") == "true"
    assert "Chùa Hà" in options(phone).all_inner_texts()[0]
    field.press("ArrowDown")
    first = options(phone).first
    assert first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    field.press("Enter")
    phone.wait_for_url("**/chua-ha/")


def test_an_answer_on_its_way_does_not_take_the_chosen_line_away(phone):
    asked = []
    phone.route("**q=chua%20h", lambda route: asked.append(route))  # noqa: PLW0108 - a builtin cannot be a handler
    field = typed(phone, "chua")
    field.press_sequentially(" h", delay=30)
    with phone.expect_request("**q=chua%20h"):
        pass
    field.press("ArrowDown")
    first = options(phone).first
    chosen = first.inner_text()
    for late in asked:
        late.fulfill(json={"options": [{"title": "Late", "kind": "", "url": "/late/"}], "said": "late"})
    phone.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert first.inner_text() == chosen
    assert first.get_attribute("aria-selected") == "true"


def test_a_tap_opens_a_suggestion_and_every_one_is_large_enough_for_a_thumb(phone):
    typed(phone, "dinh vong")
    for option in options(phone).all():
        assert option.bounding_box()["height"] >= 44
    options(phone).first.tap()
    phone.wait_for_url("**/di-tich/dinh-**")


def test_escape_closes_the_list_and_the_arrows_come_back_to_the_field(phone):
    field = typed(phone, "dinh")
    many = options(phone).count()
    assert 2 <= many <= 8
    field.press("ArrowUp")
    assert options(phone).last.get_attribute("aria-selected") == "true"
    field.press("ArrowDown")
    assert phone.locator("[aria-selected=true]").count() == 0
    assert field.get_attribute("aria-activedescendant") == ""
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert not options(phone).first.is_visible()
    assert field.input_value() == "dinh"
    field.press("Enter")
    phone.wait_for_url("**/tim-kiem/?q=dinh")


def test_how_many_there_are_is_said_aloud(phone):
    typed(phone, "chua")
    said = phone.locator(".suggest [role=status]").inner_text()
    assert said.startswith(str(options(phone).count()))


def test_typing_asks_once_it_pauses_and_leaves_the_field_closes_the_list(phone):
    asked = []
    phone.on("request", lambda request: "?q=" in request.url and asked.append(request.url))
    phone.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    field = phone.get_by_role("combobox")
    field.press_sequentially("chua thanh")
    phone.clock.run_for(1000)
    options(phone).first.wait_for()
    assert [urlsplit(url).query for url in asked] == ["q=chua%20thanh"]
    field.blur()
    assert field.get_attribute("aria-expanded") == "false"


def test_without_scripts_the_field_is_a_plain_search(open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto("/vi/")
    assert phone.locator("[role=combobox], [role=listbox]").count() == 0
    phone.fill("#search", "chua ha")
    phone.press("#search", "Enter")
    phone.wait_for_url("**/tim-kiem/?q=chua+ha")
    assert phone.get_by_role("link", name="Chùa Hà").count() == 1
