"""The judgement of a silence, without a database. `make bench` measures the same in whole."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.silence import KINDS as WORLD_KINDS
from tests.bench.silence import WORLDS, World, measure, scans_of
from wardmark.plaques.silence import LEAST_DAYS, LEAST_SCANS, DayKind, Occasion, kind_of, learn, silence_in

FIRST = date(2026, 3, 2)  # a Monday, after Tết
DAYS = [FIRST + timedelta(days=n) for n in range(120)]
KINDS = [kind_of(day) for day in DAYS]


def judged(scans, **words):
    return silence_in(scans, KINDS[: len(scans)], **words)


def test_a_day_is_known_by_its_weekday_and_its_occasion():
    assert kind_of(date(2026, 2, 17)) == DayKind(1, Occasion.HOLIDAY)  # Tết is also the first of a lunar month
    assert kind_of(date(2026, 3, 3)) == DayKind(1, Occasion.MOON)
    assert kind_of(date(2026, 3, 4)) == DayKind(2, Occasion.NONE)


def test_a_busy_plaque_that_falls_silent_is_reported_with_how_long_and_how_unlikely():
    silence = judged([10] * 90 + [0] * 5)
    assert silence.days == 5
    assert silence.chance < 1e-4
    assert silence.expected == pytest.approx(50, rel=0.1)


@pytest.mark.parametrize("scans", [[], [0] * 100, [10] * 90, [1] * 90 + [0] * 3, [10] * 90 + [0]])
def test_what_happens_to_a_plaque_in_order_is_not_reported(scans):
    assert judged(scans) is None


def test_few_days_or_few_scans_make_no_claim():
    assert judged([50] * (LEAST_DAYS - 1) + [0] * 10) is None
    assert judged(([1] + [0] * 6) * (LEAST_SCANS - 1) + [0] * 30) is None
    assert learn([50] * (LEAST_DAYS - 1), KINDS[: LEAST_DAYS - 1]) is None


def test_a_museum_closed_at_weekends_is_not_reported_on_sunday():
    week = [20, 20, 20, 20, 20, 0, 0]
    assert judged(week * 12) is None
    assert judged(week * 12 + [0, 0]) is not None


def test_a_temple_full_on_moon_days_is_judged_by_other_days_as_other_days():
    """Ninety scans on the 1st and the 15th and one a week between: five quiet days are its week, not a theft."""
    scans = [
        90 if kind.occasion is Occasion.MOON else int(day.weekday() == 6) for day, kind in zip(DAYS, KINDS, strict=True)
    ]
    moon = [n for n, kind in enumerate(KINDS) if kind.occasion is Occasion.MOON]
    assert judged(scans[: moon[-1] + 1] + [0] * 5) is None
    rhythm = learn(scans[: moon[-1]], KINDS[: moon[-1]])
    assert rhythm.expected(DayKind(2, Occasion.MOON)) > 10 * rhythm.expected(DayKind(2, Occasion.NONE))


def test_holidays_it_never_had_are_no_evidence():
    first = date(2025, 12, 1)
    days = [first + timedelta(days=n) for n in range(82)]  # to the fourth day of Tết 2026
    kinds = [kind_of(day) for day in days]
    closed = sum(kind.occasion is Occasion.HOLIDAY for kind in kinds) - 1  # New Year's Day apart
    scans = [10] * (len(days) - closed) + [0] * closed
    assert closed == 8
    assert silence_in(scans, kinds) is None


def test_days_without_news_of_the_ward_are_no_evidence():
    kinds = [*KINDS[:90], *(kind._replace(occasion=Occasion.UNHEARD) for kind in KINDS[90:100])]
    assert silence_in([10] * 90 + [0] * 10, kinds) is None


def test_days_up_to_a_look_that_found_it_in_order_are_no_evidence():
    scans = [10] * 90 + [0] * 8
    assert judged(scans, known_good_days=97) is None
    assert judged(scans, known_good_days=92) is not None


def test_a_season_that_ended_is_followed():
    """Fifty a day in summer, one since two months: a silent weekend is usual now."""
    assert judged([50] * 50 + [1, 0, 1, 2] * 15 + [0] * 2) is None


@given(counts=st.lists(st.integers(0, 300), min_size=LEAST_DAYS, max_size=110), silent=st.integers(0, 9))
def test_a_longer_silence_is_never_likelier(counts, silent):
    rhythm = learn(counts, KINDS[: len(counts)])
    if rhythm is None:
        return
    shorter, longer = (rhythm.chance_of_silence(KINDS[: silent + more]) for more in (0, 1))
    assert 0 <= longer <= shorter <= 1


@given(mean=st.integers(1, 100), days=st.integers(LEAST_DAYS, 100))
def test_a_busier_plaque_is_noticed_no_later(mean, days):
    quiet, busy = (learn([count] * days, KINDS[:days]) for count in (mean, mean + 1))
    assert busy.chance_of_silence(KINDS[:5]) <= quiet.chance_of_silence(KINDS[:5])


@pytest.mark.parametrize("world", ["Poisson", "lunar peaks", "all together"])
@pytest.mark.parametrize("mean", [0.5, 10])
def test_false_alarms_are_as_rare_as_is_stated_and_the_dead_are_noticed(world, mean):
    """A small part of the bench, with its seed: no more than one false alarm in these 24 plaque-years."""
    measured = measure(WORLDS[world], mean, plaques=12, seed=1)
    assert measured.false_alarms_per_year <= 1 / 24 + 1e-3
    assert not measured.unnoticed
    assert max(measured.days_until_noticed) <= {0.5: 120, 10: 14}[mean]


def test_the_simulation_has_the_days_it_says():
    """A world whose days are wrong would prove nothing."""
    chance = random.Random(1)
    moon = scans_of(World(moon=True), 10, 700, chance)
    on, off = (
        [c for c, k in zip(moon, WORLD_KINDS, strict=False) if (k.occasion is Occasion.MOON) is is_moon]
        for is_moon in (True, False)
    )
    assert sum(on) / len(on) > 5 * sum(off) / len(off)
    even, scattered = (scans_of(World(scatter=s), 10, 700, chance) for s in (0.0, 0.5))
    assert variance(even) < 15
    assert variance(scattered) > 40


def variance(counts) -> float:
    mean = sum(counts) / len(counts)
    return sum((count - mean) ** 2 for count in counts) / len(counts)
