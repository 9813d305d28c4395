"""A real Chromium in front of the demonstration."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import demo_site as demonstration

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",  # the suite may run as root, where Chromium refuses its sandbox; it opens only our own pages
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    # A browser without a screen says so, and is not counted.
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/156.0.0.0 Mobile Safari/537.36"
    ),
}


def chromium_program() -> str:
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert program, "No Chromium on the path; `make test` installs it or says how."
    return program


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    site, processes = demonstration.start(folder / "var", folder / "server.log")
    yield site
    demonstration.end(processes)


@pytest.fixture(scope="module")
def chromium():
    """One browser for a module. Not longer: while Playwright runs, Django refuses this thread its database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_phone(chromium, demo_site):
    """Return a function that opens a phone's browser for a visitor: `open_phone(locale="en-GB", …)`."""
    contexts = []

    def open_(**options):
        contexts.append(chromium.new_context(**PHONE | {"base_url": demo_site.url, "locale": "vi-VN"} | options))
        return contexts[-1].new_page()

    yield open_
    for context in contexts:
        context.close()


def open_admin(chromium, demo_site, user: str):
    """Return the admin on the screen of somebody who has signed in through its form; the caller ends its context."""
    screen = {"width": 1280, "height": 900}
    options = {"viewport": screen, "locale": "vi-VN", "base_url": demo_site.url, "accept_downloads": True}
    page = chromium.new_context(**options).new_page()
    page.goto("/admin/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", demo_site.password(user))
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def sign_in(chromium, demo_site):
    """Return a function that opens the admin for somebody: `sign_in("officer")`."""
    contexts = []

    def open_(user: str):
        page = open_admin(chromium, demo_site, user)
        contexts.append(page.context)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def editor_page(sign_in):
    """The admin on an editor's screen, signed in through its form."""
    return sign_in("editor")
