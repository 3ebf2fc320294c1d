"""Partially pooled biases: a normal model of kinds and members, with known spread of each figure.

A member g (a voice) is of one kind r (how it stands to whom it counts)::

    b_g = mu_r + d_g,   mu_r ~ N(m_r, s_r²),   d_g ~ N(0, tau²)

Figures tell of the b in sets: the figures of one toll share an unknown level with a flat prior,
or are contrasts that have none. Given tau (and omega, an extra spread of every figure), all is
Gaussian and exact. tau and omega are integrated out on a grid with half-normal priors, rather than
set to one estimate, which with few members is too often zero (Gelman, 2006, Bayesian Analysis 1;
the model is that of Rubin, 1981, Journal of Educational Statistics 6).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SCALE = 0.5
"""Of the half-normal priors of tau and omega, on the log scale: a factor of 1.6 is nothing odd."""
GRID: tuple[float, ...] = tuple(1.5 * (n / 14) ** 2 for n in range(15))
"""Values of tau and omega that are tried, close together near zero."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is believed of each kind before any figure: mean and standard deviation."""

    mean: Array
    sd: Array


@dataclass(frozen=True, slots=True)
class Sums:
    """All that sets of figures tell of kinds and members, as sums that add up over sets.

    `square` and `log` are the parts of the log likelihood that do not hang on the biases.
    """

    precision: Array
    shift: Array
    square: float
    log: float

    @classmethod
    def none(cls, size: int) -> Sums:
        """Nothing told, of so many kinds and members."""
        return cls(np.zeros((size, size)), np.zeros(size), 0.0, 0.0)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.precision + other.precision,
            self.shift + other.shift,
            self.square + other.square,
            self.log + other.log,
        )


def of_level(design: Array, values: Array, variance: Array) -> Sums:
    """What figures of one unknown level tell, once it is integrated out (flat prior)."""
    weight = centred(variance)
    level = float((1 / variance).sum())
    return Sums(
        np.asarray(design.T @ weight @ design),
        np.asarray(design.T @ weight @ values),
        float(values @ weight @ values),
        float(-0.5 * np.log(variance).sum() - 0.5 * math.log(level)),
    )


def of_contrasts(design: Array, values: Array, variance: Array) -> Sums:
    """What independent figures without any level of their own tell."""
    return Sums(
        np.asarray(design.T @ (design / variance[:, None])),
        np.asarray(design.T @ (values / variance)),
        float((values * values / variance).sum()),
        float(-0.5 * np.log(variance).sum()),
    )


def centred(variance: Array) -> Array:
    """Weights of figures around their own weighted mean."""
    inverse = 1 / variance
    return np.asarray(np.diag(inverse) - np.outer(inverse, inverse) / inverse.sum())


def prior(kinds: Kinds, member: Sequence[int], tau: float) -> tuple[Array, Array]:
    """Mean and covariance of all kinds and, behind them, all members (of the kinds `member`)."""
    number = len(kinds.mean)
    spread = np.zeros((number + len(member), number))
    spread[:number] = np.eye(number)
    for n, kind in enumerate(member):
        spread[number + n, kind] = 1.0
    covariance = spread @ np.diag(kinds.sd**2) @ spread.T
    covariance[number:, number:] += tau**2 * np.eye(len(member))
    return np.asarray(spread @ kinds.mean), np.asarray(covariance)


def posterior(sums: Sums, mean: Array, covariance: Array) -> tuple[Array, Array, float]:
    """Mean and covariance once the figures are seen, and the log of their marginal likelihood."""
    step = np.eye(len(mean)) + covariance @ sums.precision
    after = np.linalg.solve(step, covariance)
    after = (after + after.T) / 2
    rest = sums.shift - sums.precision @ mean
    moved = after @ rest
    misfit = sums.square - 2 * mean @ sums.shift + mean @ sums.precision @ mean - rest @ moved
    sign, size = np.linalg.slogdet(step)
    return mean + moved, after, float(sums.log - 0.5 * misfit - 0.5 * sign * size)


@dataclass(frozen=True)
class Pooled:
    """Posteriors of all kinds and members over the grid of tau and omega, with their weights."""

    weights: Array
    means: Array
    variances: Array
    taus: Array
    omegas: Array

    @cached_property
    def tau(self) -> float:
        """How far members of one kind lie apart: the posterior mean."""
        return float(self.weights @ self.taus)

    @cached_property
    def omega(self) -> float:
        """The extra spread of every figure: the posterior mean."""
        return float(self.weights @ self.omegas)

    def mean(self, at: int) -> float:
        """Of one kind or member."""
        return float(self.weights @ self.means[:, at])

    def interval(self, at: int, level: float = 0.95) -> tuple[float, float]:
        """Quantiles of the mixture over the grid, by bisection."""
        tail = (1 - level) / 2
        return self._quantile(at, tail), self._quantile(at, 1 - tail)

    def above(self, at: int) -> float:
        """The probability that it is above zero."""
        return 1 - self._below(at, 0.0)

    def _below(self, at: int, value: float) -> float:
        steps = (value - self.means[:, at]) / np.sqrt(2 * self.variances[:, at])
        return float(self.weights @ np.array([0.5 * (1 + math.erf(step)) for step in steps]))

    def _quantile(self, at: int, share: float) -> float:
        spread = np.sqrt(self.variances[:, at])
        low = float((self.means[:, at] - 9 * spread).min())
        high = float((self.means[:, at] + 9 * spread).max())
        for _ in range(60):
            middle = (low + high) / 2
            if self._below(at, middle) < share:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def pooled(
    told: Callable[[float], Sums],
    kinds: Kinds,
    member: Sequence[int],
    *,
    taus: Sequence[float] = GRID,
    omegas: Sequence[float] = GRID,
) -> Pooled:
    """Integrate tau and omega out. `told` gives what the figures tell with that extra spread."""
    logs, means, variances, nodes = [], [], [], []
    steps = [(_step(taus, n), tau) for n, tau in enumerate(taus)]
    for m, omega in enumerate(omegas):
        sums = told(omega)
        for step, tau in steps:
            mean, covariance, log = posterior(sums, *prior(kinds, member, tau))
            logs.append(
                log - 0.5 * (tau**2 + omega**2) / SCALE**2 + math.log(step * _step(omegas, m))
            )
            means.append(mean)
            variances.append(np.maximum(np.diag(covariance), 1e-12))
            nodes.append((tau, omega))
    weight = np.exp(np.array(logs) - max(logs))
    grid = np.array(nodes)
    return Pooled(
        weight / weight.sum(), np.array(means), np.array(variances), grid[:, 0], grid[:, 1]
    )


def _step(grid: Sequence[float], n: int) -> float:
    """The width of a grid point's part (trapezoid); 1 where there is one point only."""
    if len(grid) == 1:
        return 1.0
    return (grid[min(n + 1, len(grid) - 1)] - grid[max(n - 1, 0)]) / 2
