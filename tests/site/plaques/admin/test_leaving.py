"""Deleting and unpublishing pages that have plaques on walls, through Wagtail's own screens."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from tests.factories import HeritageSitePageFactory, ShopPageFactory, translate
from wardmark.plaques.admin import leaving
from wardmark.plaques.lifecycle import install
from wardmark.plaques.linking import lead_elsewhere
from wardmark.plaques.models import Plaque
from wardmark.plaques.resolving import Answer, destination

pytestmark = pytest.mark.django_db

ASKED = {"plaques_asked": "1"}
ABOVE = ASKED | {"where_to": "above"}


@pytest.fixture
def boss_client(client, django_user_model):
    """Editors of the ward may not delete whole branches; whoever runs the site may."""
    client.force_login(django_user_model.objects.create_superuser("quan-tri", password="quan-tri-1"))
    return client


@pytest.fixture
def on_wall(plaque):
    install(plaque=plaque, by=None)
    return plaque


def delete(page: Page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def exists(page: Page) -> bool:
    return Page.objects.filter(pk=page.pk).exists()


def test_nothing_is_asked_where_no_plaque_is_out_in_the_world(boss_client, place):
    assert b"plaques_asked" not in boss_client.get(delete(place)).content
    boss_client.post(delete(place))
    assert not exists(place)


def test_the_editor_is_told_the_plaques_and_asked_where_they_lead(editor_client, place, on_wall):
    html = editor_client.get(delete(place)).content.decode()
    for expected in (on_wall.printed_code, "Đình Bối Hà", "plaques_asked"):
        assert expected in html
    assert b"plaques_asked" in editor_client.post(delete(place)).content
    assert exists(place)


def test_by_default_visitors_are_led_to_the_page_above_with_its_neighbours(editor_client, place, on_wall):
    editor_client.post(delete(place), ABOVE)
    assert not exists(place)
    assert destination(Plaque.objects.get(pk=on_wall.pk)).answer == Answer.AWAY


def test_visitors_are_led_to_the_page_that_was_chosen(editor_client, editor, heritage, place, on_wall):
    other = HeritageSitePageFactory(parent=heritage)
    editor_client.post(delete(place), ASKED | {"where_to": "page", "page": other.pk})
    assert not exists(place)
    plaque = Plaque.objects.get(pk=on_wall.pk)
    assert destination(plaque).page_in(["vi"]).pk == other.pk
    event = plaque.events.first()
    assert (event.by, "Đình Bối Hà" in event.why) == (editor, True)


def test_visitors_are_led_even_to_a_page_whose_own_plaque_was_given_away(editor_client, heritage, place, on_wall):
    other = HeritageSitePageFactory(parent=heritage)
    own = Plaque.objects.for_page(other)
    third = HeritageSitePageFactory(parent=heritage)
    editor_client.post(reverse("plaque:page", args=[own.pk]), {"page": third.pk, "why": "Nhầm trang"})
    editor_client.post(delete(place), ASKED | {"where_to": "page", "page": other.pk})
    assert destination(Plaque.objects.get(pk=on_wall.pk)).page_in(["vi"]).pk == other.pk


@pytest.mark.parametrize("wrong", ["none", "itself", "draft", "root"])
def test_a_page_visitors_cannot_reach_is_refused_beside_the_field(editor_client, heritage, place, on_wall, wrong):
    chosen = {
        "none": "",
        "itself": place.pk,
        "draft": HeritageSitePageFactory(parent=heritage, live=False).pk,
        "root": Page.get_first_root_node().pk,
    }[wrong]
    response = editor_client.post(delete(place), ASKED | {"where_to": "page", "page": chosen})
    assert response.context["form"].errors.keys() == {"page"}
    assert exists(place)
    assert Plaque.objects.get(pk=on_wall.pk).forward_key is None


def test_a_page_below_what_is_deleted_is_refused(boss_client, street, shop):
    install(plaque=Plaque.objects.for_page(street), by=None)
    response = boss_client.post(delete(street), ASKED | {"where_to": "page", "page": shop.pk})
    assert response.context["form"].errors.keys() == {"page"}
    assert exists(street)


def test_plaques_of_pages_below_count_too(boss_client, street, shop):
    install(plaque=Plaque.objects.for_page(shop), by=None)
    assert Plaque.objects.for_page(shop).printed_code in boss_client.get(delete(street)).content.decode()


def test_while_a_translation_is_left_the_plaques_are_named_and_nothing_is_to_choose(editor_client, place, on_wall):
    english = translate(place, "Bối Hà Communal House")
    for response in (editor_client.get(delete(place)), editor_client.post(delete(place))):
        html = response.content.decode()
        assert on_wall.printed_code in html
        assert "where_to" not in html
    assert exists(place)
    editor_client.post(delete(place), ASKED)
    assert not exists(place)
    assert destination(Plaque.objects.get(pk=on_wall.pk)).page_in(["vi"]).pk == english.pk
    # Now it is the last one.
    assert "where_to" in editor_client.get(delete(english)).content.decode()


def test_of_many_plaques_that_stay_the_list_says_how_many_it_leaves_out(editor_client, place, on_wall, monkeypatch):
    translate(place, "Boi Ha House")
    monkeypatch.setattr(leaving, "SHOWN", 0)
    response = editor_client.get(delete(place))
    assert (response.context["staying_count"], response.context["staying_more"]) == (1, 1)
    said = ngettext("and %(counter)s more", "and %(counter)s more", 1) % {"counter": 1}
    assert said in response.content.decode()


def test_one_page_is_not_said_to_have_others_below_it(editor_client, place, on_wall):
    html = editor_client.get(delete(place)).content.decode()
    assert gettext("This page will be deleted:") in html
    several = gettext("%(total)s pages will be deleted, those below included:")
    assert several % {"total": 1} not in html


def test_plaques_that_lose_their_page_and_those_that_keep_one_are_told_apart(boss_client, street, shop):
    install(plaque=Plaque.objects.for_page(shop), by=None)
    install(plaque=Plaque.objects.for_page(street), by=None)
    translate(street.get_parent(), "Streets")
    translate(street, "A street")
    response = boss_client.get(delete(street))
    assert [plaque.page_key for plaque, _ in response.context["plaques"]] == [shop.translation_key]
    assert [plaque.page_key for plaque, _ in response.context["staying"]] == [street.translation_key]


def test_a_plaque_that_was_led_to_the_page_is_asked_for_again(editor_client, editor, heritage, place, on_wall):
    gone = HeritageSitePageFactory(parent=heritage)
    led = Plaque.objects.for_page(gone)
    install(plaque=led, by=None)
    lead_elsewhere(plaques=[led], page=place, by=editor)
    Page.objects.get(pk=gone.pk).delete()
    assert led.printed_code in editor_client.get(delete(place)).content.decode()


def test_who_may_not_delete_the_page_is_not_asked_but_refused(client, street_editor, place, on_wall):
    client.force_login(street_editor)
    response = client.post(delete(place), ABOVE)
    assert response.headers["Location"] == reverse("wagtailadmin_home")
    assert exists(place)


def test_many_pages_are_not_deleted_before_the_sites_name_is_typed(boss_client, street, settings):
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 2
    other = HeritageSitePageFactory(parent=street.get_parent().get_parent())
    plaque = Plaque.objects.for_page(ShopPageFactory(parent=street))
    install(plaque=plaque, by=None)
    sent = ASKED | {"where_to": "page", "page": other.pk}
    for typed in ({}, {"confirm_site_name": "khác"}):
        response = boss_client.post(delete(street), sent | typed)
        assert response.context["form"].non_field_errors()
        assert exists(street)
        assert Plaque.objects.get(pk=plaque.pk).forward_key is None
    boss_client.post(delete(street), sent | {"confirm_site_name": settings.WAGTAIL_SITE_NAME})
    assert not exists(street)
    assert Plaque.objects.get(pk=plaque.pk).forward_key == other.translation_key


def test_deleting_pages_chosen_in_a_listing_asks_too(boss_client, heritage, place, on_wall):
    other = HeritageSitePageFactory(parent=heritage)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={place.pk}"
    response = boss_client.post(address)
    assert b"plaques_asked" in response.content
    assert exists(place)
    boss_client.post(address, ASKED | {"where_to": "page", "page": other.pk})
    assert not exists(place)
    assert Plaque.objects.get(pk=on_wall.pk).forward_key == other.translation_key


def test_choosing_a_page_among_those_chosen_to_delete_is_refused(boss_client, heritage, place, on_wall):
    other = HeritageSitePageFactory(parent=heritage)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    boss_client.post(f"{address}?id={place.pk}&id={other.pk}", ASKED | {"where_to": "page", "page": other.pk})
    assert exists(place)
    assert exists(other)


# ---- unpublishing ------------------------------------------------------------------------------


def test_unpublishing_names_the_plaques_once(editor_client, place, on_wall):
    address = reverse("wagtailadmin_pages:unpublish", args=[place.pk])
    assert on_wall.printed_code in editor_client.post(address).content.decode()
    assert Page.objects.get(pk=place.pk).live
    editor_client.post(address, ASKED)
    assert not Page.objects.get(pk=place.pk).live


def test_unpublishing_says_nothing_while_a_live_translation_is_left(editor_client, place, on_wall):
    translate(place, "Bối Hà Communal House")
    editor_client.post(reverse("wagtailadmin_pages:unpublish", args=[place.pk]))
    assert not Page.objects.get(pk=place.pk).live


def test_unpublishing_a_street_with_its_shops_names_their_plaques(editor_client, street, shop):
    plaque = Plaque.objects.for_page(shop)
    install(plaque=plaque, by=None)
    address = reverse("wagtailadmin_pages:unpublish", args=[street.pk])
    html = editor_client.post(address, {"include_descendants": "on"}).content.decode()
    assert plaque.printed_code in html
    editor_client.post(address, ASKED | {"include_descendants": "on"})
    assert not Page.objects.get(pk=shop.pk).live


def test_unpublishing_pages_chosen_in_a_listing_names_their_plaques(editor_client, place, on_wall):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={place.pk}"
    assert on_wall.printed_code in editor_client.post(address).content.decode()
    editor_client.post(address, ASKED)
    assert not Page.objects.get(pk=place.pk).live
