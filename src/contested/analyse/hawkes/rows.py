"""The concave part: rates and excitation of one dimension at a given decay.

With the decay fixed the log-likelihood is ``Σ log(x_i · θ) - c · θ``, concave in ``θ ≥ 0`` and
apart for every answering dimension. Solved by projected Newton steps: D. P. Bertsekas, "Projected
Newton methods for optimization problems with simple constraints", SIAM J. Control 20 (1982).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from contested.analyse.hawkes.process import Floats

STEPS = 60
TOLERANCE = 1e-9
SHRINK = 0.5
LEAST_STEP = 1e-8
ARMIJO = 1e-4
RIDGE = 1e-10
NEARLY_ZERO = 1e-6
"""Of the largest: what is this small and pushed down stays where it is (Bertsekas' epsilon)."""


def solve(features: Floats, cost: Floats, start: Floats) -> tuple[Floats, float]:
    """The best ``θ`` and its log-likelihood. `start` must give every row an intensity."""
    at = start.copy()
    value = _value(features, cost, at)
    for _ in range(STEPS):
        inverse = 1.0 / (features @ at)
        down = cost - inverse @ features
        weighted = features * inverse[:, None]
        bound = (at <= NEARLY_ZERO * at.max()) & (down > 0)
        step = np.where(bound, -at, 0.0) + _newton(weighted, down, ~bound)
        moved, reached = _search(features, cost, at, value, down, step)
        gain = reached - value
        at, value = moved, reached
        if gain <= TOLERANCE * max(1.0, abs(value)):
            break
    return at, value


def _newton(weighted: Floats, down: Floats, free: npt.NDArray[np.bool_]) -> Floats:
    step = np.zeros_like(down)
    used = weighted[:, free]
    curve = used.T @ used
    curve.flat[:: len(curve) + 1] += RIDGE * (1 + np.diag(curve))
    step[free] = -np.linalg.solve(curve, down[free])
    return step


def _search(
    features: Floats, cost: Floats, at: Floats, value: float, down: Floats, step: Floats
) -> tuple[Floats, float]:
    """Go along the projected step, shorter until the likelihood rises enough."""
    length = 1.0
    while length > LEAST_STEP:
        moved = np.maximum(at + length * step, 0.0)
        reached = _value(features, cost, moved)
        if reached >= value + ARMIJO * float(down @ (at - moved)):
            return moved, reached
        length *= SHRINK
    return at, value


def _value(features: Floats, cost: Floats, at: Floats) -> float:
    rate = features @ at
    if rate.min(initial=1.0) <= 0:
        return -np.inf
    return float(np.log(rate).sum() - cost @ at)
