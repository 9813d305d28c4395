"""How surprising a plaque's silence is, measured against its own past. Pure: counts of days in, a chance out.

A plaque that was scanned and is no longer may be stolen, covered or unreadable; or it may be a quiet week. The days
since its last scan are compared with what its own past promised:

- **Rhythm.** Each weekday has a share of its own, and so have moon days (the 1st and 15th lunar day) and holidays, as
  far as this plaque's past shows it: with little past, a share stays near that of an average day.
- **Level.** The mean of a day, recent days weighing more (half in four weeks), so that seasons are followed.
- **Scatter.** Days differ more than chance alone makes them: one day is gamma-Poisson (negative binomial), its
  dispersion estimated on the same past and never taken for less than LEAST_SCATTER. A busier or quieter spell is
  allowed for besides: the level ahead is itself gamma-distributed, with the certainty that the past's scans give and
  never more than that of MOST_CERTAINTY scans.

The chance that a plaque in order stays silent all these days then has a closed form, and below ALARM it is reported.
The form errs towards saying nothing: the logarithm of a day's chance, convex in the level, is taken as linear.

Nothing is claimed before a plaque has LEAST_DAYS days and LEAST_SCANS scans of past, nor from an occasion it never had.

Measured by simulation (`make bench`, tests/bench/silence.py, 250 plaques a line that live two years each, asked every
day), as false alarms per plaque and year, and days until a dead plaque is noticed, median and 95 %:

    scans a day            0.5              2               10              50
    Poisson           0.000  29  36   0.000   9  10   0.000   3   3   0.000   1   1
    weekly rhythm     0.002  29  37   0.000   9  11   0.000   3   4   0.000   1   2
    lunar peaks       0.000  30  39   0.000   9  13   0.000   3   4   0.000   2   2
    seasons           0.008  29  62   0.002   9  16   0.000   3   5   0.000   1   2
    scattered days    0.000  30  39   0.000  10  12   0.000   4   5   0.002   2   3
    all together      0.012  36  83   0.004  14  28   0.006   5  11   0.018   3   5

Five hundred plaque-years a cell: 0.000 says less than 0.006 at 95 % certainty. So at worst one false alarm in some
fifty plaque-years. At half a scan a day, 2 of 1,500 dead plaques were not noticed within half a year; they are on the
list of those not scanned for 30 days. Days on which a whole ward is silent accuse no plaque (watching.py).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from wardmark.base.holidays import is_holiday, is_moon_day

# Reported is a silence that a plaque in order shows less often than this, each time it falls silent.
ALARM = 1e-4
LEAST_DAYS = 42
LEAST_SCANS = 12
HALF_LIFE_DAYS = 28
LEAST_SCATTER = 0.1
MOST_CERTAINTY = 10.0
# How many scans' worth of "like any other day" stand against what the past shows of a kind of day.
_SHARE_PRIOR = 8.0
# How many days' worth of LEAST_SCATTER stand against the scatter the past shows.
_SCATTER_PRIOR_DAYS = 14
# A kind of occasion counts as evidence only once the plaque had so many days of it.
_LEAST_OF_AN_OCCASION = 3


class Occasion(IntEnum):
    """What sets a day apart from others of its weekday."""

    NONE = 0
    MOON = 1
    HOLIDAY = 2
    # Nothing was heard of the whole ward: the site was away, not the plaque.
    UNHEARD = 3


class DayKind(NamedTuple):
    """What a day is to a plaque: its weekday (Monday is 0) and its occasion."""

    weekday: int
    occasion: Occasion


def kind_of(day: date) -> DayKind:
    """Say what kind of day a civil day is; a moon day that is a holiday counts as a holiday."""
    if is_holiday(day):
        return DayKind(day.weekday(), Occasion.HOLIDAY)
    return DayKind(day.weekday(), Occasion.MOON if is_moon_day(day) else Occasion.NONE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a plaque's past promises: scans on a day of each kind, how certain the level is, how much days scatter."""

    level: float
    weekdays: tuple[float, ...]
    occasions: tuple[float, ...]
    certainty: float
    scatter: float

    def expected(self, kind: DayKind) -> float:
        return self.level * self.weekdays[kind.weekday] * self.occasions[kind.occasion]

    def chance_of_silence(self, kinds: Sequence[DayKind]) -> float:
        """Return how likely a plaque in order is not scanned on any of these days."""
        strength = sum(math.log1p(self.scatter * self.expected(kind)) for kind in kinds) / self.scatter
        return math.exp(-self.certainty * math.log1p(strength / self.certainty))


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence worth a look: so many days up to the last one seen, and the chance of it in a plaque in order."""

    days: int
    chance: float
    expected: float


def learn(scans: Sequence[int], kinds: Sequence[DayKind]) -> Rhythm | None:
    """Learn a plaque's rhythm from its past, day by day, oldest first; None while that is too little to go by."""
    past = [day for day in zip(scans, kinds, strict=True) if day[1].occasion is not Occasion.UNHEARD]
    if len(past) < LEAST_DAYS or sum(count for count, _ in past) < LEAST_SCANS:
        return None
    weekdays = _weekday_shares(past)
    occasions = _occasion_shares(past, weekdays)
    shares = [weekdays[kind.weekday] * occasions[kind.occasion] for _, kind in past]
    weights = [0.5 ** (age / HALF_LIFE_DAYS) for age in range(len(past) - 1, -1, -1)]
    seen = sum(weight * count for weight, share, (count, _) in zip(weights, shares, past, strict=True) if share)
    exposure = sum(weight * share for weight, share in zip(weights, shares, strict=True))
    # Half a scan more is Jeffreys' prior for a rate.
    level = (seen + 0.5) / exposure
    scatter = _scatter([count for count, _ in past], [level * share for share in shares], weights)
    return Rhythm(level, weekdays, occasions, min(seen + 0.5, MOST_CERTAINTY), scatter)


