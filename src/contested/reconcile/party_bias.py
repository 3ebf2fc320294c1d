"""A small model of party bias: what a toll most likely was, once each voice's slant is taken out.

For figure j of toll i, on the log scale::

    y_ij = theta_i + b_v(j) + e_ij,   e_ij ~ N(0, sigma_ij²)
    b_v = mu_r + d_v,   mu_r ~ N(m_r, s_r²),   d_v ~ N(0, tau²)

`theta` is the log of the true number, with a flat prior; `r` says how the speaker stands to the
victims (its own people, its enemy's, civilians it is said to have harmed, …); m and s come from
the table ``party_bias.csv``; v is the voice. The pooling is that of `contested.numerics.pooling`,
which `contested analyse bias` uses as well. Given tau all is Gaussian, so that the posterior is
exact: the tolls on which several voices speak move the biases away from the table as far as their
number allows (partial pooling), and each toll is then estimated with biases learnt from all tolls
but itself. Voices of one relation are told apart once at least two of them speak on `OFTEN` tolls;
before that tau is zero and each relation has one bias.

The design is that of Radford et al., Estimating conflict losses and reporting biases, PNAS 120
(34), 2023, cut down to what a handful of figures can bear.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

import numpy as np
import numpy.typing as npt

from contested.model.terms import Relation
from contested.model.values import MOST
from contested.numerics.pooling import Kinds, Sums, centred, of_level, pooled
from contested.numerics.pooling import prior as before
from contested.reconcile.figures import Given
from contested.world import World

OFTEN = 3
"""Tolls that set a voice against another relation before it has a bias of its own."""
MOST_VOICES = 60
"""So many voices, the most frequent, have biases of their own."""
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


Key = tuple[str, str]
"""A relation and the actor that speaks in it."""


@dataclass(frozen=True)
class Biases:
    """What is believed of each relation, and of voices that speak often: a normal distribution.

    `precision` and `shift` (precision times mean) add up over tolls, so that one toll can be
    taken out again. `voices` come behind the relations, `tau` is how far voices of one relation
    lie apart. `pairs` counts, for each relation and voice, the tolls that set it against another
    relation.
    """

    precision: Array
    shift: Array
    pairs: Counter[str | Key]
    voices: tuple[Key, ...] = ()
    tau: float = 0.0
    places: dict[Key, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {key: len(RELATIONS) + n for n, key in enumerate(self.voices)}
        object.__setattr__(self, "places", places)

    @cached_property
    def covariance(self) -> Array:
        """Of the biases."""
        return np.asarray(np.linalg.inv(self.precision), dtype=np.float64)

    @cached_property
    def mean(self) -> Array:
        """Of the biases: ln(said / true) for each relation, then for each voice."""
        return np.asarray(self.covariance @ self.shift, dtype=np.float64)

    def of(self, relation: Relation) -> tuple[float, float]:
        """Mean and standard deviation of ln(said / true) for voices in that relation."""
        at = RELATIONS.index(relation)
        return float(self.mean[at]), math.sqrt(float(self.covariance[at, at]))

    def place(self, one: Given) -> int:
        """Which bias a figure has: its voice's own, else its relation's."""
        return self.places.get(_key(one), RELATIONS.index(one.figure.relation))


def prior(world: World) -> Biases:
    """What the table says before any figure is seen."""
    kinds = _kinds(world)
    precision = np.diag(1 / kinds.sd**2)
    return Biases(precision, np.asarray(precision @ kinds.mean), Counter())


def _kinds(world: World) -> Kinds:
    rows = [world.party_bias[r] for r in RELATIONS]
    return Kinds(np.array([row.log_bias for row in rows]), np.array([row.sd for row in rows]))


def learn(tolls: Sequence[Sequence[Given]], world: World) -> Biases:
    """The biases after all `tolls`; those with one voice, or one relation only, tell nothing."""
    telling = [figures for figures in tolls if _tells(figures)]
    pairs: Counter[str | Key] = Counter()
    for figures in telling:
        pairs.update(_counted(figures))
    voices = _own_bias(pairs)
    kinds, member = _kinds(world), [RELATIONS.index(r) for r, _ in voices]
    empty = Biases(np.eye(1), np.zeros(1), pairs, voices)
    tau = 0.0
    if voices:
        tau = pooled(lambda _: _told(telling, empty), kinds, member, omegas=(0.0,)).tau
    empty = Biases(np.eye(1), np.zeros(1), pairs, voices, tau)
    told = _told(telling, empty)
    mean, covariance = before(kinds, member, tau)
    known = np.linalg.inv(covariance)
    return Biases(
        np.asarray(known + told.precision),
        np.asarray(known @ mean + told.shift),
        pairs,
        voices,
        tau,
    )


def _counted(figures: Sequence[Given]) -> set[str | Key]:
    of: set[str | Key] = {g.figure.relation for g in figures}
    return of | {_key(g) for g in figures if _key(g)[1]}


def _key(one: Given) -> Key:
    speakers = one.figure.speakers
    return one.figure.relation, (speakers[-1].actor or "") if speakers else ""


def _own_bias(pairs: Counter[str | Key]) -> tuple[Key, ...]:
    """Voices that speak often, of relations with at least two of them; the most frequent."""
    often = [
        (number, key) for key, number in pairs.items() if isinstance(key, tuple) and number >= OFTEN
    ]
    several = Counter(relation for _, (relation, _) in often)
    kept = sorted((-number, key) for number, key in often if several[key[0]] > 1)
    return tuple(sorted(key for _, key in kept[:MOST_VOICES]))


def _told(telling: Sequence[Sequence[Given]], known: Biases) -> Sums:
    told = Sums.none(len(RELATIONS) + len(known.voices))
    for figures in telling:
        told = told + of_level(*_observed(figures, known))
    return told


def estimate(figures: Sequence[Given], world: World, biases: Biases | None) -> Estimate | None:
    """What the number most likely was; None without figures.

    `biases` are those learnt from the record, this toll included: it is taken out of them.
    """
    if not figures:
        return None
    if all(g.low == 0 and (g.figure.count.high or 0) == 0 for g in figures):
        return Estimate(0, 0, 0, "every voice says none")
    known = biases or prior(world)
    design, values, variance = _observed(figures, known)
    out = biases is not None and _tells(figures)
    slant, covariance = _without(known, design, values, variance if out else None)
    weight = np.linalg.solve(np.diag(variance) + covariance, np.ones(len(figures)))
    precision = float(weight.sum())
    theta = float(weight @ (values - slant)) / precision
    wide = Z90 / math.sqrt(precision)
    return Estimate(
        best=round(math.exp(theta)),
        low=math.floor(math.exp(theta - wide)),
        high=math.ceil(math.exp(theta + wide)),
        because=_because(figures, known, slant, _counted(figures) if out else set()),
    )


def _without(
    known: Biases, design: Array, values: Array, variance: Array | None
) -> tuple[Array, Array]:
    """Mean and covariance of the biases of these figures, what they tell themselves taken out.

    A downdate of the size of the toll (Woodbury), since a record has many tolls. `variance` is
    None where they told nothing.
    """
    mean = design @ known.mean
    covariance = design @ known.covariance @ design.T
    if variance is None:
        return np.asarray(mean), np.asarray(covariance)
    weight = centred(variance)
    step = np.eye(len(values)) - covariance @ weight
    return (
        np.asarray(np.linalg.solve(step, mean - covariance @ weight @ values)),
        np.asarray(np.linalg.solve(step, covariance)),
    )


def _because(figures: Sequence[Given], known: Biases, slant: Array, out: set[str | Key]) -> str:
    parts = []
    for one, mean in zip(figures, slant, strict=True):
        key, relation = _key(one), one.figure.relation
        seen = known.pairs[relation] - (relation in out)
        basis = f"learnt from {seen} other tolls" if seen else "prior"
        if key in known.places:
            own = known.pairs[key] - (key in out)
            basis = f"learnt from {own} other tolls of this voice, {seen} of the kind"
        parts.append(
            f"{one.voice} {one.low}, {WORDS[relation]} (× {math.exp(-float(mean)):.2f}, {basis})"
        )
    return "estimated from " + "; ".join(parts)


def _tells(figures: Sequence[Given]) -> bool:
    return len({g.figure.relation for g in figures}) > 1


def _observed(figures: Sequence[Given], known: Biases) -> tuple[Array, Array, Array]:
    """Which bias each figure has, its log, and its variance.

    A voice without a bias of its own lies anywhere among those of its relation.
    """
    design = np.zeros((len(figures), len(RELATIONS) + len(known.voices)))
    values, variance = np.zeros(len(figures)), np.zeros(len(figures))
    for n, one in enumerate(figures):
        low, high = min(one.low, MOST), one.figure.count.high
        high = None if high is None else min(high, MOST)
        at = known.place(one)
        design[n, at] = 1.0
        middle = math.sqrt(max(low, 0.5) * max(high, 0.5)) if high is not None else max(low, 0.5)
        values[n] = math.log(middle)
        variance[n] = SIGMA**2 if high == low else OPEN**2
        if at < len(RELATIONS):
            variance[n] += known.tau**2
    return design, values, variance
