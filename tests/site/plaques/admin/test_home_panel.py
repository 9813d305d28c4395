import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.site.plaques.printed import print_plaque
from wardmark.plaques.admin.home_panel import PlaquesPanel
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.lifecycle import install
from wardmark.plaques.linking import issue_further, relink
from wardmark.plaques.models import AlertKind

pytestmark = pytest.mark.django_db


def test_the_dashboard_counts_what_waits_for_somebody(editor_client, editor, plaque, shop, settings):
    settings.PLAQUE_BASE_URL = "https://old.example"
    print_plaque(plaque, "plain", by=editor)
    settings.PLAQUE_BASE_URL = "https://new.example"
    install(plaque=plaque, by=editor)
    raise_alert(plaque=plaque, kind=AlertKind.MISSING)
    relink(plaque=plaque, page=shop, by=editor, why="Nhầm")
    assert PlaquesPanel().get_context_data() == {
        "due": 1,
        "alerts": 1,
        "requests": 1,
        "printed_elsewhere": {"https://old.example": 1},
    }
    html = editor_client.get(reverse("wagtailadmin_home")).content.decode()
    for name in ("due", "alerts", "requests"):
        assert reverse(f"plaque:{name}") in html
    assert "https://old.example" in html


def test_the_dashboard_costs_the_same_queries_for_one_plaque_and_for_many(place, editor):
    with CaptureQueriesContext(connection) as few:
        PlaquesPanel().get_context_data()
    for number in range(20):
        plaque = issue_further(page=place, by=editor, label=f"Bia {number}")
        install(plaque=plaque, by=editor)
        raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    with CaptureQueriesContext(connection) as many:
        PlaquesPanel().get_context_data()
    assert len(many) == len(few) == 4


def test_who_may_not_see_plaques_sees_no_panel(client, person, heritage):
    client.force_login(person("khach", pages=[heritage]))
    assert reverse("plaque:due") not in client.get(reverse("wagtailadmin_home")).content.decode()
