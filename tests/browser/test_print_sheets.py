"""A print sheet from end to end: choose pages, see it being made, leave, find it again, download, decode."""

import re

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def choose_pages(editor_page, query: str) -> list[int]:
    """Tick every page of a search in the admin and press “Print plaques”; return their ids."""
    editor_page.goto(f"/admin/pages/search/?q={query}")
    boxes = editor_page.locator("[data-bulk-action-checkbox][data-object-id]")
    for box in boxes.all():
        box.check()
    ids = [int(box.get_attribute("data-object-id")) for box in boxes.all()]
    editor_page.locator("a[href*='/print_plaques/']").click()
    return ids


def order(editor_page, *, format_key: str, made_as: str) -> None:
    editor_page.check(f"[name=format_key][value={format_key}]")
    editor_page.select_option("[name=made_as]", made_as)
    editor_page.locator(".print-order [type=submit]").click()
    editor_page.wait_for_url(re.compile(r"/print/jobs/\d+/$"))


def fetched(editor_page) -> bytes:
    """Wait for the open job's download, without touching the page, and return the file."""
    link = editor_page.locator("a[download]")
    link.wait_for(timeout=120_000)
    with editor_page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()


def links_in(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
    return [symbol.text for picture in pictures for symbol in zxingcpp.read_barcodes(picture)]


def test_pages_are_chosen_printed_left_found_again_and_downloaded(editor_page, demo_site):
    chosen = choose_pages(editor_page, "Chùa")
    # A page and its translation share their plaques; some have further ones.
    keys = f"__import__('wagtail.models').models.Page.objects.filter(pk__in={chosen}).values('translation_key')"
    codes = demo_site.codes(f"page_key__in={keys}, retired_on=None")
    assert len(codes) > 1
    order(editor_page, format_key="counter-card", made_as="SRA3")
    job = editor_page.url

    editor_page.goto("/admin/")
    editor_page.goto("/admin/plaques/print/jobs/")
    editor_page.locator(f"a[href='{job.removeprefix(demo_site.url)}']").click()
    links = links_in(fetched(editor_page))
    total = int(editor_page.locator(".print-job__facts dd").nth(2).inner_text())
    assert sorted(links) == sorted(f"{demo_site.url}/q/{code}" for code in codes)
    assert total == len(links)
    # The demonstration's address is no place for a plaque: the job says so.
    expect(editor_page.locator(".help-warning")).to_contain_text(demo_site.url)


def test_the_progress_moves_by_itself_and_ends_with_the_file(editor_page):
    editor_page.goto("/admin/plaques/print/")
    editor_page.check("[name=which][value=planned]")
    order(editor_page, format_key="plain", made_as="png")
    expect(editor_page.locator("progress")).to_be_visible()
    assert fetched(editor_page).startswith(b"PK")
    expect(editor_page.locator("progress")).to_have_count(0)


def test_a_job_is_cancelled_by_its_button(editor_page):
    editor_page.goto("/admin/plaques/print/")
    order(editor_page, format_key="relic-plate", made_as="png")
    editor_page.locator("form[action$='/cancel/'] button").click()
    expect(editor_page.locator("progress")).to_have_count(0)
    expect(editor_page.locator("a[download]")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_screen_of_print_jobs_scrolls_sideways(editor_page, width):
    editor_page.set_viewport_size({"width": width, "height": 844})
    for path in ("/admin/plaques/print/", "/admin/plaques/print/jobs/", "/admin/reports/chores/"):
        editor_page.goto(path)
        assert editor_page.evaluate("document.documentElement.scrollWidth") <= width
