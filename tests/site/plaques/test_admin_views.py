import io
import re
from dataclasses import replace

import pytest
import zxingcpp
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader
from wagtail.models import GroupPagePermission

from tests.factories import HeritageSitePageFactory, StandardPageFactory, translate
from wardmark.plaques.artwork import FORMATS, lay_out
from wardmark.plaques.inscriptions import inscription_for
from wardmark.plaques.lifecycle import retire
from wardmark.plaques.linking import issue_further
from wardmark.plaques.models import EventKind, Plaque, PlaqueEvent, PlaqueState
from wardmark.plaques.printing import mark_printed

pytestmark = pytest.mark.django_db

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
EVERY_FORMAT = pytest.mark.parametrize("format", FORMATS)


@pytest.fixture
def place(heritage):
    return HeritageSitePageFactory(parent=heritage, title="Đình Bối Hà")


def show(page, format: str = "") -> str:
    return reverse("plaques_admin:show", args=[page.pk]) + (f"?format={format}" if format else "")


def artwork(plaque, format: str = "") -> str:
    return reverse("plaques_admin:artwork", args=[plaque.pk]) + (f"?format={format}" if format else "")


def download(page, extension: str, format: str = "counter-card") -> str:
    return reverse("plaques_admin:download", args=[Plaque.objects.for_page(page).pk, format, extension])


@pytest.mark.parametrize("extension", TYPES)
def test_an_editor_downloads_the_plate_named_after_page_and_code(editor_client, place, extension):
    response = editor_client.get(download(place, extension))
    assert response.headers["Content-Type"] == TYPES[extension]
    code = Plaque.objects.for_page(place).printed_code
    name = f"dinh-boi-ha-{code}-counter-card.{extension}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


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


@pytest.mark.parametrize("file", ["counter-card.exe", "billboard.pdf", "counter-card.png?dpi=72", "poster.pdf?dpi=600"])
def test_an_unknown_format_kind_or_resolution_is_not_found(editor_client, place, file):
    assert editor_client.get(f"/admin/plaques/{place.pk}/{file}", follow=True).status_code == 404


@EVERY_FORMAT
def test_every_format_is_shown_with_its_measures_and_downloaded_at_its_size(editor_client, place, format):
    wanted = FORMATS[format]
    html = editor_client.get(show(place, format), headers={"accept-language": "en"}).content.decode()
    for extension in TYPES:
        assert download(place, extension, format) in html
    with Image.open(io.BytesIO(editor_client.get(download(place, "png", format)).content)) as picture:
        assert picture.size == (round(wanted.width / 25.4 * 300), round(wanted.height / 25.4 * 300))
        [read] = zxingcpp.read_barcodes(picture)
    assert read.text == Plaque.objects.for_page(place).short_link
    shown = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*role="img"', html)
    assert (float(shown[1]), float(shown[2])) == (wanted.width, wanted.height)
    assert html.count('role="img"') == 1, "only the chosen format is drawn"
    [current] = re.findall(r'href="([^"]+)" aria-current="true"', html)
    assert current == artwork(Plaque.objects.for_page(place), format)


def test_all_formats_can_be_chosen_from_the_page_editor(editor_client, place):
    editor = editor_client.get(reverse("wagtailadmin_pages:edit", args=[place.pk])).content.decode()
    for format in FORMATS:
        assert f'href="{artwork(Plaque.objects.for_page(place), format)}"' in editor


def test_a_format_nobody_knows_shows_the_first(editor_client, place):
    assert download(place, "pdf") in editor_client.get(show(place, "billboard")).content.decode()


def test_a_fine_png_has_600_dpi(editor_client, place):
    address = download(place, "png", "plain") + "?dpi=600"
    assert address in editor_client.get(show(place, "plain")).content.decode()
    with Image.open(io.BytesIO(editor_client.get(address).content)) as picture:
        assert round(picture.info["dpi"][0]) == 600
        assert picture.width == round(70 / 25.4 * 600)


