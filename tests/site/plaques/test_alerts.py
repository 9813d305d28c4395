import threading

import pytest
from django.db import connection

from tests.factories import StandardPageFactory
from wardmark.plaques.alerts import close_alert, raise_alert
from wardmark.plaques.lifecycle import NotPossible
from wardmark.plaques.models import AlertKind, EventKind, Plaque, PlaqueAlert

pytestmark = pytest.mark.django_db


@pytest.fixture
def plaque(ward) -> Plaque:
    return Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))


def test_the_same_alert_again_only_counts(plaque):
    for _time in range(3):
        alert = raise_alert(plaque=plaque, kind=AlertKind.PASTED_OVER)
    assert (PlaqueAlert.objects.get(), alert.times) == (alert, 3)
    assert plaque.events.filter(kind=EventKind.ALERT_RAISED).count() == 1


def test_another_kind_is_another_alert(plaque):
    raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    raise_alert(plaque=plaque, kind=AlertKind.MISSING)
    assert PlaqueAlert.objects.open().count() == 2


def test_a_closed_alert_can_be_raised_anew(plaque, editor):
    first = raise_alert(plaque=plaque, kind=AlertKind.DAMAGED)
    close_alert(alert=first, by=editor, outcome="Đã sửa")
    assert raise_alert(plaque=plaque, kind=AlertKind.DAMAGED) != first
    assert [event.kind for event in plaque.events.all()][:3] == [
        EventKind.ALERT_RAISED,
        EventKind.ALERT_CLOSED,
        EventKind.ALERT_RAISED,
    ]


def test_an_alert_is_closed_once_and_with_what_was_found(plaque, editor):
    alert = raise_alert(plaque=plaque, kind=AlertKind.MISSING)
    with pytest.raises(NotPossible):
        close_alert(alert=alert, by=editor, outcome="  ")
    again = PlaqueAlert.objects.get(pk=alert.pk)
    close_alert(alert=alert, by=editor, outcome="Vẫn còn, bị cây che")
    with pytest.raises(NotPossible):
        close_alert(alert=again, by=editor, outcome="Khác")
    again.refresh_from_db()
    assert (again.is_open, again.outcome) == (False, "Vẫn còn, bị cây che")


@pytest.mark.django_db(transaction=True)
def test_two_visitors_at_once_open_one_alert_and_both_count(plaque):
    start, errors = threading.Barrier(2), []

    def tap():
        try:
            start.wait(timeout=10)
            raise_alert(plaque=plaque, kind=AlertKind.PASTED_OVER)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert PlaqueAlert.objects.get().times == 2
