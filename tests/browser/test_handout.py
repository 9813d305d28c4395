"""A place's page printed on A4: what stands on it, and that its code leads back."""

import pypdfium2
import pytest
import zxingcpp

from tests.browser.places import FOOD_VENDOR, HERITAGE, LANGUAGES, PLACES

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

A4 = (595, 842)  # points
MM = 72 / 25.4


def printed(open_phone, path: str, **options) -> pypdfium2.PdfDocument:
    phone = open_phone(**options)
    phone.goto(path, wait_until="networkidle")
    return pypdfium2.PdfDocument(phone.pdf(prefer_css_page_size=True))


def words_on(handout: pypdfium2.PdfDocument) -> str:
    """Return all words of all leaves, however they are broken into lines."""
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in handout)


def picture_of(page: pypdfium2.PdfPage):
    return page.render(scale=200 / 72).to_pil().convert("RGB")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_is_one_or_two_leaves_whose_code_leads_back_to_it(place, language, open_phone, demo_site):
    handout = printed(open_phone, place.paths[language])
    assert 1 <= len(handout) <= 2
    for page in handout:
        assert [round(side) for side in page.get_size()] == list(A4)
    assert place.titles[language] in words_on(handout)
    [symbol] = zxingcpp.read_barcodes(picture_of(handout[0]))
    assert symbol.text.startswith(f"{demo_site.url}/q/")
    # Its modules reach over 30 mm with the quiet zone, and the code stands below in letters.
    at = symbol.position
    width = (at.top_right.x - at.top_left.x) / 200 * 25.4
    assert width * 37 / 29 >= 30
    code = symbol.text.rpartition("/")[2]
    assert f"{code[:3]}-{code[3:]}" in words_on(handout)
    phone = open_phone(locale={"vi": "vi-VN", "en": "en-GB"}[language])
    phone.goto(symbol.text)
    assert phone.url.endswith(place.paths[language])


def test_all_layers_are_on_paper_though_none_was_unfolded(open_phone):
    path = HERITAGE.paths["vi"]
    phone = open_phone()
    phone.goto(path)
    assert phone.locator("details.layer[open]").count() == 0
    # On no paper: what is said to a screen reader alone, and the words of a recording, which tell the same again.
    unprinted = phone.locator("details.layer .visually-hidden, details.layer .recording")
    unprinted.evaluate_all("all => all.forEach(one => one.remove())")
    folded = phone.locator("details.layer").evaluate_all("all => all.map(one => one.textContent)")
    assert len(folded) == 2
    told = "".join(words_on(printed(open_phone, path)).split())
    # Letter by letter: lines are broken in the middle of an address, too.
    missing = [word for layer in folded for word in layer.split() if word not in told]
    assert missing == []


def test_all_layers_are_on_paper_without_scripts_too(open_phone):
    assert "1680" in words_on(printed(open_phone, HERITAGE.paths["vi"], java_script_enabled=False))


def test_older_browsers_unfold_by_script_and_fold_again(open_phone):
    phone = open_phone()
    phone.goto(HERITAGE.paths["vi"])
    layers = phone.locator("details.layer")
    layers.first.evaluate("one => one.open = true")
    is_open = "all => all.map(one => one.open)"
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert layers.evaluate_all(is_open) == [True, True]
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert layers.evaluate_all(is_open) == [True, False]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_stays_white_and_its_words_dark(scheme, open_phone):
    [first, *_others] = printed(open_phone, FOOD_VENDOR.paths["vi"], color_scheme=scheme)
    picture = picture_of(first)
    width, height = picture.size
    corners = [picture.getpixel((x, y)) for x in (5, width - 5) for y in (5, height - 5, height // 2)]
    assert set(corners) == {(255, 255, 255)}
    grey = picture.convert("L").histogram()
    assert sum(grey[:60]) > 2000
    assert sum(grey[250:]) / sum(grey) > 0.7


def test_what_only_a_screen_can_do_is_not_on_paper(open_phone):
    phone = open_phone()
    phone.goto(HERITAGE.paths["vi"])
    phone.emulate_media(media="print")
    for selector in ("nav", "audio", "button", "form", "[data-keep]", ".genuine", ".neighbours", ".skip-link"):
        assert phone.locator(f"{selector}:visible").count() == 0, selector
    assert phone.locator(".handout:visible").count() == 1
    phone.emulate_media(media="screen")
    assert phone.locator(".handout:visible").count() == 0


def test_the_code_on_paper_costs_a_visitor_on_a_screen_little(open_phone):
    phone = open_phone()
    phone.goto(HERITAGE.paths["vi"])
    assert len(phone.locator(".handout").evaluate("one => one.outerHTML")) <= 2500
