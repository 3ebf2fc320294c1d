"""A weighted pool of members, its weights learned on what is past.

The pool says: with weight w_i the month comes as member i says (the linear pool; Stone, Annals
of Mathematical Statistics 1961). Its CRPS is quadratic in the weights,
``sum w_i E|X_i - y| - 1/2 sum w_i w_j E|X_i - X_j|`` (Thorey, Mallet and Baudin, Quarterly
Journal of the Royal Meteorological Society 2017), so that the best weights over past windows
are found exactly, and two windows are put together by adding their terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import needed
from contested.analyse.forecast.members import HALF, MIDDLES, Values


@dataclass(frozen=True, slots=True)
class Terms:
    """Mean distances of members from what came, and from each other, over `weight` cells."""

    away: NDArray[np.float64]
    apart: NDArray[np.float64]
    weight: float

    def __add__(self, other: Terms) -> Terms:
        """Both windows as one."""
        whole = self.weight + other.weight
        mine, theirs = self.weight / whole, other.weight / whole
        return Terms(
            self.away * mine + other.away * theirs, self.apart * mine + other.apart * theirs, whole
        )

    def crps(self, weights: NDArray[np.float64]) -> float:
        """CRPS of the pool with these weights."""
        return float(self.away @ weights - HALF * weights @ self.apart @ weights)


def terms(members: Sequence[Values], came: NDArray[np.float64]) -> list[Terms]:
    """The terms of one window, for each of its leads."""
    count = len(members)
    own = [_spread(values) for values in members]
    apart = np.empty((came.shape[1], count, count))
    for i in range(count):
        apart[:, i, i] = own[i]
        for j in range(i):
            both = _spread(np.concatenate((members[i], members[j]), axis=-1))
            apart[:, i, j] = apart[:, j, i] = 2 * both - HALF * (own[i] + own[j])
    away = np.array([np.abs(one - came[..., None]).mean(axis=(0, 2)) for one in members])
    return [Terms(away[:, n], apart[n], float(len(came))) for n in range(came.shape[1])]


def learn(found: Terms, shrink: float) -> NDArray[np.float64]:
    """Weights, none below 0, that sum to 1 and have the least CRPS.

    `shrink`, from 0 to 1, is the share of equal weights that is mixed in: past windows are few
    and much alike, and equal weights are hard to beat (Clemen, International Journal of
    Forecasting 1989).
    """
    count = len(found.away)
    equal = np.full(count, 1 / count)
    return (1 - shrink) * _least(found, equal) + shrink * equal


def pooled(
    members: Sequence[Values],
    weights: NDArray[np.float64],
    at: NDArray[np.float64] = MIDDLES,
) -> Values:
    """The pool as equally likely, sorted values: the middles of slices of the mixture.

    With `at`, its quantiles there instead.
    """
    every = np.concatenate(members, axis=-1)
    shares = [
        np.full(one.shape[-1], weight / one.shape[-1])
        for one, weight in zip(members, weights, strict=True)
    ]
    order = np.argsort(every, axis=-1, kind="stable")
    ordered = np.take_along_axis(every, order, axis=-1)
    upto = np.cumsum(np.concatenate(shares)[order], axis=-1)
    out = np.empty((*every.shape[:-1], len(at)))
    for row in np.ndindex(every.shape[:-1]):
        places = np.searchsorted(upto[row], at - 1e-12)
        out[row] = ordered[row][np.minimum(places, every.shape[-1] - 1)]
    return out


def _spread(values: Values) -> NDArray[np.float64]:
    """Mean distance of two values of the same distribution, averaged over cells, per lead."""
    ordered = np.sort(values, axis=-1)
    points = ordered.shape[-1]
    signs = 2 * np.arange(1, points + 1) - points - 1
    return np.asarray(2 * (ordered @ signs).mean(axis=0) / points**2, dtype=np.float64)


def _least(found: Terms, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least quadratic over the simplex, by sequential quadratic programming."""
    scale = max(float(np.abs(found.away).max()), 1e-12)
    answer = needed("scipy.optimize").minimize(
        lambda w: found.crps(w) / scale,
        start,
        jac=lambda w: (found.away - found.apart @ w) / scale,
        bounds=[(0, 1)] * len(start),
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
        method="SLSQP",
        options={"ftol": 1e-12, "maxiter": 500},
    )
    weights = np.clip(answer.x if answer.success else start, 0, None)
    return np.asarray(weights / weights.sum())
