"""A small model of party bias: what a toll most likely was, once each voice's slant is taken out.

For figure j of toll i, on the log scale::

    y_ij = theta_i + b_r(j) + e_ij,   e_ij ~ N(0, sigma_ij²),   b_r ~ N(m_r, s_r²)

`theta` is the log of the true number, with a flat prior; `r` says how the speaker stands to the
victims (its own people, its enemy's, civilians it is said to have harmed, …); m and s come from
the table ``party_bias.csv``. All is Gaussian, so that the posterior is exact: the tolls on which
several voices speak move the biases away from the table as far as their number allows (partial
pooling), and each toll is then estimated with biases learnt from all tolls but itself.

The design is that of Radford et al., Estimating conflict losses and reporting biases, PNAS 120
(34), 2023, cut down to what a handful of figures can bear.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
import numpy.typing as npt

from contested.model.terms import Relation
from contested.model.values import MOST
from contested.reconcile.figures import Given
from contested.world import World

SIGMA = 0.2
"""Spread of honest counts of one happening, on the log scale: about a fifth."""
OPEN = 0.5
"""The spread of a figure that is only a bound ("at least 10", "dozens")."""
Z90 = 1.6448536269514722
"""90 % of a normal distribution lie within so many standard deviations."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)
WORDS = {
    "own": "counting its own losses",
    "enemy": "counting its enemy’s losses",
    "perpetrator": "on civilians it is said to have harmed",
    "opponent": "on civilians its enemy is said to have harmed",
    "neutral": "without a side",
}
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The number, the ends of a 90 % interval, and how it came about in words."""

    best: int
    low: int
    high: int
    because: str


@dataclass(frozen=True)
class Biases:
    """What is believed of each relation: a normal distribution over all of them.

    `precision` and `shift` (precision times mean) add up over tolls, so that one toll can be
    taken out again. `pairs` counts, for each relation, the tolls that set it against another.
    """

    precision: Array
    shift: Array
    pairs: Counter[str]

    @cached_property
    def covariance(self) -> Array:
        """Of the biases."""
        return np.asarray(np.linalg.inv(self.precision), dtype=np.float64)

    @cached_property
    def mean(self) -> Array:
        """Of the biases: ln(said / true) for each relation."""
        return np.asarray(self.covariance @ self.shift, dtype=np.float64)

    def of(self, relation: Relation) -> tuple[float, float]:
        """Mean and standard deviation of ln(said / true) for voices in that relation."""
        at = RELATIONS.index(relation)
        return float(self.mean[at]), math.sqrt(float(self.covariance[at, at]))


def prior(world: World) -> Biases:
    """What the table says before any figure is seen."""
    rows = [world.party_bias[r] for r in RELATIONS]
    precision = np.diag([1 / row.sd**2 for row in rows])
    means = np.array([row.log_bias for row in rows])
    return Biases(precision, np.asarray(precision @ means), Counter())


def learn(tolls: Sequence[Sequence[Given]], world: World) -> Biases:
    """The biases after all `tolls`; those with one voice, or one relation only, tell nothing."""
    found = prior(world)
    precision, shift, pairs = found.precision.copy(), found.shift.copy(), Counter(found.pairs)
    for figures in tolls:
        if not _tells(figures):
            continue
        more, moved = _evidence(figures)
        precision += more
        shift += moved
        pairs.update({g.figure.relation for g in figures})
    return Biases(precision, shift, pairs)


def estimate(figures: Sequence[Given], world: World, biases: Biases | None) -> Estimate | None:
    """What the number most likely was; None without figures.

    `biases` are those learnt from the record, this toll included: it is taken out of them.
    """
    if not figures:
        return None
    if all(g.low == 0 and (g.figure.count.high or 0) == 0 for g in figures):
        return Estimate(0, 0, 0, "every voice says none")
    known = biases or prior(world)
    if biases is not None and _tells(figures):
        more, moved = _evidence(figures)
        pairs = known.pairs - Counter({g.figure.relation for g in figures})
        known = Biases(known.precision - more, known.shift - moved, pairs)
    design, values, spread = _observed(figures)
    total = np.diag(spread**2) + design @ known.covariance @ design.T
    weight = np.linalg.solve(total, np.ones(len(figures)))
    precision = float(weight.sum())
    theta = float(weight @ (values - design @ known.mean)) / precision
    wide = Z90 / math.sqrt(precision)
    return Estimate(
        best=round(math.exp(theta)),
        low=math.floor(math.exp(theta - wide)),
        high=math.ceil(math.exp(theta + wide)),
        because=_because(figures, known),
    )


def _because(figures: Sequence[Given], known: Biases) -> str:
    parts = []
    for one in figures:
        mean, _ = known.of(one.figure.relation)
        seen = known.pairs[one.figure.relation]
        basis = f"learnt from {seen} other tolls" if seen else "prior"
        parts.append(
            f"{one.voice} {one.low}, {WORDS[one.figure.relation]} "
            f"(× {math.exp(-mean):.2f}, {basis})"
        )
    return "estimated from " + "; ".join(parts)


def _tells(figures: Sequence[Given]) -> bool:
    return len({g.figure.relation for g in figures}) > 1


def _observed(figures: Sequence[Given]) -> tuple[Array, Array, Array]:
    """Which relation each figure has, its log, and its spread."""
    design = np.zeros((len(figures), len(RELATIONS)))
    values, spread = np.zeros(len(figures)), np.zeros(len(figures))
    for n, one in enumerate(figures):
        low, high = min(one.low, MOST), one.figure.count.high
        high = None if high is None else min(high, MOST)
        design[n, RELATIONS.index(one.figure.relation)] = 1.0
        middle = math.sqrt(max(low, 0.5) * max(high, 0.5)) if high is not None else max(low, 0.5)
        values[n] = math.log(middle)
        spread[n] = SIGMA if high == low else OPEN
    return design, values, spread


def _evidence(figures: Sequence[Given]) -> tuple[Array, Array]:
    """What a toll tells of the biases once its true number is integrated out."""
    design, values, spread = _observed(figures)
    inverse = np.diag(1 / spread**2)
    ones = np.ones((len(figures), 1))
    centred = inverse - inverse @ ones @ ones.T @ inverse / float((ones.T @ inverse @ ones)[0, 0])
    return np.asarray(design.T @ centred @ design), np.asarray(design.T @ centred @ values)
