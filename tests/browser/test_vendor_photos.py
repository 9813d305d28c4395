"""The vendors' corner on a phone with a bad line: photos, what is typed, and the card on the counter."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from tests.browser.network_line import NetworkLine
from tests.browser.places import FOOD_VENDOR, HERITAGE
from tests.media.photographs import photograph

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

COUNT = "from streets.models import VendorPicture; print(VendorPicture.objects.count())"
LARGEST = (
    "from streets.models import VendorPicture; newest = VendorPicture.objects.latest('pk').picture; "
    "print(max(newest.width, newest.height), newest.file_size)"
)


@pytest.fixture
def line(demo_site):
    line = NetworkLine(urlsplit(demo_site.url).port)
    yield line
    line.close()


@pytest.fixture
def vendor(open_phone, demo_site, line):
    """Return a function that opens the phone of the vendor, signed in, on the shop's first screen."""

    def open_(**options):
        phone = open_phone(base_url=line.url, viewport={"width": 360, "height": 740}, **options)
        phone.goto(address("accounts:sign_in"))
        phone.fill("[name=username]", "vendor")
        phone.fill("[name=password]", demo_site.password("vendor"))
        phone.locator("main form:has([name=password]) button[type=submit]").first.click()
        phone.wait_for_url(f"**{address('portal:home')}*/")
        return phone

    return open_


@pytest.fixture
def shot(tmp_path):
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(photograph(size=(3000, 2000), quality=97))
    return path


def address(name: str, *args: str) -> str:
    with override("vi"):
        return reverse(name, args=args)


def open_screen(phone, name: str, *args: str) -> None:
    """Open a screen of the shop whose first screen the phone shows."""
    key = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", phone.url)[0]
    phone.goto(address(f"portal:{name}", key, *args))


def drafts(phone) -> list[str]:
    return phone.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft '))")


def test_a_photo_waits_for_the_line_goes_by_itself_and_arrives_once_and_small(vendor, line, shot, demo_site):
    phone = vendor()
    open_screen(phone, "photos")
    before = int(demo_site.ask(COUNT))
    line.cut()
    phone.locator("#chosen").set_input_files(shot)
    waiting = phone.locator(".photo-queue__one")
    expect(waiting).to_contain_text(phone.locator("[data-upload]").get_attribute("data-offline"), timeout=20_000)
    assert line.refused > 0
    line.restore()
    expect(phone.locator(".photo-row--new")).to_have_count(1, timeout=40_000)
    expect(waiting).to_have_count(0)
    assert int(demo_site.ask(COUNT)) == before + 1
    side, size = map(int, demo_site.ask(LARGEST).split())
    assert side == 2048
    assert size < shot.stat().st_size
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_photo_on_a_slow_line_shows_how_far_it_is_and_after_a_failure_goes_on_at_a_tap(vendor, line, shot):
    phone = vendor()
    open_screen(phone, "photos")
    upload, waiting = phone.locator("[data-upload]"), phone.locator(".photo-queue__one")
    progress = waiting.locator("progress")
    # What is sent is taken in, and nothing answers.
    line.hold()
    phone.locator("#chosen").set_input_files(shot)
    expect(progress).to_be_visible()
    expect(progress).not_to_have_js_property("value", 0, timeout=20_000)
    expect(waiting).to_contain_text(upload.get_attribute("data-sending"))
    # Then the line is back, and the site fails once.
    phone.route(
        f"**{upload.get_attribute('action')}",
        lambda route: route.fulfill(status=503, content_type="text/html", body=""),
        times=1,
    )
    line.restore()
    expect(waiting).to_contain_text(upload.get_attribute("data-failed"), timeout=40_000)
    expect(progress).to_be_hidden()
    waiting.get_by_role("button", name=upload.get_attribute("data-again")).click()
    expect(phone.locator(".photo-row--new")).to_have_count(1, timeout=40_000)
    expect(waiting).to_have_count(0)


def test_photos_are_put_in_order_said_in_words_and_sent(vendor, shot):
    phone = vendor()
    open_screen(phone, "photos")
    phone.locator("#chosen").set_input_files(shot)
    row = phone.locator(".photo-row--new")
    row.wait_for()
    row.locator("[name$=-alt]").fill("Bát phở bò tái")
    for other in phone.locator("[data-photo]").all():
        # What lies there from before, still without words.
        if not other.locator("[name$=-alt]").input_value():
            other.locator("[data-photo-away]").click()
    while row.locator("[data-photo-up]").is_enabled():
        row.locator("[data-photo-up]").click()
    expect(row.locator("[data-photo-main]")).to_be_visible()
    phone.locator("[data-photos] > button[type=submit]").click()
    phone.wait_for_url("**?changed=*")
    expect(phone.locator("[data-photo]").first.locator("[name$=-alt]")).to_have_value("Bát phở bò tái")
    assert drafts(phone) == []