def test_only_the_chosen_format_is_drawn_and_proved(editor_client, place, monkeypatch):
    drawn = []

    def noting(format, inscription):
        drawn.append(format.key)
        return lay_out(format, inscription)

    monkeypatch.setattr("wardmark.plaques.offer.lay_out", noting)
    editor_client.get(show(place, "poster"))
    assert drawn == ["poster"]


def test_while_the_address_is_not_public_every_file_is_marked_and_the_editor_is_told_why(
    editor_client, place, settings
):
    clean = editor_client.get(download(place, "pdf")).content
    assert "PROOF" not in PdfReader(io.BytesIO(clean)).pages[0].extract_text()
    assert "plaque__reason" not in editor_client.get(show(place)).content.decode()
    settings.PLAQUE_BASE_URL = "http://192.168.1.5:8000"
    html = editor_client.get(show(place)).content.decode()
    assert "plaque__reason" in html
    assert "PLAQUE_BASE_URL" in html
    assert "http://192.168.1.5:8000" in html
    marked = PdfReader(io.BytesIO(editor_client.get(download(place, "pdf")).content)).pages[0].extract_text()
    assert "PROOF — not for print" in marked
    assert "BẢN THỬ — không in" in marked
    with Image.open(io.BytesIO(editor_client.get(download(place, "png")).content)) as picture:
        [read] = zxingcpp.read_barcodes(picture)
    assert read.text == Plaque.objects.for_page(place).short_link


