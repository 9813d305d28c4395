"""The demonstration's screen: a television 121 × 68 cm, read from 3 m."""

import io
import math

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from wardmark.plaques.proof import symbols_in

pytestmark = pytest.mark.browser

PATH = "/en/screens/bo-phan-mot-cua/"
LYING, STANDING = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
SECONDS = 20


@pytest.fixture
def open_screen(open_phone):
    def open_(viewport=LYING, **options):
        return open_phone(
            viewport=viewport, device_scale_factor=1, is_mobile=False, has_touch=False, locale="en-GB", **options
        )

    return open_


def pictured(screen) -> Image.Image:
    return Image.open(io.BytesIO(screen.screenshot(animations="disabled")))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LYING, STANDING], ids=["lying", "standing"])
def test_the_code_of_every_page_is_read_from_a_picture_of_the_screen(open_screen, demo_site, viewport, scheme):
    screen = open_screen(viewport, color_scheme=scheme)
    for n in range(4):
        screen.goto(f"{PATH}?n={n}")
        [symbol] = symbols_in(pictured(screen).convert("L"))
        letters = screen.locator(".slide__letters").inner_text().replace("-", "")
        assert symbol.text == f"{demo_site.url}/q/{letters}"


def test_the_symbol_is_a_tenth_of_the_distance_wide(open_screen):
    screen = open_screen()
    screen.goto(PATH)
    [symbol] = symbols_in(pictured(screen).convert("L"))
    left, right = symbol.position.top_left, symbol.position.top_right
    width_cm = math.dist((left.x, left.y), (right.x, right.y)) / LYING["width"] * 121
    assert width_cm == pytest.approx(30, rel=0.01)


@pytest.mark.parametrize("viewport", [LYING, STANDING], ids=["lying", "standing"])
def test_nothing_is_cut_off_and_no_pointer_is_seen(open_screen, viewport):
    screen = open_screen(viewport)
    for n in range(4):
        screen.goto(f"{PATH}?n={n}")
        for part in ("h1", ".slide__code", ".slide__promise", ".slide__letters", ".slide__ward"):
            box = screen.locator(part).bounding_box()
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= viewport["width"] + 0.5
            assert box["y"] + box["height"] <= viewport["height"] + 0.5
        assert screen.evaluate("getComputedStyle(document.body).cursor") == "none"


def turned(screen) -> str:
    """Let the seconds of a page pass, and return the name of the one that came."""
    before = screen.locator("h1").inner_text()
    assert screen.locator("main").count() == 1
    screen.clock.fast_forward(SECONDS * 1000)
    screen.wait_for_function(
        "name => document.querySelectorAll('main').length === 1 && document.querySelector('h1').innerText !== name",
        arg=before,
    )
    return screen.locator("h1").inner_text()


def test_it_goes_on_by_itself_and_keeps_going_when_the_network_is_gone(open_screen):
    screen = open_screen()
    screen.clock.install()
    screen.goto(PATH)
    once = [turned(screen) for _ in range(4)]
    assert len(set(once)) == 4
    screen.context.set_offline(True)
    assert [turned(screen) for _ in range(4)] == once


def test_without_scripts_the_browser_itself_goes_on(open_screen):
    screen = open_screen(java_script_enabled=False)
    screen.goto(PATH)
    refresh = screen.locator("meta[http-equiv=refresh]").get_attribute("content")
    assert refresh == f"{SECONDS}; url={PATH}?n=1"


def test_nothing_moves_for_whoever_wants_no_motion(open_screen):
    arriving = "main => { main.classList.add('slide--arriving'); return getComputedStyle(main).animationName; }"
    for motion, animation in (("reduce", "none"), ("no-preference", "arrive")):
        screen = open_screen(reduced_motion=motion)
        screen.goto(PATH)
        assert screen.locator("main").evaluate(arriving) == animation


def test_axe_finds_nothing(open_screen):
    screen = open_screen(bypass_csp=True)
    screen.goto(PATH)
    results = Axe().run(screen)
    assert results.violations_count == 0, results.generate_report()
