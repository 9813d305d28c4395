import pytest
import time_machine

from tests.factories import PictureFactory, StandardPageFactory
from wardmark.base.places import Position
from wardmark.plaques.checking import record_check
from wardmark.plaques.lifecycle import NotPossible, install, retire
from wardmark.plaques.models import CHECKED_EVERY, EventKind, Finding, Plaque, PlaqueState

pytestmark = pytest.mark.django_db

HERE = Position(21.036123, 105.790456)


@pytest.fixture
def plaque(ward) -> Plaque:
    # Long before any day these tests travel to: its history is in the order of its days.
    with time_machine.travel("2020-01-06T05:00:00Z", tick=False):
        plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
        install(plaque=plaque, by=None)
    return plaque


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (Finding.FINE, PlaqueState.INSTALLED),
        (Finding.DAMAGED, PlaqueState.DAMAGED),
        (Finding.MISSING, PlaqueState.LOST),
    ],
)
def test_what_is_found_becomes_the_state_and_sets_the_next_check(plaque, editor, finding, state):
    with time_machine.travel("2027-03-01T05:00:00Z", tick=False):
        check = record_check(plaque=plaque, by=editor, finding=finding, note="Ghi chú")
    assert (plaque.state, str(plaque.last_checked_on)) == (state, "2027-03-01")
    assert plaque.next_check_on == plaque.last_checked_on + CHECKED_EVERY
    assert (check.by, check.note) == (editor, "Ghi chú")
    line = plaque.events.first()
    assert (line.kind, line.by, line.why) == (EventKind.CHECKED, editor, "Ghi chú")


def test_a_lost_plaque_that_is_there_again_hangs_again(plaque, editor):
    record_check(plaque=plaque, by=editor, finding=Finding.MISSING)
    record_check(plaque=plaque, by=editor, finding=Finding.FINE)
    assert plaque.state == PlaqueState.INSTALLED


def test_a_printed_plaque_found_on_its_wall_was_hung_up(ward, editor):
    plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
    with time_machine.travel("2027-03-01T05:00:00Z", tick=False):
        record_check(plaque=plaque, by=editor, finding=Finding.FINE)
    assert (plaque.state, str(plaque.installed_on)) == (PlaqueState.INSTALLED, "2027-03-01")


def test_the_photo_of_a_plaque_in_order_is_what_visitors_compare_with(plaque, editor):
    good, bad = PictureFactory(), PictureFactory()
    record_check(plaque=plaque, by=editor, finding=Finding.FINE, photo=good)
    record_check(plaque=plaque, by=editor, finding=Finding.DAMAGED, photo=bad)
    assert plaque.photo == good
    assert plaque.checks.first().photo == bad


def test_the_phones_position_becomes_the_plaques_only_where_it_had_none(plaque, editor):
    record_check(plaque=plaque, by=editor, finding=Finding.FINE, position=HERE)
    assert plaque.position == HERE
    record_check(plaque=plaque, by=editor, finding=Finding.FINE, position=Position(21.0, 105.0))
    assert plaque.position == HERE
    assert plaque.checks.first().position == Position(21.0, 105.0)


def test_where_somebody_stood_who_found_nothing_is_not_the_plaques_place(plaque, editor):
    record_check(plaque=plaque, by=editor, finding=Finding.MISSING, position=HERE)
    assert plaque.position is None


def test_blank_and_retired_plaques_are_not_checked(plaque, editor):
    retire(plaque=plaque, by=editor, why="Bị mờ")
    for refused in (plaque, Plaque.objects.issue()):
        with pytest.raises(NotPossible):
            record_check(plaque=refused, by=editor, finding=Finding.FINE)
        assert not refused.checks.exists()
