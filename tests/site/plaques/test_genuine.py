import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    HeritageSitePageFactory,
    PictureFactory,
    StreetIndexPageFactory,
    StreetPageFactory,
    translate,
)
from tests.site.plaques.printed import print_plaque
from wardmark.plaques.genuine import MOST_SHOWN
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install, mark_lost, retire
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import EventKind, Plaque
from wardmark.plaques.scans import count_scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(heritage):
    page = HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")
    translate(page, "Bối Hà Communal House")
    return page


def hung(page, label: str) -> Plaque:
    plaque = issue_further(page=page, by=None, label=label)
    install(plaque=plaque, by=None)
    return plaque


def section(client, page) -> str:
    found = re.search(r'<section class="genuine".*?</section>', client.get(page.url).content.decode(), re.DOTALL)
    return found[0] if found else ""


def test_a_place_shows_no_plaque_before_one_is_printed(client, place):
    assert section(client, place) == ""
    print_plaque(Plaque.objects.for_page(place))
    assert Plaque.objects.for_page(place).printed_code in section(client, place)


def test_a_place_shows_its_plaques_the_primary_one_first_and_no_more_than_six(client, place):
    labels = [f"bia số {n}" for n in range(9)]
    for label in labels:
        hung(place, label)
    primary = Plaque.objects.for_page(place)
    install(plaque=primary, by=None)
    codes = re.findall(r'action="/q/(\w+)/report/"', section(client, place))
    assert len(codes) == MOST_SHOWN
    assert codes[0] == primary.code


def test_what_was_retired_is_not_to_be_compared_with_but_a_lost_one_is(client, place):
    gone, lost = hung(place, "nhà khách"), hung(place, "cổng sau")
    retire(plaque=gone, by=None, why="Đã tháo")
    mark_lost(plaque=lost, by=None)
    shown = section(client, place)
    assert gone.printed_code not in shown
    assert lost.printed_code in shown


def test_the_buttons_need_no_token_so_that_the_page_may_be_kept(client, place, settings):
    settings.PAGE_CACHE_SECONDS = 300
    hung(place, "cổng sau")
    for _ in range(2):
        visitor = Client()
        response = visitor.get(place.url)
        assert "csrfmiddlewaretoken" not in response.content.decode()
        assert not response.cookies
    with CaptureQueriesContext(connection) as captured:
        assert "/report/" in Client().get(place.url).content.decode()
    assert len(captured) == 0


def test_a_new_photo_is_seen_by_the_next_visitor(client, place, settings, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE_SECONDS = 300
    plaque = hung(place, "cổng sau")
    assert "<img" not in section(client, place)
    with (
        django_capture_on_commit_callbacks(execute=True),
        changing(plaque, kind=EventKind.CHANGED, by=None) as current,
    ):
        current.photo = PictureFactory()
    assert plaque.printed_code in re.search(r'<img[^>]+alt="([^"]+)"', section(client, place))[1]


def test_each_language_thanks_in_its_own(client, place):
    hung(place, "cổng sau")
    assert 'name="language" value="vi"' in section(client, place)
    assert 'name="language" value="en"' in section(client, place.get_translations().get())


def test_nobody_reads_from_a_page_how_often_it_was_scanned(client, place):
    plaque = hung(place, "cổng sau")
    before = section(client, place)
    for _ in range(37):
        count_scan(plaque_id=plaque.pk, language="vi")
    assert section(client, place) == before


@pytest.mark.parametrize("kind", ["heritage", "street"])
def test_six_plaques_with_photos_cost_no_more_queries_than_one(client, ward, place, kind):
    page = place
    if kind == "street":
        page = StreetPageFactory(parent=StreetIndexPageFactory(parent=ward.homes["vi"]))

    def queries() -> int:
        with changing(hung(page, "cổng"), kind=EventKind.CHANGED, by=None) as current:
            current.photo = PictureFactory()
        client.get(page.url)  # draws the photos
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url)
        return len(captured)

    one = queries()
    assert [queries() for _ in range(MOST_SHOWN - 1)][-1] <= one


def test_the_preview_of_a_page_shows_them_too(editor_client, place):
    plaque = hung(place, "cổng sau")
    assert plaque.printed_code in place.make_preview_request().content.decode()
