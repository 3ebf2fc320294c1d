"""A member that simulates: who answers whom, run forward from the last day of the history.

A multivariate Hawkes process with exponential kernels (Hawkes, Biometrika 1971), fitted to the
days of all incidents of the record as it stands. Deaths are those of past incidents of the same
cell, one drawn for every incident that is simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contested.analyse.draws import Draws
from contested.analyse.forecast.members import MIDDLES, POINTS, Values
from contested.analyse.forecast.panel import EPOCH, MEASURES, Measure, Panel
from contested.analyse.hawkes import FitOptions, Points, TooMany, fit, forward
from contested.analyse.hawkes.memory import left

RUNS = 2 * POINTS
MOST = 1_000_000
EVENTS = 100
"""Fewer incidents tell nothing of who answers whom."""
NEAR_EXPLOSION = 0.98
RECENT, PIECE = 36, 6
"""It is fitted to so many months at most, its baseline steps every so many."""


@dataclass(frozen=True, slots=True)
class Excited:
    """The days of incidents with their cells, and the killed of each (0 where nobody says)."""

    days: NDArray[np.float64]
    cells: NDArray[np.int64]
    killed: NDArray[np.int64]
    number: int
    first: int
    seed: int
    told: dict[tuple[int, int], dict[Measure, Values] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, draws: Draws, panel: Panel) -> Excited:
        """The record as it stands, jittered within the day: no order within it is known."""
        point = draws.point()
        random = np.random.default_rng(draws.options.seed)
        keep = point.day > 0
        days = point.day[keep] + random.random(int(keep.sum()))
        cells, killed = panel.cells_of(point)[keep], np.maximum(point.deaths()[keep], 0)
        order = np.argsort(days)
        return cls(
            days[order],
            cells[order],
            killed[order].astype(np.int64),
            len(panel.names),
            panel.first,
            draws.options.seed,
        )

    def values(self, known: int, leads: Sequence[int], measure: Measure) -> Values | None:
        """Simulated months after the first `known`; None where too few happened or the process
        would explode. It is simulated once for both measures.
        """
        asked = known, max(leads)
        if asked not in self.told:
            self.told[asked] = self._simulated(*asked)
        found = self.told[asked]
        return None if found is None else found[measure][:, [lead - 1 for lead in leads]]

    def _simulated(self, known: int, ahead: int) -> dict[Measure, Values] | None:
        start = _begins(self.first + max(0, known - RECENT))
        end = _begins(self.first + known)
        past = (self.days >= start) & (self.days < end)
        if past.sum() < EVENTS:
            return None
        length = float(end - start)
        points = Points.of(self.days[past] - start, self.cells[past], self.number, length)
        options = FitOptions(pieces=max(1, min(known, RECENT) // PIECE), precision=1e-2)
        process = fit(points, options).process
        if process.radius > NEAR_EXPLOSION:
            return None
        weighs = np.array([left(points, float(decay)) for decay in process.decay])
        rates = process.base(np.array([points.length]))[0]
        ends = np.array([_begins(self.first + known + lead) - end for lead in range(1, ahead + 1)])
        random = np.random.default_rng(self.seed)
        try:
            tree = forward(process, weighs, rates, float(ends[-1]), RUNS, random, MOST)
        except TooMany:
            return None
        cell = tree.marks, np.digitize(tree.times, ends[:-1]), tree.runs
        out: dict[Measure, Values] = {}
        for measure in MEASURES:
            deaths = measure == "deaths"
            amount = self._tolls(tree.marks, past, random) if deaths else np.ones(len(tree.times))
            counts = np.zeros((self.number, ahead, RUNS))
            np.add.at(counts, cell, amount)
            out[measure] = np.sort(counts, axis=-1)[..., (MIDDLES * RUNS).astype(np.int64)]
        return out

    def _tolls(
        self, marks: NDArray[np.int64], past: NDArray[np.bool_], random: np.random.Generator
    ) -> NDArray[np.float64]:
        """The killed of every simulated incident: those of a past one of the same cell."""
        out = np.zeros(len(marks))
        for cell in np.unique(marks):
            mine = marks == cell
            known = self.killed[past & (self.cells == cell)]
            if len(known):
                out[mine] = random.choice(known, int(mine.sum()))
        return out


def _begins(month: int) -> int:
    """The ordinal of a month's first day."""
    day = np.datetime64(month, "M").astype("datetime64[D]").astype(np.int64)
    return int(day) + EPOCH
