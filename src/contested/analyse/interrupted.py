"""An interrupted time series of counts: level and slope before and after a date.

Segmented negative binomial regression (Wagner, Soumerai, Zhang and Ross-Degnan, 2002, Journal of
Clinical Pharmacy and Therapeutics 27; Bernal, Cummins and Gasparrini, 2017, International Journal
of Epidemiology 46) by statsmodels. Periods that follow each other are alike, which leaves the
estimates as they are and makes plain standard errors too small: they are those of Newey and West
(1987, Econometrica 55), with lags by their rule of 1994 (Review of Economic Studies 61), corrected
for short series.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import needed
from contested.analyse.events import Bools, Floats
from contested.analyse.negbin import LEAST, excess, fitted
from contested.analyse.pooled import Pooled, pooled

TERMS = 4
MOST_FITS = 200


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The pooled coefficients (logarithms, a period) and what the model says of each period.

    `level` is the step at the date, `before` and `after` are slopes, `turn` the difference of
    both. `lags` is how far autocorrelation is allowed for, `alike` the correlation of
    neighbouring residuals, `spread` the dispersion.
    """

    level: Pooled
    before: Pooled
    after: Pooled
    turn: Pooled
    means: Floats
    without: Floats
    lags: int
    alike: float
    spread: float


def interrupted(values: Floats, stands: Floats, after: Bools, used: Bools) -> Interrupted:
    """Fit each draw and pool: `values` has a line a draw, `after` marks periods after the date,
    `used` those that lie wholly on one side. Raises ExtraMissing without statsmodels."""
    time = np.arange(len(stands), dtype=np.float64)
    start = float(time[after & used].min())
    post = after.astype(np.float64)
    design = np.stack([np.ones(len(time)), time - start, post, (time - start) * post], axis=1)
    lines, times = np.unique(values[:MOST_FITS][:, used], axis=0, return_counts=True)
    lags = math.floor(4 * (used.sum() / 100) ** (2 / 9))
    fits = [_fit(design[used], line, lags) for line in lines]
    weights = np.repeat(np.arange(len(lines)), times)
    beta = np.array([fit[0] for fit in fits])[weights]
    covariance = np.array([fit[1] for fit in fits])[weights]
    freedom = float(used.sum() - TERMS)

    def along(direction: tuple[float, ...]) -> Pooled:
        way = np.array(direction)
        variance = np.einsum("i,fij,j->f", way, covariance, way)
        return pooled(beta @ way, np.sqrt(np.maximum(variance, 0)), freedom)

    own, _, spread = _fit(design[used], stands[used], lags)
    flat = design.copy()
    flat[:, 2:] = 0
    means = np.exp(np.clip(design @ own, -20, 20))
    rest = (stands - means)[used] / np.sqrt(means + spread * means**2)[used]
    return Interrupted(
        level=along((0, 0, 1, 0)),
        before=along((0, 1, 0, 0)),
        after=along((0, 1, 0, 1)),
        turn=along((0, 0, 0, 1)),
        means=means,
        without=np.exp(np.clip(flat @ own, -20, 20)),
        lags=lags,
        alike=_alike(rest),
        spread=spread,
    )


def _fit(design: Floats, counts: Floats, lags: int) -> tuple[Floats, Floats, float]:
    """Coefficients, their covariance, and the dispersion, of one series."""
    models = needed("statsmodels.api")
    _, means, _ = fitted(design[None], counts[None], LEAST)
    spread = float(excess(counts[None], means, TERMS)[0])
    family = models.families.NegativeBinomial(alpha=spread)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = models.GLM(counts, design, family=family).fit()
    return np.asarray(found.params), _covariance(design, counts, found.mu, spread, lags), spread


def _covariance(design: Floats, counts: Floats, means: Floats, spread: float, lags: int) -> Floats:
    """The larger of two covariances, term by term of what is asked of it.

    That of Newey and West is too small in series as short as those of conflicts: at 48 months and
    5% it calls every eighth series without a change changed. Residuals are therefore divided by
    one minus their leverage (Mancl and DeRouen, 2001, Biometrics 57), and where the model's own
    covariance, times what residuals of that autocorrelation cost (Bayley and Hammersley, 1946,
    Supplement to the JRSS 8), is larger, it is raised to that.
    """
    weight = means / (1 + spread * means)
    bread = np.linalg.pinv(design.T @ (design * weight[:, None]))
    leverage = np.clip(np.einsum("ti,ij,tj->t", design, bread, design) * weight, 0, 0.99)
    rest = (counts - means) / np.sqrt(means + spread * means**2)
    scores = design * (np.sqrt(weight) * rest / (1 - leverage))[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        both = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (both + both.T)
    robust = np.asarray(bread @ meat @ bread, dtype=np.float64)
    free = max(len(counts) - TERMS, 1)
    scale = max(float((rest**2).sum()) / free, 1.0)
    alike = _unbiased(_alike(rest), len(counts))
    own = np.asarray(bread * scale * (1 + alike) / (1 - alike), dtype=np.float64)
    return _larger(robust, own)


def _larger(one: Floats, other: Floats) -> Floats:
    """The least covariance that is nowhere below `other`, and `one` wherever that is larger."""
    root = np.linalg.cholesky(other)
    inverse = np.linalg.inv(root)
    values, vectors = np.linalg.eigh(inverse @ one @ inverse.T)
    way = root @ vectors
    return np.asarray((way * np.maximum(values, 1.0)) @ way.T, dtype=np.float64)


def _alike(rest: Floats) -> float:
    """The correlation of neighbouring residuals."""
    power = float((rest**2).sum())
    return float((rest[1:] * rest[:-1]).sum() / power) if power > 0 else 0.0


def _unbiased(alike: float, periods: int) -> float:
    """Residuals of fitted lines look less alike than the errors are, by about terms over periods
    (Kendall, 1954, Biometrika 41, on series whose mean is fitted). None is taken for unlike."""
    return min(max(alike + TERMS / periods * (1 + alike), 0.0), 0.9)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a line of logarithms turns upward: the period after which, and where else (95%).

    `straight` is twice the log-likelihood that the turn adds to a line without one.
    """

    place: int
    first: int
    last: int
    straight: float


def turns(values: Floats) -> list[Turn | None]:
    """For each series the turn upward that fits best; None where none leads upward.

    A joinpoint regression (Kim, Fay, Feuer and Midthune, 2000, Statistics in Medicine 19) on
    negative binomial counts, its place by maximum likelihood over a grid.
    """
    count, periods = values.shape
    time = np.arange(periods, dtype=np.float64)
    grid = np.arange(2, periods - 2)
    line = np.stack([np.ones(periods), time], axis=1)
    _, means, _ = fitted(np.repeat(line[None], count, 0), values, LEAST)
    spread = excess(values, means, 2)
    flat = fitted(np.repeat(line[None], count, 0), values, spread)[2]
    bent = np.stack([np.column_stack([line, np.maximum(time - at, 0)]) for at in grid])
    out: list[Turn | None] = []
    for n in range(count):
        lines = np.repeat(values[n][None], len(grid), 0)
        beta, _, told = fitted(bent, lines, spread[n])
        rising = (beta[:, 2] > 0) & (beta[:, 1] + beta[:, 2] > 0)
        if not rising.any():
            out.append(None)
            continue
        told = np.where(rising, told, -np.inf)
        best = int(told.argmax())
        near = grid[told >= told[best] - 3.84 / 2]
        out.append(
            Turn(int(grid[best]), int(near.min()), int(near.max()), 2 * float(told[best] - flat[n]))
        )
    return out
