"""How good a predictive distribution was, once the month has come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.analyse.forecast.members import Values

LEVEL = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Means over cells and months.

    `crps` is the continuous ranked probability score (Matheson and Winkler, Management Science
    1976; lower is better, in the unit of the counts), `interval` the interval score of the
    stated level (Gneiting and Raftery, JASA 2007; lower is better), `width` the mean width of
    the interval. The covered shares (0 to 1) are None where no such month came.
    """

    crps: float
    interval: float
    width: float
    covered: float | None
    covered_zero: float | None
    covered_some: float | None
    zero: int
    some: int


def crps(values: Values, came: NDArray[np.float64]) -> NDArray[np.float64]:
    """CRPS of equally likely, sorted `values` (last axis) for what came.

    The empirical distribution is scored as it stands (the "quantile decomposition" of Jordan,
    Krüger and Lerch, Journal of Statistical Software 2019), without the correction for a finite
    ensemble: the values are slices of the distribution, not draws from it. The tests hold it to
    the package scoringrules, which compiles for many seconds when it is imported.
    """
    points = values.shape[-1]
    away = np.abs(values - came[..., None]).mean(axis=-1)
    signs = 2 * np.arange(1, points + 1) - points - 1
    return np.asarray(away - values @ signs / points**2, dtype=np.float64)


def end_places(points: int, level: float = LEVEL) -> tuple[int, int]:
    """Which of so many sorted values are the ends of the central interval of `level`."""
    low = int(np.floor((1 - level) / 2 * points + 1e-9))
    return low, points - 1 - low


def ends(values: Values, level: float = LEVEL) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The central interval of `level`: whole values that leave at most half the rest outside."""
    low, high = end_places(values.shape[-1], level)
    return values[..., low], values[..., high]


def interval_score(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    came: NDArray[np.float64],
    level: float = LEVEL,
) -> NDArray[np.float64]:
    """Width of the interval plus 2/alpha for every unit that what came lies outside."""
    outside = np.maximum(low - came, 0) + np.maximum(came - high, 0)
    return np.asarray(high - low + 2 / (1 - level) * outside, dtype=np.float64)


def score(
    values: Values,
    came: NDArray[np.float64],
    interval: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    level: float = LEVEL,
) -> Score:
    """All scores; `interval` stands in for the central one of the values."""
    low, high = interval or ends(values, level)
    inside = (low <= came) & (came <= high)
    some = came > 0
    return Score(
        crps=float(crps(values, came).mean()),
        interval=float(interval_score(low, high, came, level).mean()),
        width=float((high - low).mean()),
        covered=_share(inside),
        covered_zero=_share(inside[~some]),
        covered_some=_share(inside[some]),
        zero=int((~some).sum()),
        some=int(some.sum()),
    )


def _share(inside: NDArray[np.bool_]) -> float | None:
    return float(inside.mean()) if inside.size else None
