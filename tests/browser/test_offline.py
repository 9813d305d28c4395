"""Pages kept on the device: with the network cut between the phone and the site, and found to be cut."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from tests.browser.network_line import NetworkLine
from tests.browser.places import HERITAGE, HOME, SHOP, STREET, TRAIL

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

SITE = HERITAGE.paths["vi"]
NOT_KEPT = SHOP.paths["vi"]


@pytest.fixture
def line(demo_site):
    line = NetworkLine(urlsplit(demo_site.url).port)
    yield line
    line.close()


@pytest.fixture
def phone(open_phone, line):
    return open_phone(base_url=line.url)


def saved_address(language: str) -> str:
    with override(language):
        return reverse("kept")


def save(phone, path: str, *, with_recording: bool = False) -> None:
    phone.goto(path)
    offer = phone.locator("[data-keep]")
    if with_recording:
        offer.locator("[data-keep-audio]").check()
    offer.locator("[data-keep-start]").click()
    saved = offer.locator("[data-keep-status]").get_attribute("data-saved")
    expect(offer.locator("[data-keep-status]")).to_contain_text(saved, timeout=20_000)


def visit(phone, path: str) -> None:
    """Open a page and wait until it is kept, as all are after the first that was saved."""
    phone.goto(path)
    wait_until(phone, f"caches.match('{path}').then(Boolean)")


def wait_until(phone, promise: str) -> None:
    for _attempt in range(100):
        if phone.evaluate(promise):
            return
        phone.wait_for_timeout(100)
    raise AssertionError(f"not within ten seconds: {promise}")


def cut(line, phone) -> None:
    """Cut the line, and see that it is: a request that no worker answers fails, from the page and from the server."""
    line.cut()
    before = line.refused
    assert phone.evaluate("fetch('/admin/login/?cut', {cache: 'no-store'}).then(() => 'answered', () => 'failed')") == (
        "failed"
    )
    assert line.refused > before


def kept_addresses(phone) -> list[str]:
    return phone.evaluate(
        """async () => {
            const all = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
            return all;
        }"""
    )


def photos_shown(phone) -> list[int]:
    return phone.locator("main img").evaluate_all("all => all.map(image => image.complete && image.naturalWidth)")


def test_nothing_stands_behind_the_site_before_somebody_asks(phone):
    phone.goto(SITE)
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert phone.evaluate("caches.keys()") == []


def test_a_saved_page_opens_without_a_network_with_its_photo_and_says_how_old_it_is(phone, line):
    save(phone, SITE)
    cut(line, phone)
    answered = line.answered
    phone.goto(SITE)
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["vi"])
    expect(phone.locator("[data-kept-note]")).to_be_visible()
    assert re.search(r"\d{2}:\d{2}", phone.locator("[data-kept-note] time").inner_text())
    assert photos_shown(phone)[0] > 0
    assert phone.evaluate("document.fonts.load('600 20px Lora').then(faces => faces.length)") > 0
    assert phone.evaluate("getComputedStyle(document.querySelector('.action-bar')).position") == "fixed"
    assert line.answered == answered


def test_a_page_that_comes_from_the_network_does_not_call_itself_a_copy(phone):
    save(phone, SITE)
    phone.goto(SITE)
    phone.wait_for_timeout(300)
    expect(phone.locator("[data-kept-note]")).to_be_hidden()


def test_a_scan_without_a_network_opens_the_kept_page_and_with_one_still_asks_the_server(phone, line, demo_site):
    save(phone, SITE)
    code = phone.locator("[data-short-link]").first.get_attribute("data-short-link")
    answered = line.answered
    phone.goto(code)
    assert line.answered > answered
    cut(line, phone)
    phone.goto(code)
    assert urlsplit(phone.url).path == SITE
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["vi"])
    # What the scan asked for is kept nowhere but as where it leads.
    held = phone.evaluate(f"caches.match('{code}').then(kept => [kept.status, kept.headers.get('location')])")
    assert held == [302, line.url + SITE]


def test_the_language_switch_leads_from_kept_page_to_kept_page_without_a_network(phone, line):
    save(phone, HERITAGE.paths["en"])
    save(phone, SITE)
    cut(line, phone)
    phone.goto(SITE)
    phone.get_by_role("link", name="English", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["en"])
    assert urlsplit(phone.url).path == HERITAGE.paths["en"]


@pytest.mark.parametrize("hung_on", ["?at=21.03091,105.78806,0123456789", "?fbclid=abc"])
def test_what_is_hung_on_an_address_does_not_hide_the_kept_page(phone, line, hung_on):
    save(phone, SITE)
    cut(line, phone)
    phone.goto(SITE + hung_on)
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["vi"])


def test_a_saved_recording_plays_and_can_be_moved_in_without_a_network(phone, line):
    save(phone, SITE, with_recording=True)
    cut(line, phone)
    phone.goto(SITE)
    at = phone.evaluate(
        """async () => {
            const audio = document.querySelector("audio");
            const happens = (name) => new Promise((resolve, reject) => {
                audio.addEventListener(name, resolve, {once: true});
                setTimeout(() => reject(new Error(`no ${name}`)), 10000);
            });
            audio.preload = "auto";
            audio.load();
            await happens("canplay");
            audio.currentTime = audio.duration / 2;
            await happens("seeked");
            audio.muted = true;
            audio.play();
            await happens("timeupdate");
            return [audio.duration, audio.currentTime];
        }"""
    )
    assert at[0] > 30
    assert at[0] / 2 - 0.5 <= at[1] < at[0] / 2 + 5


@pytest.mark.parametrize(
    ("wish", "status", "answer", "length"),
    [
        ("bytes=0-1", 206, "bytes 0-1/{size}", 2),
        ("bytes=100-", 206, "bytes 100-{last}/{size}", -100),
        ("bytes=-500", 206, "bytes {end500}-{last}/{size}", 500),
        ("bytes=10-99999999", 206, "bytes 10-{last}/{size}", -10),
        ("bytes=99999999-", 416, "bytes */{size}", 0),
        ("bytes=0-1,4-5", 200, None, 0),
        (None, 200, None, 0),
    ],
)
def test_a_kept_recording_answers_ranges(wish, status, answer, length, phone, line):
    save(phone, SITE, with_recording=True)
    cut(line, phone)
    url = phone.locator("audio source").first.get_attribute("src")
    got = phone.evaluate(
        """async ([url, wish]) => {
            const whole = await (await caches.match(url)).arrayBuffer();
            const answer = await fetch(url, wish ? {headers: {Range: wish}} : {});
            const body = new Uint8Array(await answer.arrayBuffer());
            const range = answer.headers.get("Content-Range");
            const from = Number(/bytes (\\d+)-/.exec(range ?? "")?.[1] ?? 0);
            const isPart = new Uint8Array(whole, from, body.length).every((byte, at) => byte === body[at]);
            return {status: answer.status, range, length: body.length, size: whole.byteLength, isPart};
        }""",
        [url, wish],
    )
    size = got["size"]
    assert size > 10_000
    words = {"size": size, "last": size - 1, "end500": size - 500}
    expected = size if status == 200 else length if length >= 0 else size + length
    assert (got["status"], got["range"], got["length"]) == (status, answer and answer.format(**words), expected)
    assert got["isPart"]


def test_a_page_that_was_not_saved_gives_the_list_of_those_that_were(phone, line):
    save(phone, SITE)
    cut(line, phone)
    phone.goto(NOT_KEPT)
    assert urlsplit(phone.url).path == NOT_KEPT
    expect(phone.locator("[data-kept-missing]")).to_be_visible()
    phone.get_by_role("link", name=HERITAGE.titles["vi"]).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(HERITAGE.titles["vi"])
    # In the language of the address that was asked for.
    phone.goto(SHOP.paths["en"])
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("[data-kept-list] a")).to_have_attribute("href", SITE)


def test_an_unknown_code_without_a_network_gives_the_list_in_the_visitors_language(open_phone, line, demo_site):
    phone = open_phone(base_url=line.url, locale="en-GB")
    save(phone, HERITAGE.paths["en"])
    cut(line, phone)
    phone.goto(f"/q/{demo_site.codes('page_key=None')[0]}")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("[data-kept-missing]")).to_be_visible()


def test_pages_visited_after_the_first_was_saved_are_kept_too(phone, line):
    save(phone, SITE)
    visit(phone, STREET.paths["vi"])
    cut(line, phone)
    phone.goto(STREET.paths["vi"])
    expect(phone.get_by_role("heading", level=1)).to_have_text(STREET.titles["vi"])
    assert photos_shown(phone)[0] > 0


def test_of_pages_only_visited_the_oldest_go_and_what_was_asked_for_stays(phone):
    save(phone, SITE)
    phone.evaluate(
        """async () => {
            const pages = await caches.open("kept-pages"), files = await caches.open("kept-files");
            await files.put("/uploads/of-the-oldest.jpg", new Response("x"));
            for (let day = 1; day <= 31; day++) {
                const at = `2020-01-${String(day).padStart(2, "0")}T00:00:00Z`;
                const note = {title: String(day), at, asked: false, audio: false, bytes: 10, codes: [],
                    files: day === 1 ? [location.origin + "/uploads/of-the-oldest.jpg"] : []};
                const headers = {"X-Kept": encodeURIComponent(JSON.stringify(note))};
                await pages.put(`/vi/${day}/`, new Response("", {headers}));
            }
        }"""
    )
    visit(phone, HOME.paths["vi"])
    wait_until(phone, "caches.match('/uploads/of-the-oldest.jpg').then(kept => !kept)")
    kept = kept_addresses(phone)
    assert len([address for address in kept if re.fullmatch(r"/vi/\d+/", address)]) == 29
    assert {SITE, HOME.paths["vi"]} <= set(kept)


def test_what_is_not_a_public_page_is_never_kept(phone, line, demo_site):
    save(phone, SITE)
    phone.goto("/admin/login/")
    phone.goto("/vi/tai-khoan/dang-nhap/")
    phone.fill("[name=username]", "editor")
    phone.fill("[name=password]", demo_site.password("editor"))
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_url("**/vi/cua-hang-cua-toi/")
    for path in ("/admin/", "/vi/cua-hang-cua-toi/", "/vi/tim-kiem/?q=chua", "/vi/khong-co-trang-nay/", "/q/"):
        phone.goto(path)
        # Whatever it would keep, it has kept once this page is.
        phone.wait_for_timeout(300)
    visit(phone, NOT_KEPT)
    own = ("/admin", "/vi/tai-khoan", "/vi/cua-hang-cua-toi", "/vi/tim-kiem", "/vi/khong-co", "/documents")
    kept = kept_addresses(phone)
    assert [address for address in kept if address.startswith(own) or address == "/q/"] == []
    # Without a network the browser itself says so there: nothing of ours answers.
    cut(line, phone)
    for path in ("/admin/", "/vi/cua-hang-cua-toi/"):
        with pytest.raises(Exception, match="ERR_"):
            phone.goto(path)


def test_the_kept_copy_is_what_everybody_sees(phone, demo_site):
    phone.goto("/vi/tai-khoan/dang-nhap/")
    phone.fill("[name=username]", "editor")
    phone.fill("[name=password]", demo_site.password("editor"))
    phone.locator("main form button[type=submit]").click()
    phone.wait_for_url("**/vi/cua-hang-cua-toi/")
    sent = []
    phone.context.on(
        "request", lambda request: request.url.endswith(SITE) and sent.append((request.resource_type, request))
    )
    save(phone, SITE)
    cookies = [request.all_headers().get("cookie") for kind, request in sent if kind == "fetch"]
    assert cookies == [None]


def test_the_network_comes_first_but_no_visitor_waits_long_for_it(phone, line):
    save(phone, SITE)
    line.hold()
    phone.goto(SITE, timeout=8000)
    expect(phone.locator("[data-kept-note]")).to_be_visible()
    assert line.refused > 0
    line.restore()
    phone.goto(SITE)
    phone.wait_for_timeout(300)
    expect(phone.locator("[data-kept-note]")).to_be_hidden()


def test_the_list_says_what_is_kept_and_removes_one_or_all_without_a_network(phone, line):
    save(phone, SITE)
    save(phone, STREET.paths["vi"])
    cut(line, phone)
    phone.goto(saved_address("vi"))
    items = phone.locator("[data-kept-list] li")
    expect(items).to_have_count(2)
    expect(phone.locator("[data-kept-missing]")).to_be_hidden()
    assert re.search(r"\d[\d.,]* ?MB", items.first.inner_text())
    # The street has nothing to listen to; the recording of the other page was not asked for.
    expect(items.locator("[data-kept-audio]:visible")).to_have_count(0)
    items.filter(has_text=STREET.titles["vi"]).get_by_role("button").click()
    expect(items).to_have_count(1)
    kept = kept_addresses(phone)
    assert STREET.paths["vi"] not in kept
    assert not [address for address in kept if "street" in address]
    assert [address for address in kept if "pagoda" in address]
    phone.locator("[data-kept-clear]").click()
    expect(items).to_have_count(0)
    expect(phone.locator("[data-kept-none]")).to_be_visible()
    assert not [address for address in kept_addresses(phone) if address.startswith(("/uploads/", "/q/"))]
    phone.goto(SITE)
    expect(phone.locator("[data-kept-missing]")).to_be_visible()


def test_a_whole_trail_is_saved_at_once_with_its_stops_and_what_is_to_be_heard_there(phone, line):
    save(phone, TRAIL.paths["vi"], with_recording=True)
    stops = phone.locator(".stop h3 a").evaluate_all("all => all.map(one => [one.pathname, one.textContent])")
    assert len(stops) == 6
    cut(line, phone)
    phone.goto(TRAIL.paths["vi"])
    expect(phone.locator(".stop")).to_have_count(6)
    assert phone.locator(".ward-map svg").first.is_visible()
    heard = 0
    for path, title in stops:
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1)).to_have_text(title)
        assert photos_shown(phone)[0] > 0
        if phone.locator("audio").count():
            url = phone.locator("audio source").first.get_attribute("src")
            heard += phone.evaluate(f"fetch('{url}').then(answer => answer.ok)")
    assert heard > 0
    phone.goto(saved_address("vi"))
    expect(phone.locator("[data-kept-list] [data-kept-audio]:visible")).to_have_count(heard)


def test_a_failure_is_said_and_can_be_tried_again(phone, line):
    phone.goto(SITE)
    offer = phone.locator("[data-keep]")
    expect(offer).to_be_visible()
    line.cut()
    status = offer.locator("[data-keep-status]")
    offer.locator("[data-keep-start]").click()
    expect(status).to_have_text(status.get_attribute("data-failed"))
    line.restore()
    offer.locator("[data-keep-start]").click()
    expect(status).to_contain_text(status.get_attribute("data-saved"), timeout=20_000)


def test_saving_fails_where_the_worker_cannot_be_installed(phone, line):
    """Its files come first: without them a kept page could not be shown, so it is not called saved."""
    phone.goto(SITE)
    offer = phone.locator("[data-keep]")
    expect(offer).to_be_visible()
    phone.context.route(
        "**/sw.js",
        lambda route: route.fulfill(
            content_type="text/javascript", body="addEventListener('install', e => e.waitUntil(Promise.reject('no')))"
        ),
    )
    status = offer.locator("[data-keep-status]")
    offer.locator("[data-keep-start]").click()
    expect(status).to_have_text(status.get_attribute("data-failed"))


def test_saving_can_be_stopped(phone, line):
    save(phone, SITE)
    line.hold()
    offer = phone.locator("[data-keep]")
    status = offer.locator("[data-keep-status]")
    offer.locator("[data-keep-start]").click()
    expect(offer.locator("[data-keep-progress]")).to_be_visible()
    offer.locator("[data-keep-cancel]").click()
    expect(status).to_have_text(status.get_attribute("data-cancelled"))
    expect(offer.locator("[data-keep-start]")).to_be_focused()


def test_what_is_asked_for_stays_so_while_the_same_page_is_kept_as_visited(phone):
    """The visit would end last: its copy is held back until that of the tap is written, for a second at most."""
    save(phone, HERITAGE.paths["en"])
    phone.add_init_script(
        f"""{{
            const put = Cache.prototype.put;
            window.copies = {{begun: 0, written: 0}};
            Cache.prototype.put = async function (request, response) {{
                if (request !== {SITE!r}) return put.call(this, request, response);
                const isVisit = !copies.begun++;
                for (let waits = 0; isVisit && !copies.written && waits < 20; waits++)
                    await new Promise((resolve) => setTimeout(resolve, 50));
                await put.call(this, request, response);
                copies.written++;
            }};
        }}"""
    )
    phone.goto(SITE)
    wait_until(phone, "copies.begun === 1")
    phone.locator("[data-keep-start]").click()
    wait_until(phone, "copies.written === 2")
    status = phone.locator("[data-keep-status]")
    expect(status).to_contain_text(status.get_attribute("data-saved"))
    phone.goto(saved_address("vi"))
    expect(phone.locator("[data-kept-list] a", has_text=HERITAGE.titles["vi"])).to_be_visible()
    asked = phone.evaluate(
        f"caches.match({SITE!r}).then(kept => JSON.parse(decodeURIComponent(kept.headers.get('X-Kept'))).asked)"
    )
    assert asked is True


@pytest.mark.parametrize(("never", "word"), [("/uploads/", "saved"), ("/static/", "failed")])
def test_a_file_that_never_comes_does_not_hold_up_the_rest_for_ever(never, word, phone):
    """A page can be read without a photo, not without its style."""
    phone.add_init_script(
        f"""{{
            const [real, timeout] = [window.fetch, AbortSignal.timeout];
            AbortSignal.timeout = (time) => timeout.call(AbortSignal, Math.min(time, 3000));
            window.fetch = (url, options) => !String(url).includes({never!r}) ? real(url, options) :
                new Promise((_, reject) =>
                    options.signal?.addEventListener("abort", () => reject(options.signal.reason)));
        }}"""
    )
    phone.goto(SITE)
    status = phone.locator("[data-keep-status]")
    phone.locator("[data-keep-start]").click()
    expect(status).to_contain_text(status.get_attribute(f"data-{word}"), timeout=20_000)
    expect(phone.locator("[data-keep-start]")).to_be_visible()


def test_a_full_phone_is_told_so(open_phone, line):
    phone = open_phone(base_url=line.url)
    phone.add_init_script("navigator.storage.estimate = async () => ({quota: 1000, usage: 1000})")
    phone.goto(SITE)
    offer = phone.locator("[data-keep]")
    status = offer.locator("[data-keep-status]")
    offer.locator("[data-keep-audio]").check()
    offer.locator("[data-keep-start]").click()
    expect(status).to_have_text(status.get_attribute("data-full"))
    # The browser may also find out on the way.
    phone.add_init_script(
        "delete navigator.storage.estimate;"
        "Cache.prototype.put = async () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    phone.goto(SITE)
    offer.locator("[data-keep-start]").click()
    expect(status).to_have_text(status.get_attribute("data-full"))


def test_without_scripts_nothing_is_offered(open_phone):
    phone = open_phone(java_script_enabled=False)
    phone.goto(SITE)
    expect(phone.locator("[data-keep]")).to_be_hidden()
    expect(phone.locator("[data-kept-note]")).to_be_hidden()
    phone.goto(saved_address("vi"))
    expect(phone.locator("noscript")).to_be_visible()
    expect(phone.locator("[data-kept-clear]")).to_be_hidden()