def silence_in(scans: Sequence[int], kinds: Sequence[DayKind], *, known_good_days: int = 0) -> Silence | None:
    """Return the silence at the end of these days, oldest first, if a plaque in order would hardly ever show it.

    Somebody who looked at the plaque and found it in order makes the `known_good_days` up to then no evidence.
    """
    last = next((day for day in range(len(scans) - 1, -1, -1) if scans[day]), None)
    if last is None or last == len(scans) - 1:
        return None
    silent = kinds[max(last + 1, known_good_days) :]
    rhythm = learn(scans[: last + 1], kinds[: last + 1])
    if rhythm is None or not silent:
        return None
    chance = rhythm.chance_of_silence(silent)
    if chance >= ALARM:
        return None
    return Silence(len(scans) - 1 - last, chance, sum(rhythm.expected(kind) for kind in silent))


def _weekday_shares(past: Sequence[tuple[int, DayKind]]) -> tuple[float, ...]:
    """Return what each weekday has of an average day's scans, drawn towards 1 where the past says little."""
    ordinary = [(count, kind.weekday) for count, kind in past if kind.occasion is Occasion.NONE] or [(0, 0)]
    mean = sum(count for count, _ in ordinary) / len(ordinary)
    shares = []
    for weekday in range(7):
        counts = [count for count, other in ordinary if other == weekday]
        shares.append((sum(counts) + _SHARE_PRIOR) / (mean * len(counts) + _SHARE_PRIOR))
    return tuple(shares)


def _occasion_shares(past: Sequence[tuple[int, DayKind]], weekdays: Sequence[float]) -> tuple[float, ...]:
    """Return what each occasion makes of its weekday's scans, drawn towards 1 where the past says little."""
    ordinary = [(count, weekdays[kind.weekday]) for count, kind in past if kind.occasion is Occasion.NONE]
    level = (sum(count for count, _ in ordinary) + 0.5) / (sum(share for _, share in ordinary) + 1)
    shares = [1.0, 1.0, 1.0, 0.0]
    for occasion in (Occasion.MOON, Occasion.HOLIDAY):
        days = [(count, weekdays[kind.weekday]) for count, kind in past if kind.occasion is occasion]
        seen, awaited = sum(count for count, _ in days), level * sum(share for _, share in days)
        shares[occasion] = (seen + _SHARE_PRIOR) / (awaited + _SHARE_PRIOR)
        if len(days) < _LEAST_OF_AN_OCCASION:
            shares[occasion] = 0.0
    return tuple(shares)


def _scatter(counts: Sequence[int], expected: Sequence[float], weights: Sequence[float]) -> float:
    """Return the variance of days beyond Poisson's, relative to the mean squared (method of moments)."""
    beyond = squares = 0.0
    for count, mean, weight in zip(counts, expected, weights, strict=True):
        beyond += weight * ((count - mean) ** 2 - mean)
        squares += weight * mean * mean
    prior = _SCATTER_PRIOR_DAYS * (sum(expected) / len(expected)) ** 2
    return max(LEAST_SCATTER, (beyond + LEAST_SCATTER * prior) / (squares + prior))
