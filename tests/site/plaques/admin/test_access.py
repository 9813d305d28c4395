"""Every address of the plaques' admin against everybody: who gets in is a table, not a habit."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from wardmark.plaques.admin.viewset import PlaqueViewSet
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.lifecycle import install
from wardmark.plaques.linking import relink
from wardmark.plaques.models import AlertKind, Plaque

pytestmark = pytest.mark.django_db

# What each address needs, beyond the admin itself: nothing but to look, or a right over the thing itself.
LOOK = {"index", "index_results", "edit", "due", "round", "alerts", "requests", "map"}
DO = {"install", "damaged", "lost", "retire", "page", "further", "blanks", "close_alert", "approve", "refuse"}


def patterns() -> dict[str, URLPattern]:
    return {pattern.name: pattern for pattern in PlaqueViewSet().get_urlpatterns()}


@pytest.fixture
def addresses(plaque, place, street, second_editor):
    """A working address for each name."""
    install(plaque=plaque, by=None)
    alert = raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    request = relink(plaque=plaque, page=street, by=second_editor, why="Lắp nhầm")
    arguments = {
        **{key: [plaque.pk] for key in ("edit", "install", "damaged", "lost", "retire", "page")},
        "further": [place.pk],
        "close_alert": [alert.pk],
        **{key: [request.pk] for key in ("approve", "refuse")},
    }
    return {name: reverse(f"plaque:{name}", args=arguments.get(name, [])) for name in patterns()}


def is_refused(response) -> bool:
    return response.status_code == 403 or (
        response.status_code == 302 and response.headers["Location"] == reverse("wagtailadmin_home")
    )


def test_the_table_names_every_address():
    assert patterns().keys() == LOOK | DO


def test_a_visitor_is_asked_to_sign_in_everywhere(client, addresses):
    for address in addresses.values():
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 302
            assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


def test_a_vendor_without_the_admin_gets_in_nowhere(client, addresses, django_user_model):
    client.force_login(django_user_model.objects.create_user("nguoi-ban"))
    for address in addresses.values():
        for response in (client.get(address), client.post(address)):
            assert response.status_code in {302, 403}
            assert response.headers.get("Location", "").startswith(reverse("wagtailadmin_login"))


def test_somebody_of_the_admin_without_rights_over_plaques_is_refused_everywhere(client, addresses, person, heritage):
    client.force_login(person("khach", pages=[heritage]))
    for name, address in addresses.items():
        assert is_refused(client.get(address)), name
        assert is_refused(client.post(address)), name


def test_who_may_only_look_looks_and_does_nothing(client, addresses, person, heritage, plaque):
    client.force_login(person("nguoi-xem", "plaques.view_plaque", pages=[heritage]))
    for name, address in addresses.items():
        assert is_refused(client.get(address)) == (name in DO), name
    assert is_refused(client.post(addresses["edit"], {"label": "Cổng sau"}))
    for name in DO:
        assert is_refused(client.post(addresses[name], {})), name
    plaque.refresh_from_db()
    assert plaque.label == ""


def test_who_edits_other_pages_looks_but_does_nothing_to_this_plaque(client, addresses, street_editor):
    client.force_login(street_editor)
    for name in LOOK:
        assert client.get(addresses[name]).status_code == 200, name
    # Blank plaques belong to nobody's page.
    for name in DO - {"blanks"}:
        assert is_refused(client.get(addresses[name])), name
        assert is_refused(client.post(addresses[name], {"why": "x", "outcome": "x", "label": "x"})), name
    assert is_refused(client.post(addresses["edit"], {"label": "Cổng sau"}))


def test_an_editor_gets_in_everywhere(editor_client, addresses):
    for name, address in addresses.items():
        if name != "install":
            assert editor_client.get(address).status_code == 200, name


def test_what_a_plaque_has_become_meanwhile_leads_back_to_its_screen(editor_client, addresses, plaque):
    response = editor_client.post(addresses["install"], {"on": "2026-01-01"})
    assert response.headers["Location"] == reverse("plaque:edit", args=[plaque.pk])


# ---- nothing deletes ---------------------------------------------------------------------------


def test_no_address_of_the_plaques_deletes_or_copies():
    names = set(patterns())
    assert not {name for name in names if "delete" in name or "copy" in name}
    for name in ("delete", "copy", "add", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"plaque:{name}", args=[1])


def test_no_address_of_the_whole_admin_deletes_a_plaque_as_a_snippet():
    assert not [name for name in get_resolver().app_dict if name.startswith("wagtailsnippets_plaques")]


def test_no_action_on_many_plaques_deletes(ward):
    actions = {action.action_type for action in bulk_action_registry.get_bulk_actions_for_model("plaques", "plaque")}
    assert "installed_today" in actions
    assert "delete" not in actions


def test_nobody_can_be_given_the_right_to_delete_one(ward):
    offered = PlaqueViewSet().get_permissions_to_register().values_list("codename", flat=True)
    assert {"view_plaque", "change_plaque", "add_plaque", "change_plaquealert", "change_linkrequest"} <= set(offered)
    assert not Permission.objects.filter(content_type__app_label="plaques", codename="delete_plaque").exists()


def test_the_screens_of_plaques_never_lose_one(editor_client, addresses):
    before = Plaque.objects.count()
    for address in addresses.values():
        editor_client.delete(address)
        editor_client.post(address, {"action": "delete", "delete": "1"})
    assert Plaque.objects.count() >= before
