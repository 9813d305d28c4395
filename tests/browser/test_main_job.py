"""The main job from end to end: publish, download, decode with another program, scan, read, be counted."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.places import FOOD_VENDOR, LANGUAGES, SHOP, STREET

pytestmark = pytest.mark.browser


def decoded_from_downloaded_png(editor_page) -> str:
    """Download the plate as PNG from the open plaque tab and read it as a phone would."""
    with editor_page.expect_download() as download:
        editor_page.get_by_role("link", name="PNG, 300 dpi").click()
    with Image.open(io.BytesIO(download.value.path().read_bytes())) as plate:
        assert round(min(plate.info["dpi"])) >= 300
        [symbol] = zxingcpp.read_barcodes(plate.convert("RGB"))
    assert symbol.format == zxingcpp.BarcodeFormat.QRCode
    assert symbol.ec_level == "Q"
    return symbol.text


def scans_shown(editor_page) -> int:
    editor_page.reload()
    editor_page.get_by_role("tab", name="Biển").click()
    return int(editor_page.locator("dt:text-is('Lượt quét') + dd").inner_text())


def open_editor_of(editor_page, title: str) -> None:
    """Find a page by its name in the admin and open its plaque tab."""
    editor_page.goto(f"/admin/pages/search/?q={title}")
    editor_page.get_by_role("link", name=title, exact=True).first.click()
    editor_page.get_by_role("tab", name="Biển").click()


def scan(open_phone, short_link: str, language: str):
    phone = open_phone(locale={"vi": "vi-VN", "en": "en-GB"}[language])
    assert phone.goto(short_link).status == 200
    expect(phone.locator("html")).to_have_attribute("lang", language)
    return phone


def translate_title(editor_page, title: str) -> None:
    """Make the English page of the page whose editor is open, as an editor does, and publish it."""
    page_id = re.search(r"/pages/(\d+)/edit/", editor_page.url)[1]
    editor_page.goto(f"/admin/localize/submit/page/{page_id}/")
    editor_page.get_by_label("English").check()
    editor_page.locator("main form [type=submit]").click()
    editor_page.get_by_role("button", name="Dịch", exact=True).first.click()
    editor_page.locator("textarea").first.fill(title)
    editor_page.get_by_role("button", name="Lưu", exact=True).click()
    expect(editor_page.get_by_role("button", name="Lưu", exact=True)).to_have_count(0)
    editor_page.get_by_role("button", name="Xuất bản bằng English").click()
    expect(editor_page.get_by_text(re.compile("Đã xuất bản “"))).not_to_have_count(0)


def seen_by_visitors(open_phone, path: str) -> list[str]:
    """Ask often enough that every process of the server has answered and keeps the page."""
    visitor = open_phone().request
    return [visitor.get(path).text() for _ in range(16)]


def test_a_new_heritage_page_is_published_printed_scanned_and_counted(editor_page, open_phone, demo_site):
    assert not any("Đình Vọng Giấy Dó" in page for page in seen_by_visitors(open_phone, "/vi/di-tich/"))
    editor_page.goto("/admin/pages/search/?q=Di tích")
    editor_page.get_by_role("link", name="Di tích", exact=True).first.click()
    index_id = re.search(r"/pages/(\d+)/edit/", editor_page.url)[1]
    editor_page.goto(f"/admin/pages/add/heritage/heritagesitepage/{index_id}/")
    editor_page.get_by_role("textbox", name="Tiêu đề").first.fill("Đình Vọng Giấy Dó")
    editor_page.fill("[name=summary]", "Ngôi đình của làng làm giấy.")
    editor_page.get_by_role("tab", name="Quảng bá").click()
    expect(editor_page.locator("[name=slug]")).to_have_value("dinh-vong-giay-do")

    editor_page.locator("footer [data-controller~=w-dropdown] button").first.click()
    editor_page.locator("button[name=action-publish]").click()
    editor_page.wait_for_url(f"**/admin/pages/{index_id}/")
    assert all("Đình Vọng Giấy Dó" in page for page in seen_by_visitors(open_phone, "/vi/di-tich/"))
    open_editor_of(editor_page, "Đình Vọng Giấy Dó")
    short_link = decoded_from_downloaded_png(editor_page)
    assert re.fullmatch(re.escape(demo_site.url) + "/q/[0-9A-Z]{7}", short_link)
    editor_url = editor_page.url
    translate_title(editor_page, "Vọng Communal House of the Papermakers")

    editor_page.goto(editor_url)
    before = scans_shown(editor_page)
    expect(scan(open_phone, short_link, "vi").get_by_role("heading", level=1)).to_have_text("Đình Vọng Giấy Dó")
    expect(scan(open_phone, short_link, "en").get_by_role("heading", level=1)).to_have_text(
        "Vọng Communal House of the Papermakers"
    )
    assert scans_shown(editor_page) == before + 2


@pytest.mark.parametrize("place", [STREET, SHOP, FOOD_VENDOR], ids=str)
def test_a_page_of_the_demonstration_is_printed_scanned_and_counted(place, editor_page, open_phone):
    open_editor_of(editor_page, place.titles["vi"])
    short_link = decoded_from_downloaded_png(editor_page)
    before = scans_shown(editor_page)
    for language in LANGUAGES:
        phone = scan(open_phone, short_link, language)
        expect(phone.get_by_role("heading", level=1)).to_have_text(place.titles[language])
        assert phone.url.endswith(place.paths[language])
    assert scans_shown(editor_page) == before + 2
