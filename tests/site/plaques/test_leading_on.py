"""Where the code of a plaque leads once the plaque or its page is not what it was."""

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.factories import HeritageSitePageFactory, translate
from wardmark.plaques.lifecycle import install, mark_lost, retire
from wardmark.plaques.linking import issue_further, lead_elsewhere, relink
from wardmark.plaques.models import Plaque, ScanCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(heritage):
    return [HeritageSitePageFactory(parent=heritage, title=title) for title in ("Chùa Hà", "Đình Hà", "Đền Hà")]


def plaque_of(page) -> Plaque:
    return Plaque.objects.for_page(page)


def scan(client, plaque: Plaque):
    return client.get(f"/q/{plaque.code}", headers={"accept-language": "vi"})


def test_a_replaced_plaque_leads_on_in_one_step_however_often_it_was_replaced(client, places):
    first, second, third = (plaque_of(place) for place in places)
    retire(plaque=second, by=None, why="Thay biển", replaced_by=third)
    retire(plaque=first, by=None, why="Thay biển", replaced_by=second)
    assert scan(client, first).headers["Location"] == places[2].get_url()


def test_a_retired_plaque_without_a_successor_says_when_why_and_where_to_go(client, places):
    plaque = plaque_of(places[0])
    retire(plaque=plaque, by=None, why="Chùa đang trùng tu đến năm 2028")
    answer = scan(client, plaque)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "Chùa đang trùng tu đến năm 2028" in words
    assert plaque.retired_on.strftime("%d/%m/%Y") in words
    assert places[0].get_url() in words
    assert places[1].get_url() in words


def test_a_retired_plaque_of_a_page_that_is_gone_names_it_and_what_is_near(client, places):
    plaque = plaque_of(places[0])
    retire(plaque=plaque, by=None, why="Gỡ biển")
    places[0].delete()
    words = scan(client, plaque).content.decode()
    assert "Chùa Hà" in words
    assert places[1].get_url() in words


def test_a_reason_is_never_run_as_markup(client, places):
    retire(plaque=plaque_of(places[0]), by=None, why="<script>alert(1)</script>")
    assert b"<script>alert" not in scan(client, plaque_of(places[0])).content


@pytest.mark.parametrize("become", [install, mark_lost])
def test_a_plaque_on_its_wall_or_lost_opens_its_page(client, places, become):
    plaque = plaque_of(places[0])
    install(plaque=plaque, by=None)
    if become is mark_lost:
        mark_lost(plaque=plaque, by=None)
    assert scan(client, plaque).headers["Location"] == places[0].get_url()


def test_a_further_plaque_opens_the_page_in_the_visitors_language(client, places):
    english = translate(places[0], "Hà Pagoda")
    plaque = issue_further(page=places[0], by=None, label="cổng sau")
    assert scan(client, plaque).headers["Location"] == places[0].get_url()
    answer = client.get(f"/q/{plaque.code}", headers={"accept-language": "en"})
    assert answer.headers["Location"] == english.get_url()


def test_plaques_of_a_deleted_page_lead_where_the_editor_said(client, places):
    plaques = [plaque_of(places[0]), issue_further(page=places[0], by=None, label="cổng sau")]
    lead_elsewhere(plaques=plaques, page=places[1], by=None, why="Gộp hai trang")
    assert scan(client, plaques[0]).headers["Location"] == places[0].get_url()
    places[0].delete()
    for plaque in plaques:
        assert scan(client, plaque).headers["Location"] == places[1].get_url()


def test_a_page_merged_into_one_that_is_merged_in_its_turn_leads_to_the_last(client, places):
    first, second = plaque_of(places[0]), plaque_of(places[1])
    lead_elsewhere(plaques=[first], page=places[1], by=None)
    places[0].delete()
    lead_elsewhere(plaques=[second], page=places[2], by=None)
    places[1].delete()
    assert scan(client, first).headers["Location"] == places[2].get_url()


def test_pages_that_lead_to_each_other_while_both_are_away_end_at_a_page_that_helps(client, places):
    first, second = plaque_of(places[0]), plaque_of(places[1])
    lead_elsewhere(plaques=[first], page=places[1], by=None)
    lead_elsewhere(plaques=[second], page=places[0], by=None)
    for place in places[:2]:
        place.unpublish()
    answer = scan(client, first)
    assert answer.status_code == 200
    assert "Chùa Hà" in answer.content.decode()


def test_a_blank_plaque_says_that_it_is_ours_and_counts_the_scan(client, ward):
    plaque = Plaque.objects.issue()
    answer = scan(client, plaque)
    assert answer.status_code == 200
    assert plaque.printed_code in answer.content.decode()
    assert ScanCount.objects.get().plaque == plaque


@pytest.mark.parametrize("restriction", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_a_scan_never_ends_at_a_sign_in(client, places, restriction):
    PageViewRestriction.objects.create(page=places[0].get_parent(), restriction_type=restriction, password="cổng")
    answer = scan(client, plaque_of(places[0]))
    assert answer.status_code == 200
    assert places[0].get_url() not in answer.content.decode()


def retire_it(plaque, _other):
    retire(plaque=plaque, by=None, why="Gỡ biển")


def replace_it(plaque, other):
    retire(plaque=plaque, by=None, why="Thay biển", replaced_by=plaque_of(other))


def give_it_away(plaque, other):
    relink(plaque=plaque, page=other, by=None, why="Nhầm trang")


@pytest.mark.parametrize("become", [retire_it, replace_it, give_it_away])
def test_whoever_was_led_to_a_page_sees_it_whatever_becomes_of_its_own_plaque(client, places, become):
    merged = plaque_of(places[0])
    lead_elsewhere(plaques=[merged], page=places[1], by=None)
    places[0].delete()
    become(plaque_of(places[1]), places[2])
    assert scan(client, merged).headers["Location"] == places[1].get_url()


def test_a_page_that_stands_under_no_site_is_offered_to_nobody(client, ward, heritage, places):
    root = Page.get_first_root_node()
    places[0].move(root, pos="last-child")
    plaque = plaque_of(places[0])
    answer = scan(client, plaque)
    assert answer.status_code == 200
    retire(plaque=plaque, by=None, why="Gỡ biển")
    assert "Gỡ biển" in scan(client, plaque).content.decode()
