"""The model: a multivariate Hawkes process with exponential kernels and a moving baseline.

The intensity of dimension ``a`` is

    λ_a(t) = Σ_k rates[a, k] b_k(t) + Σ_{t_j < t} excitation[a, m_j] decay_a exp(-decay_a (t - t_j))

with ``m_j`` the dimension of event ``j``. The kernels integrate to one, so `excitation` is the
branching matrix: the expected number of events of ``a`` that one event of ``m`` triggers itself.
Source: A. G. Hawkes, "Spectra of some self-exciting and mutually exciting point processes",
Biometrika 58 (1971); the branching view: Hawkes and Oakes, J. Appl. Prob. 11 (1974).

Times are days from the start of the observation, as floats.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from contested.analyse.hawkes.baseline import Baseline

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What was observed: when (days, ascending), of which dimension, and for how long."""

    times: Floats
    marks: Ints
    dimensions: int
    length: float

    def __post_init__(self) -> None:
        if self.times.shape != self.marks.shape or np.any(np.diff(self.times) < 0):
            raise ValueError("times must ascend and have one mark each")
        if len(self.times) and not (self.times[0] >= 0 and self.times[-1] <= self.length):
            raise ValueError("times must lie between 0 and the length")

    @classmethod
    def of(
        cls, times: npt.ArrayLike, marks: npt.ArrayLike, dimensions: int, length: float
    ) -> Points:
        """Points in any order."""
        when = np.asarray(times, dtype=float)
        order = np.argsort(when, kind="stable")
        return cls(when[order], np.asarray(marks, dtype=np.int64)[order], dimensions, length)

    def counts(self) -> Ints:
        """Events of each dimension."""
        return np.bincount(self.marks, minlength=self.dimensions).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """The parameters. `rates` are per day, `decay` per day, one for each answering dimension."""

    baseline: Baseline
    rates: Floats
    excitation: Floats
    decay: Floats

    @property
    def dimensions(self) -> int:
        """How many kinds of events there are."""
        return len(self.excitation)

    @property
    def radius(self) -> float:
        """The branching ratio: the spectral radius; from 1 on the process explodes."""
        return spectral_radius(self.excitation)

    @property
    def half_life(self) -> Floats:
        """Days after which half of the direct answers of each dimension have come."""
        return math.log(2) / self.decay

    def base(self, times: Floats) -> Floats:
        """The baseline of every dimension at `times`, ``[times, dimensions]``."""
        return self.baseline.values(times) @ self.rates.T


def spectral_radius(matrix: Floats) -> float:
    """The largest absolute eigenvalue."""
    return float(np.max(np.abs(np.linalg.eigvals(matrix)), initial=0.0))
