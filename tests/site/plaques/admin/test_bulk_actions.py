import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from wardmark.plaques.lifecycle import install, mark_lost
from wardmark.plaques.linking import issue_blanks, issue_further
from wardmark.plaques.models import Plaque, PlaqueState, PrintJob

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


def chosen_in(response) -> dict[str, str]:
    """Return where the form shown is sent, and with which plaques."""
    html = response.content.decode()
    [address] = re.findall(r'<form method="post" action="([^"]+)" class="print-order"', html)
    [plaques] = re.findall(r'name="plaque" value="([^"]*)"', html)
    return {"address": address, "plaque": plaques}


def test_printing_leads_to_the_form_with_the_plaques_chosen(editor_client, plaque, shop):
    other = Plaque.objects.for_page(shop)
    shown = chosen_in(editor_client.get(f"{PRINT}?id={plaque.pk}&id={other.pk}"))
    assert shown["plaque"] == ",".join(map(str, sorted([plaque.pk, other.pk])))
    assert shown["address"] == reverse("plaques_admin:print")


def test_printing_leaves_out_plaques_of_pages_of_others(client, street_editor, plaque, shop):
    street_editor.user_permissions.add(Permission.objects.get(codename="add_printjob"))
    client.force_login(street_editor)
    mine = Plaque.objects.for_page(shop)
    assert chosen_in(client.get(f"{PRINT}?id={mine.pk}&id={plaque.pk}"))["plaque"] == str(mine.pk)


def test_who_may_not_print_is_refused(client, street_editor, shop):
    client.force_login(street_editor)
    response = client.get(f"{PRINT}?id={Plaque.objects.for_page(shop).pk}")
    assert response.headers["Location"] == reverse("wagtailadmin_home")


def test_any_number_of_plaques_is_printed_together(editor_client, editor, settings):
    """No address holds thousands, and of fields Django takes a thousand: here fewer than there are plaques."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    blanks = issue_blanks(count=30, by=editor)
    shown = chosen_in(editor_client.get(f"{PRINT}?id=all&only=blank"))
    order = {"which": "given", "format_key": "counter-card", "made_as": "SRA3", "plaque": shown["plaque"]}
    assert editor_client.post(shown["address"], order).status_code == 302
    assert PrintJob.objects.get().total == len(blanks)
