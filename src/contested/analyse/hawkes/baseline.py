"""What happens without any answer: a baseline in steps or smooth, from B-splines.

B-splines of degree 0 are steps, of degree 2 smooth curves; both are nonnegative and sum to one,
so nonnegative rates give a nonnegative baseline whose maximum the largest rate bounds.
Source: C. de Boor, "A Practical Guide to Splines" (1978).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEPS, SMOOTH = 0, 2


@dataclass(frozen=True, slots=True)
class Baseline:
    """`edges` ascend from 0 to the length of the observation, in days."""

    edges: tuple[float, ...]
    degree: int = STEPS

    @classmethod
    def equal(cls, length: float, pieces: int, degree: int = STEPS) -> Baseline:
        """Pieces of equal length."""
        return cls(tuple(np.linspace(0.0, length, pieces + 1).tolist()), degree)

    @property
    def size(self) -> int:
        """How many rates a dimension has."""
        return len(self.edges) - 1 + self.degree

    def values(self, times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The basis at `times`, ``[times, size]``; after the end it stays as at the end."""
        if self.degree == STEPS:
            out = np.zeros((len(times), self.size))
            out[np.arange(len(times)), self._piece(times)] = 1.0
            return out
        from scipy.interpolate import BSpline

        inside = np.clip(times, self.edges[0], np.nextafter(self.edges[-1], 0.0))
        made = BSpline.design_matrix(inside, self._knots(), self.degree)
        return np.asarray(made.toarray(), dtype=float)

    def integrals(self, times: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The integral of the basis from 0 to each of `times`, ``[times, size]``."""
        if self.degree == STEPS:
            edges = np.asarray(self.edges)
            return np.asarray(np.clip(times[:, None] - edges[:-1], 0.0, np.diff(edges)))
        from scipy.interpolate import BSpline

        whole = BSpline(self._knots(), np.eye(self.size), self.degree).antiderivative()
        return np.asarray(whole(np.clip(times, 0.0, self.edges[-1])), dtype=float)

    def whole(self) -> npt.NDArray[np.float64]:
        """The integral of the basis over the observation."""
        return self.integrals(np.array([self.edges[-1]])).ravel()

    def _piece(self, times: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        found = np.searchsorted(np.asarray(self.edges), times, side="right") - 1
        out: npt.NDArray[np.int64] = np.clip(found, 0, len(self.edges) - 2).astype(np.int64)
        return out

    def _knots(self) -> npt.NDArray[np.float64]:
        first, last = self.edges[0], self.edges[-1]
        return np.array([first] * self.degree + list(self.edges) + [last] * self.degree)
