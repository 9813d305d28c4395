import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from wardmark.plaques.admin.bulk_actions import MOST_BY_ADDRESS
from wardmark.plaques.lifecycle import install, mark_lost
from wardmark.plaques.linking import issue_blanks, issue_further
from wardmark.plaques.models import Plaque, PlaqueState
from wardmark.plaques.print_sheets.choosing import print_form_url

pytestmark = pytest.mark.django_db

ADDRESS = reverse("wagtail_bulk_action", args=["plaques", "plaque", "installed_today"])


def press(client, **query):
    address = f"{ADDRESS}?{'&'.join(f'{name}={value}' for name, values in query.items() for value in values)}"
    assert client.get(address).status_code == 200
    return client.post(address)


def states(*plaques: Plaque) -> list[str]:
    return [Plaque.objects.get(pk=plaque.pk).state for plaque in plaques]


def test_chosen_plaques_hang_since_today_and_their_history_says_who(editor_client, editor, place, plaque):
    other = issue_further(page=place, by=editor, label="Cổng sau")
    press(editor_client, id=[plaque.pk, other.pk])
    assert states(plaque, other) == [PlaqueState.INSTALLED] * 2
    plaque.refresh_from_db()
    assert plaque.installed_on == timezone.localdate()
    assert plaque.events.first().by == editor


def test_blank_and_lost_plaques_are_passed_over(editor_client, editor, plaque):
    [blank] = issue_blanks(count=1, by=editor)
    install(plaque=plaque, by=editor)
    mark_lost(plaque=plaque, by=editor)
    press(editor_client, id=[plaque.pk, blank.pk])
    assert states(plaque, blank) == [PlaqueState.LOST, PlaqueState.PLANNED]


def test_plaques_of_pages_of_others_are_left_alone_and_named(client, street_editor, plaque, shop):
    client.force_login(street_editor)
    mine = Plaque.objects.for_page(shop)
    html = client.get(f"{ADDRESS}?id={mine.pk}&id={plaque.pk}").content.decode()
    assert plaque.printed_code in html
    press(client, id=[mine.pk, plaque.pk])
    assert states(mine, plaque) == [PlaqueState.INSTALLED, PlaqueState.PLANNED]


def test_all_in_the_listing_means_those_the_filters_leave(editor_client, plaque, shop):
    of_shop = Plaque.objects.for_page(shop)
    press(editor_client, id=["all"], q=[of_shop.code])
    assert states(of_shop, plaque) == [PlaqueState.INSTALLED, PlaqueState.PLANNED]
    press(editor_client, id=["all"], under=[shop.get_parent().pk], state=["planned"])
    assert states(plaque) == [PlaqueState.PLANNED]
    assert states(Plaque.objects.for_page(shop.get_parent())) == [PlaqueState.INSTALLED]


def test_who_may_only_look_changes_nothing(client, person, plaque, heritage):
    client.force_login(person("nguoi-xem", "plaques.view_plaque", pages=[heritage]))
    client.post(f"{ADDRESS}?id={plaque.pk}")
    assert states(plaque) == [PlaqueState.PLANNED]


# ---- printing ----------------------------------------------------------------------------------

PRINT = reverse("wagtail_bulk_action", args=["plaques", "plaque", "print"])


def test_printing_leads_to_the_form_with_the_plaques_chosen(editor_client, plaque, shop):
    other = Plaque.objects.for_page(shop)
    response = editor_client.get(f"{PRINT}?id={plaque.pk}&id={other.pk}")
    assert response.headers["Location"] == print_form_url(sorted([plaque.pk, other.pk]))
    assert editor_client.get(response.headers["Location"]).status_code == 200


def test_printing_leaves_out_plaques_of_pages_of_others(client, street_editor, plaque, shop):
    street_editor.user_permissions.add(Permission.objects.get(codename="add_printjob"))
    client.force_login(street_editor)
    mine = Plaque.objects.for_page(shop)
    response = client.get(f"{PRINT}?id={mine.pk}&id={plaque.pk}")
    assert response.headers["Location"] == print_form_url([mine.pk])


def test_who_may_not_print_is_refused(client, street_editor, shop):
    client.force_login(street_editor)
    response = client.get(f"{PRINT}?id={Plaque.objects.for_page(shop).pk}")
    assert response.headers["Location"] == reverse("wagtailadmin_home")


def test_more_plaques_than_an_address_holds_are_not_chosen_by_hand(editor_client, editor):
    issue_blanks(count=MOST_BY_ADDRESS + 1, by=editor)
    response = editor_client.get(f"{PRINT}?id=all&only=blank&next={reverse('plaque:index')}")
    assert response.headers["Location"] == reverse("plaque:index")


def test_the_address_of_the_most_plaques_is_one_that_servers_read():
    assert len(print_form_url([9_999_999] * MOST_BY_ADDRESS)) < 4094 - len("GET  HTTP/1.1")
