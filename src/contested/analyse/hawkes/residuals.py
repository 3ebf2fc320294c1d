"""How well a process fits: waiting times in the model's own clock.

With the right model the integrated intensity between events of a dimension is exponential with
mean 1 (time rescaling: E. N. Brown et al., Neural Computation 14 (2002); Y. Ogata, JASA 83
(1988)). Kolmogorov-Smirnov tells how far from it they are. The parameters were fitted to the
same events, so the test is lenient: what it rejects does not fit, what it lets pass may not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from contested.analyse.hawkes import memory
from contested.analyse.hawkes.process import Floats, Points, Process

ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Goodness:
    """The distance from what a right model would give, and how likely chance alone gives it."""

    events: int
    distance: float
    p_value: float


def waits(process: Process, points: Points, dimension: int) -> Floats:
    """Integrated intensity between events of a dimension, the first from the start."""
    decay = float(process.decay[dimension])
    rows = np.flatnonzero(points.marks == dimension)
    seen = np.zeros((len(points.times), points.dimensions))
    seen[np.arange(1, len(seen)), points.marks[:-1]] = 1.0
    answered = np.cumsum(seen, axis=0)[rows] - memory.memory(points, decay)[rows]
    base = process.baseline.integrals(points.times[rows]) @ process.rates[dimension]
    return np.diff(base + answered @ process.excitation[dimension], prepend=0.0)


def goodness(process: Process, points: Points, dimension: int | None = None) -> Goodness | None:
    """The test of one dimension, or of all together; None with fewer than ten events.

    The p-value is the asymptotic one with M. A. Stephens' correction (JRSS B 32 (1970)).
    """
    from scipy.special import kolmogorov

    asked = range(points.dimensions) if dimension is None else (dimension,)
    all_waits = np.concatenate([waits(process, points, one) for one in asked])
    if len(all_waits) < ENOUGH:
        return None
    size = len(all_waits)
    expected = -np.expm1(-np.sort(all_waits))
    steps = np.arange(size + 1) / size
    distance = float(max((steps[1:] - expected).max(), (expected - steps[:-1]).max()))
    scaled = distance * (math.sqrt(size) + 0.12 + 0.11 / math.sqrt(size))
    return Goodness(size, distance, float(kolmogorov(scaled)))
