from datetime import date, timedelta

import pytest
import time_machine

from tests.factories import StandardPageFactory
from tests.site.plaques.printed import print_plaque
from wardmark.plaques.history import changing
from wardmark.plaques.lifecycle import (
    MAY_BECOME,
    NotPossible,
    choices_from,
    install,
    mark_damaged,
    mark_lost,
    retire,
)
from wardmark.plaques.models import CHECKED_EVERY, EventKind, Plaque, PlaqueState

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


@pytest.fixture
def make(ward):
    """Make a plaque of a page of its own, in a state reached by the rules themselves."""

    def plaque(state: PlaqueState = PlaqueState.PLANNED) -> Plaque:
        plaque = Plaque.objects.for_page(StandardPageFactory(parent=ward.homes["vi"]))
        for step in {
            PlaqueState.PLANNED: [],
            PlaqueState.PRINTED: [print_it],
            PlaqueState.INSTALLED: [install],
            PlaqueState.DAMAGED: [install, mark_damaged],
            PlaqueState.LOST: [install, mark_lost],
            PlaqueState.RETIRED: [install, retire_it],
        }[state]:
            step(plaque=plaque, by=None)
        return plaque

    return plaque


def print_it(*, plaque: Plaque, by) -> None:
    print_plaque(plaque, "street-plate", by=by)
    plaque.refresh_from_db()


def retire_it(*, plaque: Plaque, by) -> None:
    retire(plaque=plaque, by=by, why="Đã thay biển mới")


STEPS = {
    PlaqueState.INSTALLED: install,
    PlaqueState.DAMAGED: mark_damaged,
    PlaqueState.LOST: mark_lost,
    PlaqueState.RETIRED: retire_it,
}


@pytest.mark.parametrize("wanted", STEPS, ids=str)
@pytest.mark.parametrize("state", PlaqueState, ids=str)
def test_a_plaque_becomes_what_its_state_allows_and_nothing_else(state, wanted, make):
    plaque = make(state)
    lines = plaque.events.count()
    if wanted in MAY_BECOME[state]:
        STEPS[wanted](plaque=plaque, by=None)
        assert plaque.state == wanted
        assert plaque.events.count() == lines + 1
        return
    with pytest.raises(NotPossible):
        STEPS[wanted](plaque=plaque, by=None)
    plaque.refresh_from_db()
    assert plaque.state == state
    assert plaque.events.count() == lines


@pytest.mark.parametrize("state", PlaqueState, ids=str)
def test_what_is_offered_is_what_is_possible_and_never_to_print(state):
    assert set(choices_from(state)) == MAY_BECOME[state] - {PlaqueState.PRINTED}


def test_a_plaque_hung_up_is_to_be_checked_in_ninety_days(make):
    plaque = make()
    with time_machine.travel("2026-11-25T05:00:00Z", tick=False):
        install(plaque=plaque, by=None, on=TODAY - timedelta(days=3))
    assert plaque.installed_on == TODAY - timedelta(days=3)
    assert plaque.next_check_on == TODAY - timedelta(days=3) + CHECKED_EVERY


def test_the_day_is_that_of_the_ward_not_of_greenwich(make):
    plaque = make()
    with time_machine.travel("2026-11-24T18:00:00Z", tick=False):
        install(plaque=plaque, by=None)
    assert plaque.installed_on == TODAY


def test_a_plaque_on_its_wall_knows_the_address_it_carries_also_when_no_print_job_made_it(make, settings):
    plaque = make()
    install(plaque=plaque, by=None)
    assert plaque.printed_base_url == settings.PLAQUE_BASE_URL
    settings.PLAQUE_BASE_URL = "https://other.example"
    mark_lost(plaque=plaque, by=None)
    install(plaque=plaque, by=None)
    assert plaque.printed_base_url == "https://cg.example"


def test_nothing_is_hung_up_on_a_day_to_come(make):
    with time_machine.travel("2026-11-25T05:00:00Z", tick=False), pytest.raises(NotPossible):
        install(plaque=make(), by=None, on=TODAY + timedelta(days=1))


def test_a_blank_plaque_is_not_hung_up(ward):
    with pytest.raises(NotPossible):
        install(plaque=Plaque.objects.issue(), by=None)


