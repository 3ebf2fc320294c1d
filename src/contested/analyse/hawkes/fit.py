"""Maximum likelihood: the decay by its profile, everything else by `rows`.

For each decay that is tried the rest has one maximum, found by Newton steps; only the decay may
have several, so it is searched on a grid first (a multi-start in the one direction that needs
it) and then by Brent's method between the neighbours of the best.

One decay is shared by all dimensions unless asked otherwise. A decay of each pair is not told by
the data where that pair hardly excites (at zero excitation the likelihood does not depend on
it), and with d² of them most pairs of a conflict's few hundred events are such. A decay of each
answering dimension ("each") keeps the problem apart by rows and can be asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import numpy as np

from contested.analyse.hawkes import memory
from contested.analyse.hawkes.baseline import STEPS, Baseline
from contested.analyse.hawkes.process import Floats, Ints, Points, Process
from contested.analyse.hawkes.rows import solve

GRID = 9
ENOUGH_FOR_GRID = 10_000
PRECISION = 1e-3
NEAR = 0.4
"""How far from a known decay to look first, in its logarithm."""

Value: TypeAlias = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How to fit. `half_life` bounds it, in days; `near` is a half-life
    around which to look before the grid.

    `pieces` of the baseline are of equal length; None takes of 1, 2, 4, … (none shorter than
    `shortest` days) the number with the least BIC.
    """

    decays: Literal["one", "each"] = "one"
    half_life: tuple[float, float] = (0.25, 90.0)
    near: float | None = None
    pieces: int | None = None
    degree: int = STEPS
    shortest: float = 120.0
    precision: float = PRECISION


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted process. `edge`: a half-life lies at a bound, so the data do not tell it."""

    process: Process
    log_likelihood: float
    edge: bool

    @property
    def parameters(self) -> int:
        """How many numbers were fitted."""
        decays = len(np.unique(self.process.decay))
        return self.process.rates.size + self.process.excitation.size + decays


def fit(points: Points, options: FitOptions | None = None) -> Fit:
    """Fit a process to what was observed."""
    asked = options or FitOptions()
    if asked.pieces is not None:
        return fit_with(points, Baseline.equal(points.length, asked.pieces, asked.degree), asked)
    best = fit_with(points, Baseline.equal(points.length, 1, asked.degree), asked)
    pieces = 2
    while points.length / pieces >= asked.shortest:
        tried = fit_with(points, Baseline.equal(points.length, pieces, asked.degree), asked)
        if bic(tried, points) >= bic(best, points):
            break
        best, pieces = tried, pieces * 2
    return best


def bic(found: Fit, points: Points) -> float:
    """Bayesian information criterion: less is better."""
    return found.parameters * math.log(max(len(points.times), 1)) - 2 * found.log_likelihood


def fit_with(points: Points, baseline: Baseline, options: FitOptions) -> Fit:
    """Fit with a given baseline."""
    problem = _Problem(points, baseline)
    everyone = list(range(points.dimensions))
    groups = [everyone] if options.decays == "one" else [[a] for a in everyone]
    coarse = _coarse(points, baseline)
    decay = np.empty(points.dimensions)
    theta = np.empty((points.dimensions, baseline.size + points.dimensions))
    total, edge = 0.0, False
    for group in groups:
        value_at = partial(problem.value, group)
        found = _near(value_at, options)
        if found is None:
            low, high = _bracket(partial(coarse.value, group), options)
            found = _brent(value_at, low, high, options.precision)
        value, theta[group] = problem.best(group, found)
        decay[group] = math.exp(found)
        total += value
        edge |= _at_edge(math.log(2) / math.exp(found), options.half_life)
    excitation = theta[:, baseline.size :]
    return Fit(Process(baseline, theta[:, : baseline.size], excitation, decay), total, edge)


class _Problem:
    """The likelihood as a function of the decay, everything else at its best."""

    def __init__(self, points: Points, baseline: Baseline) -> None:
        self.points = points
        self.base = baseline.values(points.times)
        self.whole = baseline.whole()
        self.counts = points.counts()
        self.rows: list[Ints] = [
            np.flatnonzero(points.marks == a) for a in range(points.dimensions)
        ]
        self.last: dict[int, Floats] = {}

    def value(self, group: list[int], log_decay: float) -> float:
        """The profile log-likelihood of a group of dimensions."""
        return self.best(group, log_decay)[0]

    def best(self, group: list[int], log_decay: float) -> tuple[float, Floats]:
        """The same, with the rates and excitation that reach it."""
        decay = math.exp(log_decay)
        weighs = memory.memory(self.points, decay)
        cost = np.concatenate([self.whole, self.counts - memory.left(self.points, decay)])
        total, out = 0.0, []
        for a in group:
            mine = self.rows[a]
            features = np.hstack([self.base[mine], decay * weighs[mine]])
            theta, value = solve(features, cost, self._start(a))
            self.last[a] = theta
            total += value
            out.append(theta)
        return total, np.array(out)

    def _start(self, a: int) -> Floats:
        """The last solution, off its bounds; at first half baseline, half answers."""
        number = len(self.rows[a])
        level = max(number, 0.5) / float(self.whole.sum())
        plain = np.full(len(self.whole) + self.points.dimensions, 0.5 / self.points.dimensions)
        plain[: len(self.whole)] = 0.5 * level
        known = self.last.get(a)
        if known is None:
            return plain
        size = len(self.whole)
        return np.concatenate([np.maximum(known[:size], 1e-3 * plain[:size]), known[size:]])


def _coarse(points: Points, baseline: Baseline) -> _Problem:
    """The problem on the first events only, where there are many: enough to find the valley."""
    if len(points.times) <= ENOUGH_FOR_GRID:
        return _Problem(points, baseline)
    end = float(points.times[ENOUGH_FOR_GRID])
    few = Points(
        points.times[:ENOUGH_FOR_GRID], points.marks[:ENOUGH_FOR_GRID], points.dimensions, end
    )
    pieces = max(1, round(end / points.length * (len(baseline.edges) - 1)))
    return _Problem(few, Baseline.equal(end, pieces, baseline.degree))


def _near(value: Value, options: FitOptions) -> float | None:
    """The best near the known decay; None where none is known or it lies at the end of that."""
    if options.near is None:
        return None
    low, high = _ends(options)
    middle = math.log(math.log(2) / options.near)
    ends = max(low, middle - NEAR), min(high, middle + NEAR)
    if ends[0] >= ends[1]:
        return None
    found = _brent(value, *ends, options.precision)
    inside = 2 * options.precision
    return found if ends[0] + inside < found < ends[1] - inside else None


def _bracket(value: Value, options: FitOptions) -> tuple[float, float]:
    """Between which logarithms of the decay its best value lies, by a grid."""
    grid = np.linspace(*_ends(options), GRID)
    best = int(np.argmax([value(x) for x in grid]))
    return float(grid[max(best - 1, 0)]), float(grid[min(best + 1, GRID - 1)])


def _ends(options: FitOptions) -> tuple[float, float]:
    low, high = (math.log(math.log(2) / days) for days in reversed(options.half_life))
    return low, high


def _brent(value: Value, low: float, high: float, precision: float) -> float:
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda x: -value(x), bounds=(low, high), method="bounded", options={"xatol": precision}
    )
    return float(found.x)


def _at_edge(half_life: float, bounds: tuple[float, float]) -> bool:
    return half_life < bounds[0] * 1.05 or half_life > bounds[1] / 1.05
