import pytest
from django.urls import reverse

from wardmark.plaques.lifecycle import install
from wardmark.plaques.linking import relink
from wardmark.plaques.models import Decision, LinkRequest, Plaque

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(plaque, shop, second_editor):
    install(plaque=plaque, by=second_editor)
    return relink(plaque=plaque, page=shop, by=second_editor, why="Lắp nhầm cổng")


def decide(client, name: str, request: LinkRequest, **sent):
    response = client.post(reverse(f"plaque:{name}", args=[request.pk]), sent)
    request.refresh_from_db()
    return response


def test_a_second_person_approves_and_the_plaque_leads_there(editor_client, asked, plaque, shop):
    decide(editor_client, "approve", asked)
    assert asked.decision == Decision.APPROVED
    assert Plaque.objects.get(pk=plaque.pk).page_key == shop.translation_key


def test_whoever_asked_cannot_approve_but_withdraws(client, second_editor, asked, plaque):
    client.force_login(second_editor)
    response = decide(client, "approve", asked)
    assert response.context["form"].non_field_errors()
    assert asked.decision == Decision.OPEN
    decide(client, "refuse", asked, why="Nhầm")
    assert asked.decision == Decision.WITHDRAWN
    assert Plaque.objects.get(pk=plaque.pk).page_key == plaque.page_key


def test_a_second_person_refuses_with_a_reason_in_the_history(editor_client, asked, plaque):
    decide(editor_client, "refuse", asked, why="Cổng đúng rồi")
    assert asked.decision == Decision.REFUSED
    assert plaque.events.first().why == "Cổng đúng rồi"


def test_who_may_edit_only_the_new_page_decides_nothing(client, street_editor, asked):
    client.force_login(street_editor)
    assert decide(client, "approve", asked).headers["Location"] == reverse("wagtailadmin_home")
    assert asked.decision == Decision.OPEN


def test_the_list_offers_each_person_only_what_they_may(editor_client, client, second_editor, street_editor, asked):
    approve = reverse("plaque:approve", args=[asked.pk])
    assert approve in editor_client.get(reverse("plaque:requests")).content.decode()
    for person in (second_editor, street_editor):
        client.force_login(person)
        html = client.get(reverse("plaque:requests")).content.decode()
        assert asked.plaque.printed_code in html
        assert approve not in html


def test_what_was_decided_is_kept_in_a_list(editor_client, asked):
    decide(editor_client, "approve", asked)
    assert editor_client.get(reverse("plaque:requests")).context["requests"] == []
    assert editor_client.get(reverse("plaque:requests"), {"decided": "1"}).context["requests"] == [asked]
