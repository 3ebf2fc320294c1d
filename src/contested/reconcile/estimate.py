"""Weights from the record itself: expectation-maximisation over the candidate pairs.

Splink's own training takes pairs from equality rules on columns; our candidates come from a grid
of areas and days, and the prior and the weights must be those of the candidates. So Splink gives
the levels of every candidate pair, and the mixture of pairs of one happening and of two is
fitted here to how often each pattern of levels is seen (Winkler, 1988; Fellegi-Sunter with
conditional independence). It begins at the packaged weights, which say which side of the mixture
is a match.

A record in which nearly all pairs are of one happening, or nearly none, or all alike, has no such
mixture: EM then ends with one side empty or with sides that mean something else. This is found
out, and the packaged weights are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contested.reconcile.cluster import Bounds
from contested.reconcile.comparisons import UNKNOWN, Comparison
from contested.reconcile.model import LinkModel, Odds, gammas

FROM_ACCOUNTS = 1000
"""A record of fewer accounts uses the packaged weights."""
BOUNDS = Bounds(join=2.0, mean=2.25, veto=-30.0)
"""Chosen on generated sets of the seed for training (benchmarks): what fits best a record full
of happenings near one another. Accounts further apart in time never meet (`SHIFT_DAYS`)."""
ROUNDS = 200
SETTLED = 1e-7
SMOOTH = 0.5
"""Pairs added to every level, so that what was not seen is rare and not impossible."""
MOST_WEIGHT = 12.0
"""No single level decides alone: what the sample is too small to tell is not believed."""
FEWEST = 30
"""Pairs that each side of the mixture has to have: of fewer no weight can be told."""
LEAST_SHARE = 1e-9


@dataclass(frozen=True, slots=True)
class Patterns:
    """How often each combination of levels is seen among candidate pairs.

    `levels` has a row a pattern and a column a comparison, in Splink's numbers (-1 unknown).
    """

    levels: NDArray[np.int64]
    counts: NDArray[np.float64]


def estimate(
    patterns: Patterns, comparisons: Sequence[Comparison], start: LinkModel, accounts: int
) -> LinkModel:
    """The model of the record that `patterns` come from; `start` names which side is a match.

    Where they tell no two sides apart, it is `start`, and `kept` says why.
    """
    if not patterns.counts.sum():
        return _kept(start, accounts, "no two of them are near enough in time and place to compare")
    m, u, share = _fit(patterns, comparisons, start)
    chance = _posterior(patterns, m, u, share)
    why = _doubt(patterns, chance, _expected(patterns, comparisons, start))
    if why:
        return _kept(start, accounts, why)
    odds = {}
    for at, each in enumerate(comparisons):
        for number, name in gammas(each).items():
            if name != UNKNOWN:
                odds[each.name, name] = _bounded(float(m[at][number]), float(u[at][number]))
    prior = float(np.log2(share / (1 - share)))
    return replace(start, prior=prior, odds=odds, accounts=accounts, bounds=BOUNDS)


def _fit(
    patterns: Patterns, comparisons: Sequence[Comparison], start: LinkModel
) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]], float]:
    """How often each level is seen in pairs of one happening and of two; the share of the first."""
    m, u = _begin(patterns, comparisons, start)
    share = 2.0**start.prior / (1 + 2.0**start.prior)
    for _ in range(ROUNDS):
        matches = _posterior(patterns, m, u, share) * patterns.counts
        for at, each in enumerate(comparisons):
            levels, size = patterns.levels[:, at], len(gammas(each))
            m[at] = _shares(levels, matches, size)
            u[at] = _shares(levels, patterns.counts - matches, size)
        before, share = share, float(matches.sum() / patterns.counts.sum())
        share = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
        if abs(share - before) < SETTLED:
            break
    return m, u, share


def _kept(start: LinkModel, accounts: int, why: str) -> LinkModel:
    words = f"linked with the packaged weights: {accounts:,} accounts teach none of their own"
    return replace(start, accounts=accounts, kept=f"{words}, as {why}.")


def _doubt(patterns: Patterns, chance: NDArray[np.float64], expected: NDArray[np.float64]) -> str:
    """Why what was fitted cannot be matches and others; "" if it can.

    `expected` is the weight of each pattern by the packaged table.
    """
    one, two = chance * patterns.counts, (1 - chance) * patterns.counts
    if min(one.sum(), two.sum()) < FEWEST:
        return "their pairs do not fall into those of one happening and those of two"
    if np.average(expected, weights=one) <= np.average(expected, weights=two):
        return "their pairs fall into two kinds that agreeing does not tell apart"
    return ""


def _expected(
    patterns: Patterns, comparisons: Sequence[Comparison], model: LinkModel
) -> NDArray[np.float64]:
    """The weight of each pattern by a model, without its prior."""
    total = np.zeros(len(patterns.counts))
    for at, each in enumerate(comparisons):
        names = gammas(each)
        known = [model.weight(each.name, names[number]) for number in range(len(names) - 1)]
        total += np.array([*known, 0.0])[patterns.levels[:, at]]  # -1, unknown, is the last
    return total


def _begin(
    patterns: Patterns, comparisons: Sequence[Comparison], start: LinkModel
) -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    m, u = [], []
    for at, each in enumerate(comparisons):
        names = gammas(each)
        seen = _shares(patterns.levels[:, at], patterns.counts, len(names))
        weights = np.array([start.weight(each.name, names[i]) for i in range(len(names) - 1)])
        likely = seen * 2.0**weights
        m.append(likely / likely.sum())
        u.append(seen)
    return m, u


def _shares(
    levels: NDArray[np.int64], counts: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    known = levels >= 0
    found = np.bincount(levels[known], weights=counts[known], minlength=size - 1) + SMOOTH
    return np.asarray(found / found.sum(), dtype=np.float64)


def _posterior(
    patterns: Patterns,
    m: Sequence[NDArray[np.float64]],
    u: Sequence[NDArray[np.float64]],
    share: float,
) -> NDArray[np.float64]:
    """For each pattern the probability that its pairs are of one happening."""
    odds = np.full(len(patterns.counts), np.log(share / (1 - share)))
    for at, (yes, no) in enumerate(zip(m, u, strict=True)):
        ratio = np.append(np.log(yes / no), 0.0)  # the last one is what -1, unknown, points at
        odds += ratio[patterns.levels[:, at]]
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), dtype=np.float64)


def _bounded(m: float, u: float) -> Odds:
    weight = float(np.clip(np.log2(m / u), -MOST_WEIGHT, MOST_WEIGHT))
    return Odds(u * 2.0**weight, u)
