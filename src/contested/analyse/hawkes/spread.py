"""How sure the parameters are: observed information, parametric and block bootstrap.

Observed information: the inverse of the negative Hessian at the maximum, for parameters that lie
inside their bounds; one at zero has no standard error (its distribution is half a point mass:
Self and Liang, JASA 82 (1987)), and a bootstrap interval instead. Parametric bootstrap: B. Efron,
"Bootstrap methods", Ann. Stat. 7 (1979). Blocks: H. R. Künsch, Ann. Stat. 17 (1989), each drawn
from the same piece of the baseline, so that its level stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from contested.analyse.hawkes import memory
from contested.analyse.hawkes.fit import FitOptions, fit_with
from contested.analyse.hawkes.likelihood import gradient, intensities
from contested.analyse.hawkes.process import Floats, Ints, Points, Process
from contested.analyse.hawkes.simulate import TooMany, simulate

Kind = Literal["parametric", "block"]
FREE = 1e-6
STEP = 1e-4
QUICK = 0.02
EXPLODED = 4
"""A bootstrap copy with so many times the events that were seen is thrown away and told."""


@dataclass(frozen=True, slots=True, eq=False)
class StandardErrors:
    """In the shape of the parameters; nan for one at its bound, and for all where the Hessian
    is not that of a maximum."""

    rates: Floats
    excitation: Floats
    decay: Floats


def standard_errors(process: Process, points: Points) -> StandardErrors:
    """Asymptotic standard errors from the observed information."""
    information, shared = _information(process, points)
    flat = np.concatenate([np.hstack([process.rates, process.excitation]).ravel(), np.ones(shared)])
    free = flat > FREE
    out = np.full(len(flat), np.nan)
    try:
        inverse = np.linalg.inv(information[np.ix_(free, free)])
    except np.linalg.LinAlgError:
        inverse = np.full((free.sum(), free.sum()), np.nan)
    with np.errstate(invalid="ignore"):
        out[free] = np.sqrt(np.diag(inverse))
    table = out[: len(flat) - shared].reshape(process.dimensions, -1)
    size = process.baseline.size
    decay = np.broadcast_to(out[len(flat) - shared :], process.dimensions).copy()
    return StandardErrors(table[:, :size], table[:, size:], decay)


def _information(process: Process, points: Points) -> tuple[Floats, int]:
    """The negative Hessian: blocks of each dimension, bordered by the decays."""
    shared = len(np.unique(process.decay))
    width = process.baseline.size + process.dimensions
    inner = width * process.dimensions
    out = np.zeros((inner + shared, inner + shared))
    base = process.baseline.values(points.times)
    rate = intensities(process, points)
    for a in range(process.dimensions):
        rows = np.flatnonzero(points.marks == a)
        weighs = memory.memory(points, float(process.decay[a]))[rows]
        features = np.hstack([base[rows], process.decay[a] * weighs]) / rate[rows, None]
        part = slice(a * width, (a + 1) * width)
        out[part, part] = features.T @ features
    for n in range(shared):
        column = inner + n
        mine = np.arange(process.dimensions) if shared == 1 else np.array([n])
        edge, corner = _border(process, points, mine)
        out[:inner, column] = out[column, :inner] = edge
        out[column, column] = corner
    return out, shared


def _border(process: Process, points: Points, mine: Ints) -> tuple[Floats, float]:
    """Minus the derivative of the gradient by a decay, by central differences."""
    step = STEP * float(process.decay[mine[0]])
    ends = []
    for sign in (1, -1):
        decay = process.decay.copy()
        decay[mine] += sign * step
        found = gradient(replace(process, decay=decay), points)
        flat = np.hstack([found.rates, found.excitation]).ravel()
        ends.append((flat, float(found.decay[mine].sum())))
    (up, up_corner), (down, down_corner) = ends
    return -(up - down) / (2 * step), -(up_corner - down_corner) / (2 * step)


def bootstrap(
    process: Process,
    points: Points,
    copies: int,
    seed: int,
    kind: Kind = "parametric",
    options: FitOptions | None = None,
) -> Iterator[Process]:
    """Fits to copies of the observation; of copies that explode there is none."""
    for random in np.random.default_rng(seed).spawn(copies):
        copied = copy_of(process, points, random, kind)
        if copied is not None:
            yield refit(process, copied, options)


def copy_of(
    process: Process, points: Points, random: np.random.Generator, kind: Kind = "parametric"
) -> Points | None:
    """One bootstrap copy of the observation; None where it explodes."""
    if kind == "block":
        return _blocks(process, points, random)
    try:
        most = EXPLODED * len(points.times) + 1000
        return simulate(process, points.length, random, most)
    except TooMany:
        return None


def refit(process: Process, points: Points, options: FitOptions | None = None) -> Process:
    """A fit with the same baseline pieces, searched near the known decay."""
    asked = options or FitOptions()
    near = float(np.exp(np.mean(np.log(process.half_life))))
    quick = replace(asked, near=near, precision=max(asked.precision, QUICK))
    return fit_with(points, process.baseline, quick).process


def _blocks(process: Process, points: Points, random: np.random.Generator) -> Points:
    edges = np.asarray(process.baseline.edges)
    days = max(10 * float(process.half_life.max()), points.length / 50)
    times, marks = [], []
    for start, end in pairwise(edges):
        number = max(1, math.floor((end - start) / days))
        long = (end - start) / number
        for n, origin in enumerate(start + random.random(number) * (end - start - long)):
            low, high = np.searchsorted(points.times, (origin, origin + long))
            times.append(points.times[low:high] - origin + start + n * long)
            marks.append(points.marks[low:high])
    return Points.of(
        np.clip(np.concatenate(times), 0.0, points.length),
        np.concatenate(marks),
        points.dimensions,
        points.length,
    )
