"""Which of the accounts at hand may be compared with new ones, told by a few numbers of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.reconcile.blocking import (
    COUNTRY,
    DEGREE_KM,
    LEVEL_KM,
    MIDDLE,
    SHIFT_DAYS,
    VAGUE_DAYS,
    is_vague,
    level,
)
from contested.reconcile.comparisons import NEAR_KM
from contested.reconcile.features import Row

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Accounts as columns: days as ordinals, degrees, km; NaN where unknown."""

    number: NDArray[np.int64]
    first: Floats
    last: Floats
    lat: Floats
    lon: Floats
    radius: Floats

    @classmethod
    def of(cls, table: Floats) -> Columns:
        """Of rows of number, run, first, last, lat, lon, radius."""
        return cls(table[:, 0].astype(np.int64), *(table[:, at] for at in range(2, 7)))

    def at(self, positions: NDArray[np.int64]) -> Columns:
        """The accounts at these positions."""
        columns = (self.number, self.first, self.last, self.lat, self.lon, self.radius)
        return Columns(*(column[positions] for column in columns))  # type: ignore[arg-type]


def near(new: Sequence[Row], known: Columns) -> NDArray[np.int64]:
    """Numbers of the known accounts that blocking may bring together with one of `new`.

    Wider than the grid: whatever the grid pairs is among them, and it decides in the end.
    """
    at = np.flatnonzero(_in_reach(new, known))
    some = known.at(at)
    met = np.zeros(len(at), dtype=np.bool_)
    for row in new:
        met |= _timely(row, some) & _close(row, some)
    found = np.zeros(len(known.number), dtype=np.bool_)
    found[at[met]] = True
    if any(is_vague(row) or level(row) >= COUNTRY for row in new):
        found |= _loose(known)
    return known.number[found]


def _in_reach(new: Sequence[Row], known: Columns) -> NDArray[np.bool_]:
    """Accounts near the time of any of `new`: one look at all of them instead of many."""
    days = [(row.first, row.last) for row in new]
    firsts = [first for first, last in days if first is not None and last is not None]
    lasts = [last for first, last in days if first is not None and last is not None]
    if not days or len(firsts) < len(days):
        return np.ones(len(known.number), dtype=np.bool_)
    gap = np.maximum(min(firsts) - known.last, known.first - max(lasts))
    near_in_time: NDArray[np.bool_] = np.isnan(gap) | (gap <= SHIFT_DAYS)
    return near_in_time


def _loose(known: Columns) -> NDArray[np.bool_]:
    """Accounts without a time or place to tell them by: an equal passage joins such pairs."""
    length = known.last - known.first
    wide = np.isnan(known.radius) | (known.radius > LEVEL_KM[MIDDLE])
    found: NDArray[np.bool_] = np.isnan(length) | (length >= VAGUE_DAYS) | wide
    return found


def _timely(row: Row, known: Columns) -> NDArray[np.bool_]:
    if row.first is None or row.last is None:
        return np.ones(len(known.number), dtype=np.bool_)
    gap = np.maximum(row.first - known.last, known.first - row.last)
    return np.isnan(gap) | (gap <= SHIFT_DAYS)


def _close(row: Row, known: Columns) -> NDArray[np.bool_]:
    if row.lat is None or row.lon is None or row.radius is None:
        return np.ones(len(known.number), dtype=np.bool_)
    reach = known.radius + row.radius + NEAR_KM + 1
    north = np.abs(known.lat - row.lat) * DEGREE_KM
    east = np.abs(known.lon - row.lon) * DEGREE_KM * np.cos(np.radians(abs(row.lat) + 2))
    found: NDArray[np.bool_] = np.isnan(reach) | ((north <= reach) & (east <= reach))
    return found
