"""Intervals that keep their promise for quiet and for violent months apart.

Randahl, Williams and Hegre, Bin-conditional conformal prediction of fatalities from armed
conflict (2024): past misses are sorted by the size of what came, and each bin of sizes widens
the interval by its own quantile of misses, so that the coverage holds within each bin and not
only over the many quiet months. The miss is that of conformalised quantile regression (Romano,
Patterson and Candès, NeurIPS 2019), by how far what came lay outside the interval (negative
inside), taken of log(1 + count): a hundred more means little to a thousand and much to ten.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EDGES = (1.0, 10.0, 100.0, 1000.0)
"""Lower ends of the bins above the bin of none."""
FEWEST, MANY = 20, 200
"""A bin of fewer past months is read together with the one below it: the bin of any at all, and
those above. Months of large counts come from a few cells and hang together: so few of them as
would do if they were apart give widths that jump from one month to the next."""

Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Widening:
    """By how much, on the scale of log(1 + count), each bin widens an interval.

    `edges` are lower ends of the bins (the first is 0) and `counts` how many past months each
    was learned on.
    """

    edges: tuple[float, ...]
    by: tuple[float, ...]
    counts: tuple[int, ...]
    level: float

    def widen(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> Pair:
        """The smallest interval of whole counts that holds what every bin allows.

        A bin allows those of its counts that lie inside the interval widened by its quantile.
        The paper's sets may have gaps; what is given here is their hull, which covers more.
        """
        below, above = np.log1p(low), np.log1p(high)
        least = np.full(low.shape, np.inf)
        most = np.full(high.shape, -np.inf)
        tops = (*self.edges[1:], np.inf)
        for edge, top, by in zip(self.edges, tops, self.by, strict=True):
            first = np.maximum(edge, np.ceil(np.expm1(below - by) - 1e-9))
            last = np.minimum(top - 1, np.floor(np.expm1(above + by) + 1e-9))
            fits = first <= last
            least = np.where(fits, np.minimum(least, first), least)
            most = np.where(fits, np.maximum(most, last), most)
        empty = least > most
        return np.where(empty, low, least), np.where(empty, high, most)


def widening(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    came: NDArray[np.float64],
    level: float,
) -> Widening:
    """Learn it on past intervals and what came; arrays of one length, months that are over."""
    missed = np.maximum(np.log1p(low) - np.log1p(came), np.log1p(came) - np.log1p(high))
    edges = _bins(came)
    place = np.digitize(came, edges) - 1
    groups = [missed[place == n] for n in range(len(edges))]
    return Widening(
        edges=edges,
        by=tuple(_quantile(group, level) for group in groups),
        counts=tuple(len(group) for group in groups),
        level=level,
    )


def _bins(came: NDArray[np.float64]) -> tuple[float, ...]:
    """Edges such that every bin but that of none has enough months; rare ones join downwards."""
    edges = [0.0]
    for edge in EDGES:
        if (came >= edge).sum() >= (FEWEST if edge == EDGES[0] else MANY):
            edges.append(edge)
    return tuple(edges)


def _quantile(missed: NDArray[np.float64], level: float) -> float:
    """The quantile of misses with the correction for their finite number."""
    if not len(missed):
        return 0.0
    rank = int(np.ceil((len(missed) + 1) * level))
    return float(np.sort(missed)[min(rank, len(missed)) - 1])
