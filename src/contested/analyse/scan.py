"""A scan for changes of level in counts, with a threshold that is simulated.

The statistic is the largest log-likelihood ratio of two negative binomial levels against one,
over all places of the change (James, James and Siegmund, 1987, Biometrika 74, on scans of this
kind). No table tells its distribution for short, overdispersed series: it is simulated from the
fitted one-level model, dispersion estimated anew in each simulated series (a parametric
bootstrap: Davison and Hinkley, 1997, Bootstrap Methods and their Application, ch. 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contested.analyse.events import Floats, Ints
from contested.analyse.negbin import dispersion, segment, simulated

LEAST_PERIODS = 12
SIDE = 3
"""The fewest periods on each side of a change."""
LEVEL = 0.04
"""The share of false alarms that is aimed at. The dispersion is itself estimated, which adds one
or two in a hundred to it: the measured share is in the docs."""
SIMULATIONS = 999
CAUTION = 0.5
"""So many standard errors are added to the dispersion of series without a change."""
DRIFT = 3.84
"""The drop of twice the log-likelihood that bounds where a change may lie: 95% of chi-square."""


@dataclass(frozen=True, slots=True)
class Found:
    """A change: the first period of the new level, where else it may lie, and its evidence.

    `share` is the part of simulated series without a change whose statistic is as large (p).
    """

    place: int
    first: int
    last: int
    statistic: float
    share: float


def statistics(counts: Floats, spread: Floats | float) -> Floats:
    """The log-likelihood ratio of a change before each period, a line a series; -inf near ends."""
    table = np.atleast_2d(counts)
    periods = table.shape[1]
    upto = np.cumsum(table, axis=1)
    total = upto[:, -1:]
    a = np.broadcast_to(np.asarray(spread, dtype=np.float64), table.shape[:1])[:, None]
    places = np.arange(SIDE, periods - SIDE + 1)
    left = upto[:, places - 1]
    ratio = np.full((len(table), periods), -np.inf)
    ratio[:, places] = 2 * (
        segment(left, places.astype(np.float64), a)
        + segment(total - left, (periods - places).astype(np.float64), a)
        - segment(total, float(periods), a)
    )
    return ratio


def null(counts: Floats, chance: np.random.Generator, times: int = SIMULATIONS) -> Floats:
    """The largest statistic of series simulated from the one-level model of `counts`.

    A dispersion that happens to be estimated too small makes more false alarms than one too large
    prevents, so half a standard error is added to it.
    """
    mean, spread = float(counts.mean()), float(dispersion(counts)[0])
    error = np.sqrt(2 / len(counts)) * (1 / mean + spread)
    made = simulated(mean, spread + CAUTION * error, (times, len(counts)), chance)
    return np.asarray(statistics(made, dispersion(made)).max(axis=1), dtype=np.float64)


def scan(counts: Floats, chance: np.random.Generator, level: float = LEVEL) -> Found | None:
    """The best-supported change; None where a series without one often shows as much."""
    if len(counts) < 2 * SIDE or not counts.any():
        return None
    told = statistics(counts, dispersion(counts))[0]
    place = int(told.argmax())
    share = _share(float(told[place]), null(counts, chance))
    if share > level:
        return None
    near = np.flatnonzero(told >= told[place] - DRIFT)
    return Found(place, int(near.min()), int(near.max()), float(told[place]), share)


def _share(value: float, simulated_: Floats) -> float:
    return float((1 + (simulated_ >= value).sum()) / (1 + len(simulated_)))


def changes(counts: Floats, seed: int, level: float = LEVEL, most: int = 8) -> list[Found]:
    """One or several changes, by binary segmentation: parts are scanned until none shows one.

    The more parts there are, the rarer a false alarm in each has to be (Bonferroni).

    Each change is placed again between its neighbours once all are known (Fryzlewicz, 2014,
    Annals of Statistics 42, on what segmentation without that misses).
    """
    chance = np.random.default_rng(seed)
    found: dict[int, Found] = {}
    parts = [(0, len(counts))]
    while parts and len(found) < most:
        begin, end = parts.pop(0)
        one = scan(counts[begin:end], chance, level / (len(found) + 1))
        if one is None:
            continue
        place = begin + one.place
        found[place] = Found(place, begin + one.first, begin + one.last, one.statistic, one.share)
        parts += [(begin, place), (place, end)]
    return _settled(counts, [found[place] for place in sorted(found)])


def _settled(counts: Floats, found: list[Found]) -> list[Found]:
    if len(found) < 2:
        return found
    ends = [0, *(one.place for one in found), len(counts)]
    out = []
    for n, one in enumerate(found):
        begin, end = ends[n], ends[n + 2]
        part = counts[begin:end]
        told = statistics(part, dispersion(counts))[0]
        place = int(told.argmax())
        near = np.flatnonzero(told >= told[place] - DRIFT)
        first, last = begin + int(near.min()), begin + int(near.max())
        out.append(Found(begin + place, first, last, one.statistic, one.share))
        ends[n + 1] = begin + place
    return out


def places(values: Floats, around: Ints) -> Ints:
    """Where each line of `values` puts the one change between two ends (`around`)."""
    begin, end = int(around[0]), int(around[1])
    part = values[:, begin:end]
    told = statistics(part, dispersion(values))
    return np.asarray(begin + told.argmax(axis=1), dtype=np.int64)
