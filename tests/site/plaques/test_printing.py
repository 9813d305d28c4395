import pytest

from tests.site.plaques.printed import print_plaque
from wardmark.plaques.artwork import FORMATS
from wardmark.plaques.lifecycle import NotPossible, install, mark_damaged, mark_lost, retire
from wardmark.plaques.models import EventKind, Plaque, PlaqueState
from wardmark.plaques.printing import mark_printed

pytestmark = pytest.mark.django_db

HUNG = {"installed": [], "damaged": [mark_damaged], "lost": [mark_lost]}


@pytest.fixture
def plaque(ward) -> Plaque:
    return Plaque.objects.for_page(ward.homes["vi"])


def printed(plaque: Plaque, format_key: str, version: int, base_url: str = "https://spare.example") -> None:
    mark_printed(plaque=plaque, format=FORMATS[format_key], version=version, base_url=base_url, by=None)


def on_the_plate(plaque: Plaque) -> tuple:
    return plaque.printed_format, plaque.printed_base_url, plaque.width_mm, plaque.height_mm, plaque.printed_at


def test_a_planned_plaque_becomes_a_printed_one_with_format_size_version_and_address(plaque):
    printed(plaque, "street-plate", 3)
    assert (plaque.state, plaque.artwork_version) == (PlaqueState.PRINTED, 3)
    assert on_the_plate(plaque)[:4] == ("street-plate", "https://spare.example", 180, 120)
    assert plaque.printed_at is not None


def test_what_is_printed_again_before_it_hangs_carries_the_last_print(plaque):
    printed(plaque, "plain", 1)
    printed(plaque, "street-plate", 2)
    assert (plaque.printed_format, plaque.width_mm, plaque.artwork_version) == ("street-plate", 180, 2)


@pytest.mark.parametrize("state", HUNG)
def test_a_spare_is_told_and_leaves_the_plaque_as_it_hangs(plaque, state):
    print_plaque(plaque, "relic-plate")
    install(plaque=plaque, by=None)
    for step in HUNG[state]:
        step(plaque=plaque, by=None)
    before = on_the_plate(plaque)
    printed(plaque, "counter-card", 2)
    assert (plaque.state, on_the_plate(plaque), plaque.artwork_version) == (state, before, 2)
    event = plaque.events.filter(kind=EventKind.PRINTED).latest("pk")
    assert event.changes == {
        "printed_format": [None, "counter-card"],
        "printed_base_url": [None, "https://spare.example"],
        "artwork_version": [1, 2],
    }


def test_of_two_jobs_that_drew_the_same_version_both_are_told_and_none_is_counted_twice(plaque):
    printed(plaque, "plain", 2)
    printed(plaque, "plain", 2)
    printed(plaque, "plain", 1)
    assert plaque.artwork_version == 2
    assert plaque.events.filter(kind=EventKind.PRINTED).count() == 3


def test_a_plaque_retired_meanwhile_is_refused_whatever_the_caller_knows_of_it(plaque):
    stale = Plaque.objects.get(pk=plaque.pk)
    retire(plaque=plaque, by=None, why="Đã gỡ")
    with pytest.raises(NotPossible):
        printed(stale, "plain", 1)
    plaque.refresh_from_db()
    assert (plaque.artwork_version, plaque.printed_format) == (0, "")