@pytest.mark.parametrize("leave", [mark_lost, retire_it])
def test_a_plaque_back_on_its_wall_hangs_there_since_that_day(make, leave):
    with time_machine.travel("2025-01-06T05:00:00Z", tick=False):
        plaque = make()
        install(plaque=plaque, by=None)
        leave(plaque=plaque, by=None)
    with time_machine.travel("2026-11-25T05:00:00Z", tick=False):
        install(plaque=plaque, by=None)
    assert plaque.installed_on == TODAY
    assert plaque.events.first().changes["installed_on"] == ["2025-01-06", "2026-11-25"]


def test_a_damaged_plaque_mended_on_its_wall_keeps_its_day(make):
    plaque = make()
    install(plaque=plaque, by=None, on=date(2025, 1, 6))
    mark_damaged(plaque=plaque, by=None)
    install(plaque=plaque, by=None)
    assert plaque.installed_on == date(2025, 1, 6)


def test_retiring_needs_a_reason_that_visitors_can_read(make):
    for empty in ("", "   "):
        with pytest.raises(NotPossible):
            retire(plaque=make(), by=None, why=empty)


def test_a_retired_plaque_that_comes_back_has_no_successor_any_more(make):
    plaque, successor = make(PlaqueState.INSTALLED), make()
    retire(plaque=plaque, by=None, why="Bị mờ", replaced_by=successor)
    assert plaque.events.first().kind == EventKind.REPLACED
    install(plaque=plaque, by=None)
    assert (plaque.replaced_by, plaque.retired_on, plaque.retired_why) == (None, None, "")


def test_successors_never_lead_in_a_circle(make):
    first, second, third = make(), make(), make()
    retire(plaque=first, by=None, why="Thay", replaced_by=second)
    retire(plaque=second, by=None, why="Thay", replaced_by=third)
    for successor in (third, second, first):
        with pytest.raises(NotPossible):
            retire(plaque=third, by=None, why="Thay", replaced_by=successor)


def test_a_reason_too_long_for_the_visitors_page_is_refused_not_cut(make):
    with pytest.raises(NotPossible):
        retire(plaque=make(), by=None, why="a" * 201)


def test_a_blank_plaque_succeeds_nobody(make):
    with pytest.raises(NotPossible):
        retire(plaque=make(), by=None, why="Thay", replaced_by=Plaque.objects.issue())


def test_the_history_says_who_when_why_and_what(make, editor):
    plaque = make(PlaqueState.INSTALLED)
    editor.first_name, editor.last_name = "Lan", "Nguyễn"
    mark_damaged(plaque=plaque, by=editor, why="Nứt góc dưới")
    line = plaque.events.first()
    assert (line.by, line.who, line.why) == (editor, "Lan Nguyễn", "Nứt góc dưới")
    assert line.changes == {"state": ["installed", "damaged"]}


def test_the_history_still_names_who_has_left(make, editor):
    plaque = make(PlaqueState.INSTALLED)
    mark_damaged(plaque=plaque, by=editor)
    name = editor.get_username()
    editor.delete()
    assert plaque.events.first().who == name


def test_printing_a_hung_plaque_again_makes_a_spare_and_moves_nothing(make):
    plaque = make(PlaqueState.INSTALLED)
    print_it(plaque=plaque, by=None)
    assert (plaque.state, plaque.artwork_version, plaque.printed_format) == ("installed", 1, "")
    print_it(plaque=plaque, by=None)
    assert plaque.artwork_version == 2


@pytest.mark.parametrize(
    ("installed", "checked", "is_unchecked"),
    [(89, None, False), (90, None, True), (400, 89, False), (400, 90, True), (None, None, True), (None, 10, False)],
)
def test_unchecked_are_those_that_nobody_looked_at_for_ninety_days(make, installed, checked, is_unchecked):
    plaque = make(PlaqueState.INSTALLED)
    with changing(plaque, kind=EventKind.CHANGED, by=None) as current:
        current.installed_on = None if installed is None else TODAY - timedelta(days=installed)
        current.last_checked_on = None if checked is None else TODAY - timedelta(days=checked)
    assert Plaque.objects.unchecked(today=TODAY).filter(pk=plaque.pk).exists() == is_unchecked


def test_only_what_hangs_is_to_be_checked(make):
    for state in set(PlaqueState) - {PlaqueState.INSTALLED, PlaqueState.DAMAGED}:
        make(state)
    assert not Plaque.objects.unchecked(today=TODAY + timedelta(days=900)).exists()
