"""How often the watch for silent plaques cries wolf, and how soon it notices a dead one: figures, never a verdict.

Each world is a ward's street as it might be; each plaque in it lives for two years, is asked about every day, and dies
on a day between. The seed is fixed, so that two runs print the same table.
"""

import math
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardmark.plaques.silence import ALARM, Occasion, kind_of, learn

FIRST_DAY = date(2026, 1, 5)
LIFE_DAYS = 730
AFTER_DEATH_DAYS = 180
PAST_DAYS = 400
MEANS = (0.5, 2, 10, 50)
KINDS = [kind_of(FIRST_DAY + timedelta(days=day)) for day in range(LIFE_DAYS + AFTER_DEATH_DAYS)]


@dataclass(frozen=True)
class World:
    """Which share of its mean a plaque has on a day, and how much days scatter beyond chance (0: Poisson)."""

    weekly: bool = False
    moon: bool = False
    seasons: bool = False
    scatter: float = 0.0


WORLDS = {
    "Poisson": World(),
    "weekly rhythm": World(weekly=True),
    "lunar peaks": World(moon=True),
    "seasons": World(seasons=True),
    "scattered days": World(scatter=0.5),
    "all together": World(weekly=True, moon=True, seasons=True, scatter=0.5),
}
# A museum's week: closed on Monday, full on Saturday and Sunday.
WEEK = (0.1, 0.7, 0.7, 0.7, 0.9, 2.0, 1.9)
MOON_DAY, OTHER_DAY = 6.0, 0.64
SEASON = 0.5  # as far as the year's wave goes above and below the mean
DRIFT_A_WEEK, DRIFT_KEPT = 0.12, 0.95  # a level that wanders besides, and comes back


def scans_of(world: World, mean: float, days: int, chance: random.Random) -> list[int]:
    """Let a plaque with so many scans a day live in a world."""
    phase, drift, scans = chance.random() * math.tau, 0.0, []
    for day in range(days):
        rate = mean
        if world.weekly:
            rate *= WEEK[KINDS[day].weekday]
        if world.moon:
            rate *= MOON_DAY if KINDS[day].occasion is Occasion.MOON else OTHER_DAY
        if world.seasons:
            if day % 7 == 0:
                drift = DRIFT_KEPT * drift + chance.gauss(0, DRIFT_A_WEEK)
            rate *= (1 + SEASON * math.sin(math.tau * day / 365.25 + phase)) * math.exp(drift)
        if world.scatter:
            rate *= chance.gammavariate(1 / world.scatter, world.scatter)
        scans.append(_poisson(rate, chance))
    return scans


def alarms_in(scans: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first silent day, day of the alarm) of each silence that would have been reported, asked every day.

    What was learned up to the last scan stays the same while the silence lasts, so it is learned once.
    """
    alarms, day = [], 1
    while day < len(scans):
        if scans[day] or not scans[day - 1]:
            day += 1
            continue
        first = day
        while day < len(scans) and not scans[day]:
            day += 1
        past = slice(max(0, first - PAST_DAYS), first)
        rhythm = learn(scans[past], KINDS[past])
        if rhythm is None or rhythm.chance_of_silence(KINDS[first:day]) >= ALARM:
            continue
        asked = (end for end in range(first + 1, day + 1) if rhythm.chance_of_silence(KINDS[first:end]) < ALARM)
        alarms.append((first, next(asked)))
    return alarms


@dataclass(frozen=True)
class Measured:
    false_alarms_per_year: float
    days_until_noticed: list[int]
    unnoticed: int


def measure(world: World, mean: float, plaques: int, seed: int) -> Measured:
    """Let so many plaques live for two years each, and die."""
    chance = random.Random(f"{seed} {world} {mean}")
    alarms, noticed, unnoticed = 0, [], 0
    for _ in range(plaques):
        alive = scans_of(world, mean, LIFE_DAYS, chance)
        # The silence that death cuts short belongs to death.
        last = max((day for day, count in enumerate(alive) if count), default=0)
        alarms += len(alarms_in(alive[: last + 1]))
        death = chance.randrange(365, LIFE_DAYS)
        dead = alive[:death] + [0] * AFTER_DEATH_DAYS
        found = [end - death for first, end in alarms_in(dead) if end > death]
        noticed += found[:1]
        unnoticed += not found
    return Measured(alarms / (plaques * LIFE_DAYS / 365.25), noticed, unnoticed)


def _poisson(rate: float, chance: random.Random) -> int:
    """Draw a Poisson count by multiplying chances (Knuth); the rates here stay far below where exp underflows."""
    limit, product, count = math.exp(-rate), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def main(plaques: int) -> None:
    write = sys.stdout.write
    write(f"Silent plaques: {plaques} plaques a line, two years each, alarm below a chance of {ALARM:g}\n")
    write(f"{'world':16} {'a day':>6} {'false alarms':>14} {'noticed after days':>24}\n")
    write(f"{'':16} {'':>6} {'per year':>14} {'median / 95 % / never':>24}\n")
    for name, world in WORLDS.items():
        for mean in MEANS:
            result = measure(world, mean, plaques, seed=20261125)
            days = sorted(result.days_until_noticed) or [0]
            late = days[min(len(days) - 1, math.ceil(0.95 * len(days)) - 1)]
            spread = f"{statistics.median(days):.0f} / {late} / {result.unnoticed}"
            write(f"{name:16} {mean:>6g} {result.false_alarms_per_year:>14.4f} {spread:>24}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
