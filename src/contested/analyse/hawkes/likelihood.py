"""The log-likelihood of what was observed, and its gradient.

``log L = Σ_i log λ_{m_i}(t_i) - Σ_a ∫ λ_a``, exact, in O(n d) for every distinct decay. Source:
Daley and Vere-Jones, "An Introduction to the Theory of Point Processes" (2003), 7.2; the
recursions are Ogata's (see `memory`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contested.analyse.hawkes import memory
from contested.analyse.hawkes.process import Floats, Ints, Points, Process


@dataclass(frozen=True, slots=True, eq=False)
class Gradient:
    """Derivatives of the log-likelihood, each in the shape of its parameters."""

    rates: Floats
    excitation: Floats
    decay: Floats


def intensities(process: Process, points: Points) -> Floats:
    """The intensity of each event's own dimension just before it, per day."""
    base = process.baseline.values(points.times)
    out = np.empty(len(points.times))
    for mine, rows, weighs in _by_decay(process, points):
        marks = points.marks[rows]
        out[rows] = np.einsum("ik,ik->i", base[rows], process.rates[marks])
        out[rows] += process.decay[mine[0]] * np.einsum(
            "ie,ie->i", weighs[rows], process.excitation[marks]
        )
    return out


def log_likelihood(process: Process, points: Points) -> float:
    """Log-likelihood; -inf where an event had no intensity at all."""
    rate = intensities(process, points)
    if np.any(rate <= 0):
        return -np.inf
    return float(np.log(rate).sum() - expected(process, points).sum())


def expected(process: Process, points: Points) -> Floats:
    """``∫ λ_a`` over the observation: how many events of each dimension the model expects."""
    out = process.rates @ process.baseline.whole()
    counts = points.counts()
    for one in np.unique(process.decay):
        mine = process.decay == one
        out[mine] += process.excitation[mine] @ (counts - memory.left(points, one))
    return np.asarray(out)


def gradient(process: Process, points: Points) -> Gradient:
    """Analytic gradient of `log_likelihood`."""
    base = process.baseline.values(points.times)
    inverse = 1.0 / intensities(process, points)
    counts = points.counts()
    rates = np.tile(-process.baseline.whole(), (process.dimensions, 1))
    excitation = np.zeros_like(process.excitation)
    decay = np.zeros_like(process.decay)
    for mine, _, weighs in _by_decay(process, points):
        beta = float(process.decay[mine[0]])
        aged = memory.slope(points, beta, weighs)
        for a in mine:
            rows = np.flatnonzero(points.marks == a)
            rates[a] += inverse[rows] @ base[rows]
            excitation[a] = beta * (inverse[rows] @ weighs[rows])
            excitation[a] -= counts - memory.left(points, beta)
            change = (weighs[rows] - beta * aged[rows]) @ process.excitation[a]
            decay[a] = inverse[rows] @ change
            decay[a] -= process.excitation[a] @ memory.left_slope(points, beta)
    return Gradient(rates, excitation, decay)


def _by_decay(process: Process, points: Points) -> list[tuple[Ints, Ints, Floats]]:
    """Dimensions that share a decay, the rows of their events, and the memory with it."""
    out = []
    for one in np.unique(process.decay):
        mine = np.flatnonzero(process.decay == one)
        rows = np.flatnonzero(np.isin(points.marks, mine))
        out.append((mine, rows, memory.memory(points, float(one))))
    return out
