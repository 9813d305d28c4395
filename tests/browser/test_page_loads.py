"""What a page asks for while it loads: only our own files, few bytes, nothing the policy refuses."""

import pytest

from tests.browser.places import LANGUAGES, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

LARGEST_PAGE = 60_000  # bytes before photos, docs/architecture.md


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PAGES, ids=str)
def test_a_page_loads_only_our_own_files_without_a_complaint(place, language, open_phone, demo_site):
    phone = open_phone()
    complaints, foreign, failed = [], [], []
    phone.on("console", lambda message: message.type in {"error", "warning"} and complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    phone.on("request", lambda request: request.url.startswith(demo_site.url) or foreign.append(request.url))
    phone.on("response", lambda response: response.status >= 400 and failed.append(response.url))
    phone.goto(place.paths[language], wait_until="networkidle")
    assert (complaints, foreign, failed) == ([], [], [])


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_a_page_is_light_before_its_photos(place, open_phone):
    phone = open_phone()
    finished = []
    phone.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright cannot wrap a built-in
    phone.goto(place.paths["vi"], wait_until="networkidle")
    sizes = {
        request.url: request.sizes()["responseBodySize"] for request in finished if request.resource_type != "image"
    }
    assert 0 < sum(sizes.values()) <= LARGEST_PAGE, sizes


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/site-history/"])
def test_the_admin_works_under_its_policy(path, editor_page):
    complaints = []
    editor_page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    editor_page.on("pageerror", lambda error: complaints.append(str(error)))
    editor_page.goto(path, wait_until="networkidle")
    assert complaints == []
