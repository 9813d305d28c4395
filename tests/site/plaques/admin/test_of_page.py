import pytest
from django.urls import reverse

from tests.factories import translate
from wardmark.plaques.admin.of_page import plaques_of_page
from wardmark.plaques.linking import issue_further

pytestmark = pytest.mark.django_db


def test_a_pages_screen_and_editor_list_all_of_its_plaques_and_lead_to_their_screens(editor_client, editor, place):
    english = translate(place, "Bối Hà Communal House")
    further = issue_further(page=place, by=editor, label="Bia số 2")
    for page in (place, english):
        for address in (
            reverse("plaques_admin:show", args=[page.pk]),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ):
            html = editor_client.get(address).content.decode()
            assert "Bia số 2" in html
            assert reverse("plaque:edit", args=[further.pk]) in html
            assert reverse("plaque:further", args=[page.pk]) in html


def test_the_primary_plaque_comes_first(editor, place, plaque):
    further = issue_further(page=place, by=editor, label="Bia số 2")
    assert [row.plaque for row in plaques_of_page(place, editor).rows] == [plaque, further]


def test_who_edits_pages_without_rights_over_plaques_sees_codes_without_links(place, person, heritage):
    shown = plaques_of_page(place, person("khach", pages=[heritage]))
    assert [row.url for row in shown.rows] == [""]
    assert shown.further_url == ""
