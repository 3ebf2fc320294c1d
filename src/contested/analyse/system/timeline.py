"""The record as phases in time: which phase each dated happening and act is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.analyse.bodies import Bodies
from contested.analyse.draws import Draws
from contested.analyse.system.items import Context, day_of
from contested.analyse.voiced import REAL, Said, reading
from contested.model import AgreementClaim

Ints = NDArray[np.int64]
LULL = "lull"
APART = 3
"""Acts of one phase told of days no further apart than this are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """Which phase an event type or an act of an agreement is; `violent` are those of force,
    `known` all types of the codebook: one of another codebook, as in a data set, is an attack."""

    events: Mapping[str, str]
    known: frozenset[str]
    acts: Mapping[tuple[str, str], str]
    violent: frozenset[str]

    def of(self, type_: str | None) -> str | None:
        """The phase of an event of that type; None where it is of none."""
        return self.events.get(type_) if type_ in self.known else "attack"

    @property
    def names(self) -> tuple[str, ...]:
        """All phases: those of force first, attack at the head; the lull last."""
        known = {*self.events.values(), *self.acts.values()}
        order = sorted(known, key=lambda name: (name != "attack", name not in self.violent, name))
        return (*order, LULL)


@dataclass(frozen=True, slots=True)
class Act:
    """An act of an agreement as a dated phase: its day, its chance, the claims behind it."""

    phase: str
    day: int
    chance: float
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Phases in order of day, for the point: `ids` name the incident or claims of each place."""

    days: Ints
    labels: Ints
    ids: tuple[str, ...]


def acts(claims: Sequence[AgreementClaim], phases: Phases, context: Context) -> list[Act]:
    """Acts with a day of their own; what several reports tell of one act is one.

    An act without a date is left out: the day of the report is not the day of the act.
    """
    groups: list[Group] = []
    dated = [(day_of(claim.when), claim) for claim in claims if claim.status in REAL]
    for day, claim in sorted(
        ((day, claim) for day, claim in dated if day), key=lambda pair: (pair[0], pair[1].id)
    ):
        phase = phases.acts.get((claim.type, claim.act))
        if phase is None:
            continue
        parties = set(filter(Bodies.is_known, context.bodies.of_all(claim.parties)))
        told = (claim, context.told(claim, claim.when))
        same = next((g for g in groups if _same(g, phase, day, parties)), None)
        if same is None:
            groups.append((phase, day, parties, [told]))
        else:
            same[2].update(parties)
            same[3].append(told)
    return [
        Act(
            phase,
            day,
            reading([what for _, what in group], context.odds).chance,
            tuple(claim.id for claim, _ in group),
        )
        for phase, day, _, group in groups
    ]


Group = tuple[str, int, set[str], list[tuple[AgreementClaim, Said]]]


def _same(group: Group, phase: str, day: int, parties: set[str]) -> bool:
    """Whether an act is one that was told before: of unknown parties, it may be anybody's."""
    name, first, known, _ = group
    near = name == phase and day - first <= APART
    return near and (not parties or not known or bool(parties & known))


def point(draws: Draws | None, made: Sequence[Act], phases: Phases) -> Timeline:
    """The record as it stands, in phases."""
    names = phases.names
    found: list[tuple[int, int, str]] = []
    if draws is not None:
        now = draws.point()
        types = draws.events.types
        for row, day in zip(now.event, now.day, strict=True):
            phase = phases.of(types[row])
            if phase is not None and day > 0:
                found.append((int(day), names.index(phase), draws.events.ids[row]))
    found += [
        (act.day, names.index(act.phase), " ".join(act.claims)) for act in made if act.chance >= 0.5
    ]
    found.sort()
    return Timeline(
        np.array([one[0] for one in found], dtype=np.int64),
        np.array([one[1] for one in found], dtype=np.int64),
        tuple(one[2] for one in found),
    )


def drawn(
    draws: Draws | None, made: Sequence[Act], phases: Phases, count: int, seed: int
) -> list[tuple[Ints, Ints]]:
    """Days and labels of every draw, in order of day."""
    names = phases.names
    chance = np.random.default_rng([seed, 2])
    count = len(draws) if draws is not None else count
    there = chance.random((count, len(made))) < np.array([act.chance for act in made])
    days_of = np.array([act.day for act in made], dtype=np.int64)
    label_of = np.array([names.index(act.phase) for act in made], dtype=np.int64)
    code = np.array([], dtype=np.int64)
    if draws is not None:
        types = draws.events.types
        code = np.array([_code(phases.of(kind), names) for kind in types], dtype=np.int64)
    out: list[tuple[Ints, Ints]] = []
    for number in range(count):
        days, labels = days_of[there[number]], label_of[there[number]]
        if draws is not None:
            one = draws[number]
            mine = code[one.event]
            keep = (mine >= 0) & (one.day > 0)
            days = np.concatenate((days, one.day[keep].astype(np.int64)))
            labels = np.concatenate((labels, mine[keep]))
        order = np.lexsort((labels, days))
        out.append((days[order], labels[order]))
    return out


def _code(phase: str | None, names: Sequence[str]) -> int:
    return -1 if phase is None else names.index(phase)