def test_without_scripts_a_photo_is_uploaded_by_the_plain_form(vendor, shot):
    phone = vendor(java_script_enabled=False)
    open_screen(phone, "photos")
    rows = phone.locator("[data-photo]").count()
    phone.locator("#taken").set_input_files(shot)
    phone.locator("[data-upload-plain]").click()
    expect(phone.locator("[data-photo]")).to_have_count(rows + 1)
    expect(phone.locator("[data-photo]").last.locator("[name$=-position]")).to_be_visible()


def test_what_was_typed_outlives_the_line_and_the_tab_and_is_forgotten_once_sent(vendor, line):
    phone = vendor()
    open_screen(phone, "words", "vi")
    there = phone.url
    field = phone.locator("form[data-keep] textarea").first
    field.fill("Phở bò gia truyền, nấu từ 5 giờ sáng.")
    line.cut()
    refused = line.refused
    phone.locator("form[data-keep] button[type=submit]").click()
    expect(phone.locator(".draft-note[role=alert]")).to_be_visible(timeout=20_000)
    assert line.refused > refused
    expect(field).to_have_value("Phở bò gia truyền, nấu từ 5 giờ sáng.")
    assert len(drafts(phone)) == 1
    line.restore()
    phone.goto(address("portal:home"))
    phone.goto(there)
    expect(phone.locator(".draft-note[role=status]")).to_contain_text(re.compile(r"\d{2}:\d{2}"))
    expect(field).to_have_value("Phở bò gia truyền, nấu từ 5 giờ sáng.")
    phone.locator("form[data-keep] button[type=submit]").click()
    phone.wait_for_url("**?changed=*")
    expect(phone.locator(".portal")).to_be_visible()
    phone.wait_for_timeout(300)
    assert drafts(phone) == []


def test_signing_out_leaves_nothing_behind_and_what_looks_like_an_account_is_never_kept(vendor):
    phone = vendor()
    open_screen(phone, "words", "vi")
    field = phone.locator("form[data-keep] textarea").first
    # Typed slowly, its first figures do not look like one yet; they must not stay behind.
    for typed in ("0011 012", "0011 0123 45678"):
        field.fill(typed)
        phone.wait_for_timeout(600)
    assert drafts(phone) == []
    field.fill("Mở lại từ thứ Hai.")
    phone.wait_for_timeout(600)
    assert len(drafts(phone)) == 1
    phone.goto(f"{address('portal:home')}?all")
    phone.locator(f"form[action='{address('accounts:sign_out')}'] button").click()
    phone.wait_for_load_state()
    assert drafts(phone) == []


def test_no_page_of_the_vendors_corner_is_kept_by_the_worker(vendor):
    phone = vendor()
    first = phone.url
    phone.goto(HERITAGE.paths["vi"])
    phone.locator("[data-keep-start]").click()
    status = phone.locator("[data-keep-status]")
    expect(status).to_contain_text(status.get_attribute("data-saved"), timeout=20_000)
    for own in (first, address("portal:home")):
        phone.goto(own)
        phone.wait_for_timeout(500)
    assert phone.evaluate("Boolean(navigator.serviceWorker.controller)")
    kept = phone.evaluate(
        """async () => {
            const all = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
            return all;
        }"""
    )
    assert HERITAGE.paths["vi"] in kept
    assert not [path for path in kept if path.startswith(address("portal:home"))]


def test_the_own_card_is_scanned_and_the_public_page_says_when(vendor, open_phone):
    phone = vendor()
    code = phone.locator(".facts .code-typed").first.inner_text().replace("-", "").replace(" ", "")
    phone.goto(f"/q/{code}")
    assert address("portal:home") in phone.url
    phone.locator("button[value=good]").click()
    expect(phone.locator(".portal__message")).to_be_visible()
    visitor = open_phone()
    visitor.goto(FOOD_VENDOR.paths["vi"])
    expect(visitor.locator(".confirmed__code")).to_contain_text(re.compile(r"\d{2}:\d{2}"))
