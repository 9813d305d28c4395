import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.places import LANGUAGES, PAGES, SHOP

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

OTHER_PATHS = [
    "/vi/di-tich/",
    "/vi/tim-kiem/?q=chua",
    "/en/search/?q=nothing-has-this-name",
    "/q/",
    "/q/0000000",
    "/vi/tai-khoan/dang-nhap/",
    "/en/account/sign-in/code/",
    "/vi/tai-khoan/mat-khau/quen/",
    "/vi/nhan-quan/",
    "/en/claim/",
    "/en/no-such-page/",
    "/en/saved/",
    "/vi/kiem-tra-ma/",
    "/en/check-code/",
    "/en/tell-the-ward/",
    "/en/tell-the-ward/?kind=illness",
    "/vi/phan-anh/?kind=payee_name",
    "/vi/phan-anh/?kind=hygiene",
    "/en/tell-the-ward/follow/",
]


def violations(page) -> str:
    results = Axe().run(page)
    return "" if results.violations_count == 0 else results.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PAGES, ids=str)
def test_axe_finds_nothing_on_a_page(place, language, scheme, open_phone):
    # Axe runs its own script in the page, which our policy rightly refuses.
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    phone.goto(place.paths[language])
    assert violations(phone) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", OTHER_PATHS)
def test_axe_finds_nothing_on_what_stands_between_pages(path, scheme, open_phone):
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    phone.goto(path)
    assert violations(phone) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_of_a_payment_card(language, scheme, open_phone):
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    phone.goto(SHOP.paths[language])
    links = phone.locator(".payment a:not([download]):not([href$='.png'])")
    addresses = links.evaluate_all("all => all.map(one => one.href)")
    assert len(addresses) >= 2
    for address in addresses:
        phone.goto(address)
        assert violations(phone) == "", address
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["not a code", "000201"])
def test_axe_finds_nothing_on_what_the_checker_answers(text, scheme, open_phone):
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    phone.goto("/vi/kiem-tra-ma/")
    phone.locator("#id_text").fill(text)
    phone.locator(".check-form button").click()
    phone.wait_for_load_state()
    assert violations(phone) == ""


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("place", PAGES, ids=str)
def test_no_page_scrolls_sideways(place, width, open_phone):
    phone = open_phone(viewport={"width": width, "height": 800}, is_mobile=False)
    phone.goto(place.paths["vi"])
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_every_button_and_action_is_large_enough_for_a_thumb(place, open_phone):
    phone = open_phone()
    phone.goto(place.paths["vi"])
    sizes = phone.locator("button:visible, header a:visible, nav a:visible, summary:visible").evaluate_all(
        "all => all.map(one => [one.innerText, one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
    )
    assert sizes
    assert [size for size in sizes if size[1] < 44 or size[2] < 44] == []


# What codes answer, by how their plaques are found and how they are asked for.
ANSWERS = {
    "retired": ("state='retired', replaced_by=None", "/q/{}"),
    "blank": ("page_key=None", "/q/{}"),
    "typed": ("state='installed'", "/q/?code={}"),
    "typed and replaced": ("replaced_by__isnull=False", "/q/?code={}"),
    "report": ("state='installed'", "/q/{}/report/"),
    "thanks": ("state='installed'", "/q/{}/report/thanks/"),
}
# What its keeper sees there.
ROUND = {
    "check": ("state='installed'", "/q/{}"),
    "alert": ("alerts__closed_at=None, alerts__isnull=False", "/q/{}"),
    "hang": ("state='planned', page_key__isnull=False", "/q/{}"),
    "blank": ("page_key=None", "/q/{}"),
    "another page": ("state='installed'", "/q/{}/another-page/"),
    "retired": ("state='retired'", "/q/{}"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_axe_finds_nothing_on_what_a_code_answers(answer, scheme, open_phone, demo_site):
    condition, path = ANSWERS[answer]
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    assert phone.goto(path.format(demo_site.codes(condition)[0])).status == 200
    assert violations(phone) == ""
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_screens_of_a_round(scheme, open_phone, demo_site):
    phone = open_phone(color_scheme=scheme, bypass_csp=True)
    phone.goto("/vi/tai-khoan/dang-nhap/")
    phone.fill("[name=username]", "editor")
    phone.fill("[name=password]", demo_site.password("editor"))
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_load_state()
    for screen, (condition, path) in ROUND.items():
        phone.goto(path.format(demo_site.codes(condition)[0]))
        assert phone.locator(".round").count() == 1, screen
        assert violations(phone) == "", screen
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, screen
