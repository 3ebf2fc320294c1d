"""Negative binomial counts: variance `m + a m²` for a mean of `m` and a dispersion of `a`.

The usual model for counts of attacks, which vary more than chance alone lets them (Hilbe, 2011,
Negative Binomial Regression; Osgood, 2000, Journal of Quantitative Criminology 16). A Poisson
model, whose variance is its mean, takes that for change.
"""

from __future__ import annotations

import numpy as np

from contested.analyse.events import Floats

LEAST = 1e-3
"""Dispersions below it are taken for it: no more than a Poisson count's, to a thousandth."""
STEPS = 25


def segment(total: Floats, length: Floats | float, dispersion: Floats | float) -> Floats:
    """The maximum of the log-likelihood of counts with one mean, but for terms without it.

    It hangs on their sum and number alone, so that a scan needs cumulative sums and no loop.
    """
    a = np.maximum(dispersion, LEAST)
    mean = total / np.maximum(length, 1)
    grown = np.log1p(a * mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        told = np.where(total > 0, total * (np.log(np.maximum(mean, 1e-300)) - grown), 0.0)
    return np.asarray(told - length / a * grown, dtype=np.float64)


def dispersion(counts: Floats) -> Floats:
    """The dispersion of each line of `counts`, from steps between neighbours.

    Half the mean squared step is the variance around a level, and one change of the level adds
    one large step only: unlike the variance around the mean it does not take a change for
    dispersion (von Neumann, 1941, Annals of Mathematical Statistics 12).
    """
    table = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    one, other = table[:, 1:], table[:, :-1]
    steps = (one - other) ** 2 / 2
    expected = (one + other) / 2
    square = one * other
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (steps.mean(axis=1) - expected.mean(axis=1)) / square.mean(axis=1)
    return np.where(np.isfinite(found), np.maximum(found, LEAST), LEAST)


def simulated(
    mean: Floats | float, spread: float, shape: tuple[int, ...], chance: np.random.Generator
) -> Floats:
    """Counts drawn with these means and this dispersion: Poisson with a gamma mean."""
    if spread <= LEAST:
        return chance.poisson(np.broadcast_to(mean, shape)).astype(np.float64)
    gamma = chance.gamma(1 / spread, spread, shape)
    return chance.poisson(gamma * mean).astype(np.float64)


def fitted(design: Floats, counts: Floats, spread: Floats | float) -> tuple[Floats, Floats, Floats]:
    """Log-linear means of many series at once, by iteratively reweighted least squares.

    `design` has the shape (fits, periods, terms), `counts` (fits, periods), `spread` a dispersion
    a fit. Gives coefficients, means and log-likelihoods (McCullagh and Nelder, 1989, Generalized
    Linear Models, ch. 2).
    """
    a = np.maximum(np.broadcast_to(spread, counts.shape[:1]), LEAST)[:, None]
    means = counts + np.maximum(counts.mean(axis=1, keepdims=True), 0.5) * 0.1 + 0.1
    ridge = np.eye(design.shape[2]) * 1e-8
    beta = np.zeros((len(counts), design.shape[2]))
    for _ in range(STEPS):
        weight = means / (1 + a * means)
        work = np.log(means) + (counts - means) / means
        left = np.einsum("fti,ft,ftj->fij", design, weight, design) + ridge
        right = np.einsum("fti,ft,ft->fi", design, weight, work)
        beta = np.linalg.solve(left, right[..., None])[..., 0]
        new = np.exp(np.clip(np.einsum("fti,fi->ft", design, beta), -12, 20))
        settled = bool(np.abs(new - means).max() < 1e-6 * (1 + means.max()))
        means = new
        if settled:
            break
    told = counts * (np.log(means) - np.log1p(a * means)) - np.log1p(a * means) / a
    return beta, means, told.sum(axis=1)


def excess(counts: Floats, means: Floats, terms: int) -> Floats:
    """The dispersion around fitted means, by moments, each fit (Cameron and Trivedi, 1998)."""
    free = max(counts.shape[1] - terms, 1)
    found = (((counts - means) ** 2 - means) / means**2).sum(axis=1) / free
    return np.asarray(np.maximum(found, LEAST), dtype=np.float64)
