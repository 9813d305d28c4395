import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import HeritageSitePageFactory
from wardmark.plaques.alerts import raise_alert
from wardmark.plaques.models import AlertKind, Plaque

pytestmark = pytest.mark.django_db


def test_an_alert_is_closed_with_what_came_out(editor_client, editor, plaque):
    alert = raise_alert(plaque=plaque, kind=AlertKind.PASTED_OVER)
    editor_client.post(reverse("plaque:close_alert", args=[alert.pk]), {"outcome": "Đã bóc nhãn dán"})
    alert.refresh_from_db()
    assert (alert.is_open, alert.outcome, alert.closed_by) == (False, "Đã bóc nhãn dán", editor)
    assert "Đã bóc nhãn dán" in editor_client.get(reverse("plaque:alerts"), {"closed": "1"}).content.decode()


def test_an_alert_is_not_closed_without_a_word(editor_client, plaque):
    alert = raise_alert(plaque=plaque, kind=AlertKind.MISSING)
    response = editor_client.post(reverse("plaque:close_alert", args=[alert.pk]), {"outcome": " "})
    assert response.context["form"].errors.keys() == {"outcome"}
    alert.refresh_from_db()
    assert alert.is_open


def test_the_list_of_alerts_costs_no_query_for_each(editor_client, heritage, plaque):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(reverse("plaque:alerts")).status_code == 200
        return len(captured)

    raise_alert(plaque=plaque, kind=AlertKind.MISSING)
    queries()
    few = queries()
    for _number in range(8):
        page = HeritageSitePageFactory(parent=heritage)
        raise_alert(plaque=Plaque.objects.for_page(page), kind=AlertKind.DAMAGED)
    assert queries() == few
