"""The report of all programmes: for whoever may see it, never a query per street, safe as a spreadsheet."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from streets.models import Criterion, MeasureSnapshot, Programme, StreetProgramme
from streets.months import month_of
from tests.factories import ProgrammeFactory, ShopPageFactory, StreetPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    programme = ProgrammeFactory(names={"vi": "=1+1 sạch", "en": "=1+1 clean"})
    programme.criteria = [Criterion(measure="claimed", target=80)]
    programme.save()
    return programme


@pytest.fixture
def joined(street, programme):
    StreetProgramme.objects.create(street=street, programme=programme)
    ShopPageFactory(parent=street)
    return street


def add_month(street, **fields):
    today = timezone.localdate()
    MeasureSnapshot.objects.create(
        street_key=street.translation_key,
        measure="claimed",
        month=month_of(today),
        taken_on=today,
        **{"met": 3, "counted": 7} | fields,
    )


def test_an_editor_sees_the_figures_now_and_by_month(editor_client, joined):
    add_month(joined)
    shown = editor_client.get(reverse("programme_report")).content.decode()
    assert joined.title in shown
    assert "0/1" in shown
    assert "3/7" in shown
    assert "80 %" in shown


def test_nobody_else_does(client, joined, django_user_model):
    assert client.get(reverse("programme_report")).status_code == 302
    client.force_login(django_user_model.objects.create_user("nguoila"))
    assert client.get(reverse("programme_report")).status_code == 302
    assert client.get(reverse("programme_report") + "?export=xlsx").status_code == 302


def test_a_spreadsheet_has_a_row_for_each_figure_and_no_formula(editor_client, joined):
    add_month(joined)
    answer = editor_client.get(reverse("programme_report") + "?export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert all(row[1].startswith("'=") for row in rows[1:])
    assert [row[6:9] for row in rows[1:]] == [(0, 1, 0), (3, 7, 42)]


def test_made_up_figures_of_a_confirmed_street_are_left_out(editor_client, joined):
    add_month(joined, is_sample=True)
    assert "3/7" not in editor_client.get(reverse("programme_report")).content.decode()


def test_an_ended_programme_is_no_longer_reported(editor_client, joined):
    StreetProgramme.objects.update(ended_on=timezone.localdate() - timedelta(days=1))
    assert "<tbody>" not in editor_client.get(reverse("programme_report")).content.decode()


def test_more_streets_cost_no_more_queries(editor_client, joined, programme, django_assert_num_queries):
    address = reverse("programme_report")
    editor_client.get(address)
    with CaptureQueriesContext(connection) as one_street:
        editor_client.get(address)
    for _ in range(3):
        street = StreetPageFactory(parent=joined.get_parent())
        StreetProgramme.objects.create(street=street, programme=programme)
        ShopPageFactory(parent=street)
    with django_assert_num_queries(len(one_street)):
        editor_client.get(address)


def test_an_editor_gives_a_programme_criteria_with_words(editor_client, ward):
    form = {
        "key": "clean",
        "wordings-TOTAL_FORMS": "1",
        "wordings-INITIAL_FORMS": "0",
        "wordings-0-language": "vi",
        "wordings-0-name": "Phố sạch",
        "wordings-0-description": "",
        "criteria-TOTAL_FORMS": "1",
        "criteria-INITIAL_FORMS": "0",
        "criteria-0-ORDER": "1",
        "criteria-0-measure": "claimed",
        "criteria-0-target": "70",
        "criteria-0-target_unit": "percent",
        "criteria-0-source_url": "",
        "criteria-0-wordings-TOTAL_FORMS": "1",
        "criteria-0-wordings-INITIAL_FORMS": "0",
        "criteria-0-wordings-0-language": "vi",
        "criteria-0-wordings-0-name": "Tự quản",
        "criteria-0-wordings-0-source": "Kế hoạch 12",
    }
    add = reverse(Programme.snippet_viewset.get_url_name("add"))
    assert editor_client.post(add, form | {"criteria-0-target": "101"}).status_code == 200
    assert not Programme.objects.exists()
    assert editor_client.post(add, form).status_code == 302
    criterion = Criterion.objects.get(programme__key="clean")
    assert (criterion.measure, criterion.target) == ("claimed", 70)
    assert [(row.name, row.source) for row in criterion.wordings.all()] == [("Tự quản", "Kế hoạch 12")]


def test_nobody_sets_a_zone_of_their_own_in_which_a_month_would_begin_elsewhere(editor_client):
    assert "current_time_zone" not in editor_client.get(reverse("wagtailadmin_account")).content.decode()
