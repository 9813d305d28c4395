import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import HeritageSitePageFactory, StandardPageFactory
from wardmark.plaques.lifecycle import install, retire
from wardmark.plaques.models import Plaque
from wardmark.plaques.plaque_map import Box

pytestmark = pytest.mark.django_db


def drawn(response) -> set[str]:
    return {plaque.code for marker in response.context["drawing"].markers for plaque in marker.page.plaques}


def test_plaques_are_drawn_where_they_or_their_pages_are_and_lead_to_their_screens(editor_client, plaque):
    response = editor_client.get(reverse("plaque:map"))
    assert drawn(response) == {plaque.code}
    html = response.content.decode()
    assert reverse("plaque:edit", args=[plaque.pk]) in html
    assert f'aria-label="{plaque.printed_code}, Đình Bối Hà' in html


def test_plaques_nobody_placed_are_listed_below(editor_client, ward):
    plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
    response = editor_client.get(reverse("plaque:map"))
    assert plaque.code in {one.code for one, _at in response.context["map"].unplaced}


def test_the_map_shows_the_states_chosen_and_no_retired_ones_unasked(editor_client, heritage, plaque):
    install(plaque=plaque, by=None)
    other = HeritageSitePageFactory(parent=heritage, latitude="21.03", longitude="105.79")
    retired = Plaque.objects.for_page(other)
    retire(plaque=retired, by=None, why="Đã dời")
    assert drawn(editor_client.get(reverse("plaque:map"))) == {plaque.code}
    assert drawn(editor_client.get(reverse("plaque:map"), {"state": "retired"})) == {retired.code}
    assert drawn(editor_client.get(reverse("plaque:map"), {"state": "planned"})) == set()


@pytest.mark.parametrize("box", ["", "x", "1,2,3", "9,9,1,1", "nan,nan,nan,nan", "21.0,105.7,21.1,inf"])
def test_a_part_of_the_map_that_is_none_shows_the_whole(editor_client, plaque, box):
    assert drawn(editor_client.get(reverse("plaque:map"), {"box": box, "state": "unheard-of"})) == {plaque.code}


def test_a_part_of_the_map_shows_what_is_in_it(editor_client, plaque):
    here = Box(21.037, 105.794, 21.038, 105.795)
    assert drawn(editor_client.get(reverse("plaque:map"), {"box": here.as_text})) == {plaque.code}
    elsewhere = Box(21.02, 105.78, 21.03, 105.79)
    assert drawn(editor_client.get(reverse("plaque:map"), {"box": elsewhere.as_text})) == set()


def test_the_map_costs_the_same_queries_for_one_plaque_and_for_many(editor_client, heritage, plaque):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor_client.get(reverse("plaque:map"))
        return len(captured)

    queries()
    few = queries()
    for number in range(8):
        HeritageSitePageFactory(parent=heritage, latitude=f"21.03{number}", longitude="105.79")
    assert queries() == few
