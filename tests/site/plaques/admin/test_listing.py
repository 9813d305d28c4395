import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import HeritageSitePageFactory
from tests.site.plaques.printed import print_plaque
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import install
from wardmark.plaques.linking import issue_blanks, issue_further
from wardmark.plaques.models import AlertKind, EventKind, Plaque
from wardmark.plaques.scans import count_scan

pytestmark = pytest.mark.django_db


def codes(response) -> set[str]:
    return {plaque.code for plaque in response.context["object_list"]}


def listed(client, **query) -> set[str]:
    response = client.get(reverse("plaque:index"), query)
    assert response.status_code == 200
    return codes(response)


def test_a_line_tells_code_place_label_state_scans_and_alerts(editor_client, place, editor):
    plaque = issue_further(page=place, by=editor, label="Cổng sau")
    count_scan(plaque_id=plaque.pk, language="vi")
    count_scan(plaque_id=plaque.pk, language="vi", at=timezone.now() - timedelta(days=40))
    raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    response = editor_client.get(reverse("plaque:index"))
    [shown] = [one for one in response.context["object_list"] if one.pk == plaque.pk]
    assert (shown.scans, shown.open_alerts) == (1, 1)
    html = response.content.decode()
    for expected in (plaque.printed_code, "Đình Bối Hà", "Cổng sau", reverse("plaque:edit", args=[plaque.pk])):
        assert expected in html


def test_a_listing_costs_the_same_queries_for_two_plaques_and_for_forty(editor_client, place, editor):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(reverse("plaque:index")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(40):
        plaque = issue_further(page=place, by=editor, label=f"Bia {number}")
        raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
        count_scan(plaque_id=plaque.pk, language="vi")
    assert queries() == few


@pytest.mark.parametrize("spelling", ["{code}", "{grouped}", "  {lower} ", "https://cg.example/q/{code}", "{part}"])
def test_a_code_is_found_however_it_is_written(editor_client, place, plaque, spelling):
    HeritageSitePageFactory(parent=place.get_parent())
    text = spelling.format(
        code=plaque.code, grouped=plaque.printed_code, lower=plaque.code.lower(), part=plaque.code[:5]
    )
    assert listed(editor_client, q=text) == {plaque.code}


@pytest.mark.parametrize("text", ["Đình Bối Hà", "dinh boi ha", "ha boi", "DINH"])
def test_a_place_is_found_with_and_without_accents(editor_client, heritage, place, plaque, text):
    HeritageSitePageFactory(parent=heritage, title="Chùa Duệ Tú")
    assert plaque.code in listed(editor_client, q=text)
    assert not listed(editor_client, q=f"{text} khong co")


def test_a_label_is_found_without_accents(editor_client, place, editor):
    plaque = issue_further(page=place, by=editor, label="Cổng phía đông")
    assert listed(editor_client, q="cong phia dong") == {plaque.code}


def test_filters_keep_states_streets_materials_formats_and_blanks(editor_client, editor, plaque, shop):
    of_shop = Plaque.objects.for_page(shop)
    [blank] = issue_blanks(count=1, by=editor)
    print_plaque(of_shop, "counter-card", by=editor)
    with changing(plaque, kind=EventKind.CHANGED, by=editor) as current:
        current.material = "stone"
    assert listed(editor_client, state="printed") == {of_shop.code}
    assert listed(editor_client, only="blank") == {blank.code}
    assert listed(editor_client, material="stone") == {plaque.code}
    assert listed(editor_client, printed_format="counter-card") == {of_shop.code}
    street = shop.get_parent()
    assert listed(editor_client, under=street.pk) == {of_shop.code, Plaque.objects.for_page(street).code}


def test_filters_keep_those_that_want_to_be_looked_after(editor_client, plaque, shop):
    of_shop = Plaque.objects.for_page(shop)
    long_ago = timezone.localdate() - timedelta(days=91)
    install(plaque=plaque, by=None, on=long_ago)
    install(plaque=of_shop, by=None)
    raise_alert(plaque=of_shop, kind=AlertKind.MISSING)
    assert listed(editor_client, only="unchecked") == {plaque.code}
    assert listed(editor_client, only="silent") == {plaque.code}
    assert listed(editor_client, only="alert") == {of_shop.code}
    assert listed(editor_client, only=["alert", "unchecked"]) == set()


def test_a_spreadsheet_holds_what_is_listed_and_runs_nothing(editor_client, editor, place):
    plaque = issue_further(page=place, by=editor, label='=HYPERLINK("http://evil.example")')
    address = reverse("plaque:index")
    response = editor_client.get(address, {"export": "csv", "q": plaque.code})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    _headings, row = csv.reader(io.StringIO(text))
    assert row[:4] == [plaque.printed_code, plaque.short_link, "Đình Bối Hà", '\'=HYPERLINK("http://evil.example")']
    response = editor_client.get(address, {"export": "xlsx", "q": plaque.code})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.data_type for cell in sheet[2] if cell.value and "HYPERLINK" in str(cell.value)] == ["s"]


def test_the_listing_warns_of_walls_that_carry_another_address(editor_client, editor, plaque, settings):
    settings.PLAQUE_BASE_URL = "https://old.example"
    print_plaque(plaque, "plain", by=editor)
    settings.PLAQUE_BASE_URL = "https://new.example"
    assert "https://old.example" in editor_client.get(reverse("plaque:index")).content.decode()
