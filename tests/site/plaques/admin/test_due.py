from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import HeritageSitePageFactory
from wardmark.plaques.lifecycle import install
from wardmark.plaques.models import Plaque

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=200)


def overdue(heritage, **fields) -> Plaque:
    plaque = Plaque.objects.for_page(HeritageSitePageFactory(parent=heritage, **fields))
    install(plaque=plaque, by=None, on=timezone.localdate() - LONG_AGO)
    return plaque


def order(response) -> list[str]:
    return [due.plaque.code for dues in response.context["groups"].values() for due in dues]


def test_the_list_begins_nearest_to_the_plaque_chosen_and_ends_with_those_nobody_placed(editor_client, heritage):
    near = overdue(heritage, latitude="21.0301", longitude="105.79")
    far = overdue(heritage, latitude="21.0390", longitude="105.79")
    nowhere = overdue(heritage)
    start = overdue(heritage, latitude="21.0300", longitude="105.79")
    response = editor_client.get(reverse("plaque:due"), {"start": start.printed_code})
    assert order(response) == [start.code, near.code, far.code, nowhere.code]


def test_without_a_start_the_list_is_grouped_by_what_stands_above(editor_client, heritage, shop):
    overdue(heritage)
    install(plaque=Plaque.objects.for_page(shop), by=None, on=timezone.localdate() - LONG_AGO)
    groups = editor_client.get(reverse("plaque:due")).context["groups"]
    assert list(groups) == ["Di tích", "Phố Thử"]


@pytest.mark.parametrize("typed", ["không phải mã", "0000000"])
def test_a_start_nobody_knows_is_refused_beside_the_field_and_the_list_stays(editor_client, heritage, typed):
    plaque = overdue(heritage)
    response = editor_client.get(reverse("plaque:due"), {"start": typed})
    assert response.context["form"].errors.keys() == {"start"}
    assert order(response) == [plaque.code]


def test_the_round_on_paper_lists_the_same(editor_client, heritage):
    plaque = overdue(heritage)
    html = editor_client.get(reverse("plaque:round")).content.decode()
    assert plaque.printed_code in html
    assert "<script" not in html


def test_the_list_costs_the_same_queries_for_one_plaque_and_for_many(editor_client, heritage):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor_client.get(reverse("plaque:due"))
        return len(captured)

    overdue(heritage)
    queries()
    few = queries()
    for _number in range(8):
        overdue(heritage)
    assert queries() == few
