"""Text at twice its size, narrow screens, and motion that somebody does not want (WCAG 2.2: 1.4.4, 1.4.10, 2.3.3)."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.browser.conftest import FLAGS, chromium_program
from tests.browser.places import LANGUAGES, PAGES, PLACES

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

# A reader's own setting: browsers ship with 16.
LARGE_LETTERS = "--blink-settings=defaultFontSize=32"

NARROW = {"width": 320, "height": 640}
PHONE_WIDE = {"width": 390, "height": 844}
SCREENS = [pytest.param(NARROW, False, id="320 px"), pytest.param(PHONE_WIDE, True, id="200 %")]

# Of every visible element with words of its own: what does not fit into it or the screen, or only letter by letter.
LOST = """() => [...document.body.querySelectorAll("*")].flatMap((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const words = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    const isHidden = !box.width || !box.height || one.closest(".visually-hidden, .skip-link, svg");
    if (!words.length || isHidden) return [];
    // A strip of photos is pushed sideways, by finger or by key, and loses nothing.
    const beside = !one.closest(".shop-gallery") && (box.right > innerWidth + 1 || box.left < -1);
    const hides = style.overflow !== "visible" && style.display !== "inline";
    const clipped = hides && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    const target = one.closest("button, .button, .action-bar__action, summary, .languages__link, .chip");
    const out = Boolean(target) && words.some((node) => {
        const around = target.getBoundingClientRect(), range = document.createRange();
        range.selectNode(node);
        const text = range.getBoundingClientRect();
        return text.left < around.left - 1 || text.right > around.right + 1 || text.bottom > around.bottom + 1;
    });
    const letter = parseFloat(style.fontSize), isLong = words.some((node) => node.data.trim().length > 8);
    const squeezed = style.display !== "inline" && isLong && box.width < 3 * letter && box.height > 4 * letter;
    const isLost = beside || clipped || out || squeezed;
    return isLost ? [[words[0].data.trim().slice(0, 40), {beside, clipped, out, squeezed}]] : [];
})"""


@pytest.fixture(scope="module")
def chromium_with_large_letters(chromium):
    browser = chromium.browser_type.launch(executable_path=chromium_program(), args=[*FLAGS, LARGE_LETTERS])
    yield browser
    browser.close()


@pytest.fixture
def opened(chromium, chromium_with_large_letters, demo_site):
    """Return a function that opens a page with all that can be unfolded unfolded."""
    contexts = []

    def open_(path: str, size: dict, twice: bool):
        browser = chromium_with_large_letters if twice else chromium
        contexts.append(browser.new_context(base_url=demo_site.url, viewport=size, has_touch=True))
        page = contexts[-1].new_page()
        page.goto(path)
        page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        return page

    yield open_
    for context in contexts:
        context.close()


def test_letters_really_are_twice_as_large(opened):
    sizes = [
        opened(PAGES[0].paths["vi"], PHONE_WIDE, twice).evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        for twice in (False, True)
    ]
    assert sizes == [18, 36]


@pytest.mark.parametrize(("size", "twice"), SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PAGES, ids=str)
def test_nothing_is_lost_on_a_narrow_screen_or_in_large_letters(place, language, size, twice, opened):
    phone = opened(place.paths[language], size, twice)
    assert phone.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert phone.evaluate(LOST) == []


@pytest.mark.parametrize(("size", "twice"), SCREENS)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_the_bar_at_the_foot_leaves_the_page_readable_to_its_end(place, size, twice, opened):
    phone = opened(place.paths["vi"], size, twice)
    bar = phone.locator(".action-bar")
    in_the_way = bar.bounding_box()["height"] if bar.evaluate("one => getComputedStyle(one).position") == "fixed" else 0
    assert in_the_way <= size["height"] / 4
    phone.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    footer = phone.locator(".site-footer__links").bounding_box()
    assert footer["y"] + footer["height"] <= bar.bounding_box()["y"] + 1


@pytest.mark.parametrize(("size", "twice"), SCREENS)
def test_the_list_of_saved_pages_fits_as_well(size, twice, opened):
    with override("vi"):
        path = reverse("kept")
    phone = opened(path, size, twice)
    phone.evaluate(
        """async () => {
            const note = {title: "Đền thờ một danh nhân có tên rất dài của phường", at: "2026-11-25T08:00:00Z",
                asked: true, audio: true, bytes: 12345678, codes: [], files: []};
            const headers = {"X-Kept": encodeURIComponent(JSON.stringify(note))};
            await (await caches.open("kept-pages")).put("/vi/a/", new Response("", {headers}));
        }"""
    )
    phone.reload()
    phone.locator(".kept__page").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert phone.evaluate(LOST) == []


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_nothing_moves_for_somebody_who_wants_no_motion(place, open_phone):
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        const lasts = (all) => all.split(",").some((time) => parseFloat(time) > 0);
        return style.scrollBehavior === "smooth" || lasts(style.transitionDuration) || lasts(style.animationDuration);
    }).map((one) => one.outerHTML.slice(0, 80))"""
    still = open_phone(reduced_motion="reduce")
    still.goto(place.paths["vi"])
    assert still.evaluate(moving) == []
    # Whoever did not ask for that has the page glide to what was tapped.
    usual = open_phone(reduced_motion="no-preference")
    usual.goto(place.paths["vi"])
    assert usual.evaluate(moving) != []
