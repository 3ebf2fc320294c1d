"""What the past still weighs: the sums that the exponential kernel makes recursive.

With ``S_i = Σ_{j<i} exp(-β (t_i - t_j))`` by dimension of ``j``, ``S_i = a_i (S_{i-1} + e_{i-1})``
and ``a_i = exp(-β (t_i - t_{i-1}))``: the recursion of Y. Ogata, "The asymptotic behaviour of
maximum likelihood estimators for stationary point processes", Ann. Inst. Stat. Math. 30 (1978).
That is a triangular system with two diagonals, which LAPACK solves in O(n d): compiled code that
is already there, so nothing is compiled when a program starts.
"""

from __future__ import annotations

import numpy as np

from contested.analyse.hawkes.process import Floats, Points


def memory(points: Points, decay: float) -> Floats:
    """``S[i, m]``: what events of dimension ``m`` before event ``i`` still weigh at its time."""
    fade = _fade(points, decay)
    given = np.zeros((len(points.times), points.dimensions), order="F")
    given[np.arange(1, len(given)), points.marks[:-1]] = fade
    return _solved(fade, given)


def slope(points: Points, decay: float, weighs: Floats) -> Floats:
    """``-dS/dβ``: the same sums with each term times its age."""
    fade = _fade(points, decay)
    given = np.zeros_like(weighs, order="F")
    given[1:] = weighs[1:] * np.diff(points.times)[:, None]
    return _solved(fade, given)


def left(points: Points, decay: float, at: float | None = None) -> Floats:
    """``S[m]`` at a time after the last event; unasked at the end of the observation."""
    age = (points.length if at is None else at) - points.times
    weights = np.exp(-decay * age)
    return np.asarray(np.bincount(points.marks, weights, points.dimensions), dtype=np.float64)


def left_slope(points: Points, decay: float) -> Floats:
    """``-dS/dβ`` at the end of the observation."""
    age = points.length - points.times
    weights = age * np.exp(-decay * age)
    return np.asarray(np.bincount(points.marks, weights, points.dimensions), dtype=np.float64)


def _fade(points: Points, decay: float) -> Floats:
    return np.asarray(np.exp(-decay * np.diff(points.times)))


def _solved(fade: Floats, given: Floats) -> Floats:
    """Solve ``x_i - fade_i x_{i-1} = given_i``. Writes over `given`."""
    from scipy.linalg import lapack

    if len(given) < 2:
        return given
    bands = np.ones((2, len(given)), order="F")
    bands[1, :-1] = -fade
    found, failed = lapack.dtbtrs(bands, given, uplo="L", diag="U", overwrite_b=1)
    if failed:  # pragma: no cover - a unit triangle cannot be singular
        raise ArithmeticError("the recursion could not be solved")
    return np.asarray(found, dtype=np.float64)
