import io
from dataclasses import replace

import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupPagePermission

from tests.factories import HeritageSitePageFactory, StandardPageFactory, translate
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@pytest.fixture
def place(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


def show(page) -> str:
    return reverse("plaques_admin:show", args=[page.pk])


def download(page, extension: str) -> str:
    return reverse("plaques_admin:download", args=[page.pk, extension])


@pytest.mark.parametrize("extension", TYPES)
def test_an_editor_downloads_the_plate_named_after_page_and_code(editor_client, place, extension):
    response = editor_client.get(download(place, extension))
    assert response.headers["Content-Type"] == TYPES[extension]
    code = Plaque.objects.for_page(place).printed_code
    assert response.headers["Content-Disposition"] == f'attachment; filename="dinh-boi-ha-{code}.{extension}"'


def test_the_downloaded_plate_carries_the_pages_short_link(editor_client, place):
    response = editor_client.get(download(place, "png"))
    with Image.open(io.BytesIO(response.content)) as picture:
        [read] = zxingcpp.read_barcodes(picture)
    assert read.text == f"https://cg.example/q/{Plaque.objects.for_page(place).code}"


def test_both_translations_give_the_same_plate(editor_client, place):
    english = translate(place, "Bối Hà Communal House")
    assert editor_client.get(download(place, "svg")).content == editor_client.get(download(english, "svg")).content


def test_the_screen_shows_plate_code_link_downloads_and_scans(editor_client, place):
    response = editor_client.get(show(place))
    plaque = Plaque.objects.for_page(place)
    html = response.content.decode()
    assert "<svg" in html
    for expected in (plaque.printed_code, plaque.short_link, *(download(place, extension) for extension in TYPES)):
        assert expected in html


def test_the_page_editor_and_the_page_listing_lead_to_the_plaque(editor_client, place):
    editor = editor_client.get(reverse("wagtailadmin_pages:edit", args=[place.pk])).content.decode()
    assert Plaque.objects.for_page(place).printed_code in editor
    assert download(place, "pdf") in editor
    listing = editor_client.get(reverse("wagtailadmin_explore", args=[place.get_parent().pk])).content.decode()
    assert show(place) in listing


def test_the_header_of_the_page_editor_has_a_button_to_the_plaque(editor_client, place):
    editor = editor_client.get(reverse("wagtailadmin_pages:edit", args=[place.pk])).content.decode()
    assert f'href="{show(place)}"' in editor


def test_a_visitor_is_asked_to_sign_in(client, place):
    for url in (show(place), download(place, "png")):
        response = client.get(url)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


def test_somebody_with_the_admin_but_not_this_page_is_refused(client, editor, place, ward):
    elsewhere = StandardPageFactory(parent=ward.homes["vi"])
    GroupPagePermission.objects.filter(group__user=editor).update(page=elsewhere)
    client.force_login(editor)
    assert client.get(show(elsewhere)).status_code == 200
    for url in (show(place), download(place, "svg")):
        response = client.get(url)
        assert response.status_code in {302, 403}
        assert Plaque.objects.for_page(place).code not in response.content.decode()
    listing = client.get(reverse("wagtailadmin_explore", args=[place.get_parent().pk]), follow=True).content.decode()
    assert show(place) not in listing


def test_an_unknown_format_is_not_found(editor_client, place):
    assert editor_client.get(f"/admin/plaques/{place.pk}/plate.exe", follow=True).status_code == 404


def test_a_plate_that_cannot_be_printed_says_why_and_leaves_the_page_editable(editor_client, place):
    place.title = "Đình " + "rất dài " * 25
    place.save_revision().publish()
    response = editor_client.get(download(place, "pdf"), headers={"accept-language": "vi"})
    assert response.status_code == 422
    assert "quá dài so với biển" in response.content.decode()
    editor = editor_client.get(reverse("wagtailadmin_pages:edit", args=[place.pk]))
    assert editor.status_code == 200
    assert "quá dài so với biển" in editor.content.decode()


def test_a_new_page_says_when_its_plaque_will_be_there(editor_client, place):
    url = reverse("wagtailadmin_pages:add", args=["heritage", "heritagesitepage", place.get_parent().pk])
    assert "Biển được cấp mã khi trang được lưu lần đầu" in editor_client.get(url).content.decode()


def test_listing_more_pages_asks_no_more_of_the_plaques(editor_client, place):
    parent = place.get_parent()
    url = reverse("wagtailadmin_explore", args=[parent.pk])
    editor_client.get(url)

    def plaque_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            editor_client.get(url)
        return sum("plaques_" in query["sql"] for query in queries)

    few = plaque_queries()
    for _ in range(4):
        HeritageSitePageFactory(parent=parent)
    assert plaque_queries() == few


@pytest.mark.parametrize("extension", TYPES)
def test_an_artwork_that_does_not_read_back_is_never_offered(editor_client, place, extension, monkeypatch):
    def wrong(plaque, page):
        return replace(inscription_for(plaque, page), short_link=plaque.short_link.lower())

    monkeypatch.setattr("wardmark.plaques.offer.inscription_for", wrong)
    code = Plaque.objects.for_page(place).printed_code
    for address in (show(place), download(place, extension)):
        answer = editor_client.get(address)
        said = answer.content.decode()
        assert "Content-Disposition" not in answer.headers
        assert f"Biển {code} đã vẽ xong nhưng máy đọc lại không ra đúng đường dẫn ngắn" in said
        assert "shape-rendering" not in said


def test_the_editor_sees_that_the_artwork_was_proved(editor_client, place):
    said = editor_client.get(show(place)).content.decode()
    assert "Máy khác đã đọc lại đúng từng byte" in said
    assert "phiên bản 3, mức Q" in said
