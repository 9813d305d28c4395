import pytest

from tests.browser.places import LANGUAGES, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


# What is kept on the phone, which no page can do by itself.
ONLY_BY_SCRIPT = "main [data-keep], main [data-stamp-card], main .stamp-card"


def words_of(phone, path: str) -> list[str]:
    phone.goto(path)
    phone.locator(ONLY_BY_SCRIPT).evaluate_all("all => all.forEach(one => one.remove())")
    return phone.locator("main").inner_text().split()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PAGES, ids=str)
def test_a_page_holds_all_its_content_without_scripts(place, language, open_phone):
    path = place.paths[language]
    without = words_of(open_phone(java_script_enabled=False), path)
    assert " ".join(place.titles[language].split()) in " ".join(without)
    # A script may add what only a script can do; it never brings content.
    missing = set(words_of(open_phone(), path)) - set(without)
    assert missing == set()


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_photos_are_there_without_scripts(place, open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(place.paths["vi"])
    for photo in phone.locator("main img").all():
        photo.scroll_into_view_if_needed()
        assert photo.bounding_box()["height"] > 0


def test_search_and_typing_a_code_work_without_scripts(open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto("/vi/")
    phone.get_by_role("searchbox").fill("chua ha")
    phone.get_by_role("button", name="Tìm kiếm").click()
    phone.get_by_role("link", name="Chùa Hà", exact=True).click()
    assert phone.url.endswith("/vi/di-tich/chua-ha/")
    phone.goto("/q/")
    phone.get_by_role("textbox").first.fill("0000000")
    phone.get_by_role("button", name="Mở", exact=True).click()
    assert "Đây không phải mã của phường" in phone.locator("main").inner_text()
