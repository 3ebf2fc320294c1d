"""How good the forecast was on the record's own past, beside own history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.analyse.forecast.members import Counts, MemberOptions, own_history
from contested.analyse.forecast.panel import Measure
from contested.analyse.forecast.rolling import PoolOptions, Window, learned, predicted
from contested.analyse.forecast.scores import Score, score

TESTS = 8
"""From so many past months forecasts are made again, evenly spaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Forecasts made again as of past months, each from what was known then, and what came.

    `crps` are means over cells and months in the unit of the counts, lower is better; `better`
    is by what share the pool's is below own history's (negative: worse), null where both are 0.
    Covered shares are of the pool's intervals, null where no such month came.
    """

    measure: Measure
    origins: tuple[str, ...]
    months: int
    crps: float
    crps_own_history: float
    better: float | None
    interval_score: float
    interval_score_own_history: float
    covered: float | None
    covered_zero: float | None
    covered_some: float | None
    zero: int
    some: int


def backtest(
    counts: Counts,
    past: Sequence[Window],
    options: PoolOptions,
    measure: Measure,
    months: Sequence[str],
) -> Backtest:
    """Score the pool and own history at `TESTS` past origins, the first half a year after the
    first window; weights are learned anew at each."""
    fit = [one for one in past if one.origin >= options.begin + 6] or list(past)
    picks = np.unique(np.linspace(0, len(fit) - 1, TESTS).round().astype(int))
    pool: list[Score] = []
    own: list[Score] = []
    for one in (fit[n] for n in picks):
        by = learned(past, one.origin, options)
        told = predicted(one.values, by, options.level)
        pool.append(score(told.values, one.came, (told.low, told.high), options.level))
        history = own_history(counts[:, : one.origin], one.leads, MemberOptions())
        own.append(score(history, one.came, level=options.level))
    mine, theirs = _mean(pool), _mean(own)
    return Backtest(
        measure=measure,
        origins=tuple(months[fit[n].origin - 1] for n in picks),
        months=mine.zero + mine.some,
        crps=_short(mine.crps),
        crps_own_history=_short(theirs.crps),
        better=None if not theirs.crps else round(1 - mine.crps / theirs.crps, 3),
        interval_score=_short(mine.interval),
        interval_score_own_history=_short(theirs.interval),
        covered=_share(mine.covered),
        covered_zero=_share(mine.covered_zero),
        covered_some=_share(mine.covered_some),
        zero=mine.zero,
        some=mine.some,
    )


def _mean(scores: Sequence[Score]) -> Score:
    """Scores of several origins as one, weighted by their months."""
    weights = np.array([one.zero + one.some for one in scores], dtype=np.float64)
    zero, some = sum(one.zero for one in scores), sum(one.some for one in scores)
    quiet = sum((one.covered_zero or 0) * one.zero for one in scores)
    loud = sum((one.covered_some or 0) * one.some for one in scores)
    return Score(
        crps=float(np.average([one.crps for one in scores], weights=weights)),
        interval=float(np.average([one.interval for one in scores], weights=weights)),
        width=float(np.average([one.width for one in scores], weights=weights)),
        covered=(quiet + loud) / (zero + some),
        covered_zero=quiet / zero if zero else None,
        covered_some=loud / some if some else None,
        zero=zero,
        some=some,
    )


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
