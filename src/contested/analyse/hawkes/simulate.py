"""Draw from the process by its clusters: immigrants, and who triggers whom.

Generation by generation over all runs at once (Hawkes and Oakes 1974; the simulation: Møller and
Rasmussen, "Perfect simulation of Hawkes processes", Adv. Appl. Prob. 37 (2005)). A process that
was watched up to now goes on from there: by the exponential kernel's lack of memory, what a past
event has yet to trigger is Poisson with what it still weighs. Parents are kept, so that a
scenario can take an event out with everything that it triggered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contested.analyse.hawkes.process import Floats, Ints, Points, Process

GENERATIONS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Simulated events of many runs; `parent` is the index of the trigger, -1 for none.

    A parent stands before its children. Events that something before the start triggered have no
    parent here either.
    """

    times: Floats
    marks: Ints
    runs: Ints
    parent: Ints

    def points(self, dimensions: int, length: float) -> Points:
        """All events as points, for a tree of one run."""
        return Points.of(self.times, self.marks, dimensions, length)


class TooMany(ArithmeticError):
    """More events than allowed: the process (nearly) explodes."""


def simulate(
    process: Process, length: float, random: np.random.Generator, most: int = 5_000_000
) -> Points:
    """One observation of `length` days from an empty start. Raises TooMany."""
    rates = process.rates.max(axis=1)
    counts = random.poisson(rates * length)
    marks = np.repeat(np.arange(process.dimensions), counts)
    times = random.random(len(marks)) * length
    kept = random.random(len(marks)) * rates[marks] < _own(process.base(times), marks)
    first = Tree(times[kept], marks[kept], np.zeros(kept.sum(), np.int64), _orphans(kept.sum()))
    return grown(process, first, length, random, most).points(process.dimensions, length)


def forward(
    process: Process,
    weighs: Floats,
    rates: Floats,
    days: float,
    runs: int,
    random: np.random.Generator,
    most: int = 5_000_000,
) -> Tree:
    """The next `days`, `runs` times. Raises TooMany.

    `weighs[a, m]` is what past events of ``m`` still weigh with the decay of ``a``, `rates` the
    baseline a day of each dimension, held as it is.
    """
    fresh = random.poisson(rates * days, size=(runs, process.dimensions))
    marks, which = _laid_out(fresh)
    times = random.random(len(marks)) * days
    due = (process.excitation * weighs).sum(axis=1)
    late = random.poisson(due, size=(runs, process.dimensions))
    late_marks, late_runs = _laid_out(late)
    late_times = random.exponential(1.0 / process.decay[late_marks])
    inside = late_times < days
    first = Tree(
        np.concatenate([times, late_times[inside]]),
        np.concatenate([marks, late_marks[inside]]),
        np.concatenate([which, late_runs[inside]]),
        _orphans(len(times) + int(inside.sum())),
    )
    return grown(process, first, days, random, most)


def grown(
    process: Process, first: Tree, length: float, random: np.random.Generator, most: int
) -> Tree:
    """The first events with all that they trigger up to `length`. Raises TooMany."""
    layers, layer, offset = [first], first, 0
    for _ in range(GENERATIONS):
        if not len(layer.times):
            break
        if offset + len(layer.times) > most:
            raise TooMany(f"more than {most:,} events")
        layer, offset = _children(process, layer, offset, length, random), offset + len(layer.times)
        layers.append(layer)
    return Tree(
        np.concatenate([one.times for one in layers]),
        np.concatenate([one.marks for one in layers]),
        np.concatenate([one.runs for one in layers]),
        np.concatenate([one.parent for one in layers]),
    )


def _children(
    process: Process, layer: Tree, offset: int, length: float, random: np.random.Generator
) -> Tree:
    counts = random.poisson(process.excitation.T[layer.marks])
    marks, index = _laid_out(counts)
    times = layer.times[index] + random.exponential(1.0 / process.decay[marks])
    inside = times < length
    index = index[inside]
    return Tree(times[inside], marks[inside], layer.runs[index], index + offset)


def _laid_out(counts: Ints) -> tuple[Ints, Ints]:
    """Column and row of each of `counts[row, column]` things."""
    rows, columns = counts.shape
    flat = np.repeat(np.arange(rows * columns), counts.ravel())
    return flat % columns, flat // columns


def _own(base: Floats, marks: Ints) -> Floats:
    return np.asarray(base[np.arange(len(marks)), marks])


def _orphans(number: int) -> Ints:
    return np.full(number, -1, dtype=np.int64)