def text_of(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def printed(plaque, format: str = "counter-card") -> str:
    return reverse("plaques_admin:artwork_printed", args=[plaque.pk, format])


def test_a_single_file_says_the_day_it_was_made_and_no_version(editor_client, place):
    plaque = Plaque.objects.for_page(place)
    mark_printed(plaque=plaque, format=FORMATS["poster"], version=4, base_url="https://cg.example", by=None)
    text = text_of(editor_client.get(download(place, "pdf")).content)
    assert re.search(rf"{plaque.printed_code} · .+ · \d{{4}}-\d\d-\d\d", text)
    assert "v4" not in text


def test_whoever_printed_a_downloaded_file_says_so_and_it_is_no_longer_planned(admin_client, place):
    plaque = Plaque.objects.for_page(place)
    assert printed(plaque, "street-plate") in admin_client.get(artwork(plaque, "street-plate")).content.decode()
    answer = admin_client.post(printed(plaque, "street-plate"))
    assert answer.headers["Location"] == artwork(plaque, "street-plate")
    plaque.refresh_from_db()
    assert (plaque.state, plaque.printed_format, plaque.artwork_version) == (PlaqueState.PRINTED, "street-plate", 1)
    assert plaque.printed_base_url == "https://cg.example"
    [event] = PlaqueEvent.objects.filter(plaque=plaque, kind=EventKind.PRINTED)
    assert event.by.username == "admin"


def test_nothing_is_noted_as_printed_by_looking_or_downloading(admin_client, place):
    plaque = Plaque.objects.for_page(place)
    assert admin_client.get(printed(plaque)).status_code == 405
    admin_client.get(download(place, "pdf"))
    plaque.refresh_from_db()
    assert (plaque.state, plaque.artwork_version) == (PlaqueState.PLANNED, 0)


def test_only_who_may_change_the_plaque_notes_it_as_printed(editor_client, editor, place):
    for group in editor.groups.all():
        group.permissions.remove(Permission.objects.get(codename="change_plaque"))
    plaque = Plaque.objects.for_page(place)
    assert printed(plaque) not in editor_client.get(artwork(plaque)).content.decode()
    assert editor_client.post(printed(plaque)).status_code in {302, 403}
    plaque.refresh_from_db()
    assert plaque.artwork_version == 0


@pytest.mark.parametrize("why", ["proof", "refused", "retired"])
def test_what_may_not_be_printed_cannot_be_noted_as_printed(admin_client, place, settings, why):
    plaque = Plaque.objects.for_page(place)
    if why == "proof":
        settings.PLAQUE_BASE_URL = "http://192.168.1.5:8000"
    elif why == "retired":
        retire(plaque=plaque, why="gỡ hẳn", by=None)
    else:
        place.title = "Đình " + "rất dài " * 25
        place.save_revision().publish()
    assert printed(plaque, "window-sticker") not in admin_client.get(artwork(plaque, "window-sticker")).content.decode()
    told = admin_client.post(printed(plaque, "window-sticker"), follow=True)
    assert [message.level_tag for message in told.context["messages"]] == ["error"]
    plaque.refresh_from_db()
    assert plaque.artwork_version == 0


def test_a_format_nobody_knows_cannot_have_been_printed(admin_client, place):
    assert admin_client.post(printed(Plaque.objects.for_page(place), "billboard")).status_code == 404


def test_the_pages_own_promise_is_on_its_plate(editor_client, place):
    place.promise = "Nghe chuyện vị tướng thế kỷ sáu"
    place.save_revision().publish()
    text = PdfReader(io.BytesIO(editor_client.get(download(place, "pdf", "poster")).content)).pages[0].extract_text()
    assert "Nghe chuyện vị tướng thế kỷ sáu" in text


def test_a_plate_that_cannot_be_printed_says_why_and_leaves_the_page_editable(editor_client, place):
    place.title = "Đình " + "rất dài " * 25
    place.save_revision().publish()
    response = editor_client.get(download(place, "pdf", "window-sticker"))
    assert response.status_code == 422
    assert "“Đình rất dài rất dài" in response.content.decode()
    for address in (show(place), reverse("wagtailadmin_pages:edit", args=[place.pk])):
        shown = editor_client.get(f"{address}?format=window-sticker")
        assert shown.status_code == 200
        html = shown.content.decode()
        assert "“Đình rất dài rất dài" in html
        assert download(place, "pdf", "window-sticker") not in html
        assert artwork(Plaque.objects.for_page(place), "plain") in html, "another format may do"
    assert editor_client.get(download(place, "pdf", "plain")).status_code == 200


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
    def wrong(plaque):
        return replace(inscription_for(plaque), short_link=plaque.short_link.lower())

    for module in ("admin_views", "preview"):
        monkeypatch.setattr(f"wardmark.plaques.{module}.inscription_for", wrong)
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
    assert "phiên bản 4, mức H" in editor_client.get(show(place, "relic-plate")).content.decode()


def test_a_further_plaque_has_artwork_of_its_own(editor_client, place):
    further = issue_further(page=place, by=None, label="cổng sau")
    said = editor_client.get(artwork(further)).content.decode()
    assert further.printed_code in said
    file = editor_client.get(reverse("plaques_admin:download", args=[further.pk, "plain", "png"]))
    with Image.open(io.BytesIO(file.content)) as picture:
        [read] = zxingcpp.read_barcodes(picture)
    assert read.text == further.short_link


def test_a_blank_plaque_is_drawn_without_a_name(editor_client, ward):
    blank = Plaque.objects.issue()
    assert blank.printed_code in editor_client.get(artwork(blank)).content.decode()
    file = editor_client.get(reverse("plaques_admin:download", args=[blank.pk, "street-plate", "svg"]))
    assert file.headers["Content-Disposition"] == f'attachment; filename="{blank.printed_code}-street-plate.svg"'


def test_the_screen_and_the_panel_name_all_plaques_of_the_page(editor_client, place):
    further = issue_further(page=place, by=None, label="cổng sau")
    for address in (show(place), artwork(further), reverse("wagtailadmin_pages:edit", args=[place.pk])):
        said = editor_client.get(address).content.decode()
        assert Plaque.objects.for_page(place).printed_code in said
        assert "cổng sau" in said


def test_artwork_is_for_those_who_may_edit_the_page_or_change_plaques(client, place, django_user_model):
    client.force_login(django_user_model.objects.create_user("vendor"))
    for plaque in (Plaque.objects.for_page(place), Plaque.objects.issue()):
        for address in (artwork(plaque), reverse("plaques_admin:download", args=[plaque.pk, "plain", "svg"])):
            answer = client.get(address)
            assert answer.status_code in {302, 403}
            assert plaque.code not in answer.content.decode()
