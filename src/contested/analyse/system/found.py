"""Loops of a timeline: those that a table names, and those that the record shows by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from contested.analyse.system.chance import Null, Tested, against_chance
from contested.analyse.system.changes import holm, whole
from contested.analyse.system.loops import (
    Ints,
    Pattern,
    counts,
    cycles,
    sequences,
    turns,
    with_lulls,
)
from contested.analyse.system.timeline import LULL, Phases, Timeline

LEAST = 8
"""Fewer dated happenings and acts than this hold no loop that could be told from chance."""
TWICE = 2
LONGEST = 4
SHOWN = 12
WORK = 600_000
"""At most so many places of shuffled sequences; of longer records fewer shuffles are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a turn: the phase, the day, and the incident or claims that are it."""

    phase: str
    day: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Once round a loop: from its first step to the step that comes back to it."""

    start: str
    end: str
    days: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A sequence of phases that comes back to its first.

    `times` are turns in the record as it stands, `low` to `high` the 90% interval over draws,
    `expected` the mean of shuffles. `median_days`, `shortest` and `longest` tell how long a turn
    takes; null without one. `p` is the chance that shuffled phases give as many; `p_corrected`
    the same among all loops that were looked at. `named` is its name in the table of loops, null
    for one found in the record.
    """

    named: str | None
    steps: tuple[str, ...]
    times: int
    low: float
    high: float
    expected: float
    median_days: float | None
    shortest: int | None
    longest: int | None
    p: float
    p_corrected: float
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Loops:
    """What was found, how many patterns were looked at, and why none where there is none."""

    rows: tuple[Loop, ...] = ()
    looked_at: int = 0
    shuffles: int = 0
    places: int = 0
    reason: str = ""


def loops(
    line: Timeline,
    over: Sequence[tuple[Ints, Ints]],
    phases: Phases,
    named: Mapping[str, tuple[str, ...]],
    null: Null,
) -> Loops:
    """Turns of loops in the point and over draws, held against shuffled times."""
    names = phases.names
    lull = names.index(LULL)
    violent = np.array([name in phases.violent for name in names])
    met = sorted({int(label) for label in line.labels})
    if len(line.days) < LEAST or len(met) < TWICE:
        return Loops(
            places=len(line.days),
            reason=f"{len(line.days)} dated happenings and acts, phases: {len(met)}. A loop needs "
            f"{LEAST} of them and {TWICE} phases: add reports, or widen the filters.",
        )
    often = [n for n in met if (line.labels == n).sum() >= TWICE]
    known = {
        name: tuple(names.index(step) for step in steps)
        for name, steps in named.items()
        if all(step in names for step in steps)
    }
    mined = [p for p in cycles((*often, lull), LONGEST) if p not in known.values()]
    patterns = [*known.values(), *mined]
    shuffles = min(null.shuffles, max(99, WORK // len(line.days)))
    found = against_chance(line.days, line.labels, patterns, violent, lull, _with(null, shuffles))
    stated = holm([float(p) for p in found.p[: len(known)]])
    corrected = np.concatenate((stated, found.adjusted[len(known) :]))
    chosen = _chosen(found, corrected, len(known))
    filled = sequences([with_lulls(d, one, violent, null.lull, lull) for d, one in over])
    drawn = counts(filled, [patterns[n] for n in chosen], null.gap)
    labels = dict(enumerate(known))
    rows = tuple(
        _loop(labels.get(n), patterns[n], found, corrected, n, drawn[:, at], line, phases, null)
        for at, n in enumerate(chosen)
    )
    return Loops(rows, len(patterns), shuffles, len(line.days))


def _with(null: Null, shuffles: int) -> Null:
    return Null(shuffles=shuffles, window=null.window, gap=null.gap, lull=null.lull, seed=null.seed)


def _chosen(found: Tested, corrected: NDArray[np.float64], named: int) -> list[int]:
    """All that are named, and of the others those that come back twice, the least likely first."""
    mined = [n for n in range(named, len(corrected)) if found.turns[n] >= TWICE]
    mined.sort(key=lambda n: (corrected[n], found.p[n], -found.turns[n], n))
    return [*range(named), *mined[:SHOWN]]


def _loop(
    name: str | None,
    pattern: Pattern,
    found: Tested,
    corrected: NDArray[np.float64],
    number: int,
    drawn: Ints,
    line: Timeline,
    phases: Phases,
    null: Null,
) -> Loop:
    times = _turns(pattern, line, phases, null)
    lengths = [one.days for one in times]
    ends = whole(drawn, len(times)) if len(drawn) else None
    return Loop(
        named=name,
        steps=tuple(phases.names[step] for step in pattern),
        times=len(times),
        low=ends.low if ends else float(len(times)),
        high=ends.high if ends else float(len(times)),
        expected=round(float(found.expected[number]), 2),
        median_days=float(median(lengths)) if lengths else None,
        shortest=min(lengths, default=None),
        longest=max(lengths, default=None),
        p=round(float(found.p[number]), 4),
        p_corrected=round(float(corrected[number]), 4),
        turns=times,
    )


def _turns(pattern: Pattern, line: Timeline, phases: Phases, null: Null) -> tuple[Turn, ...]:
    names = phases.names
    violent = np.array([name in phases.violent for name in names])
    numbers = np.arange(len(line.days))
    days, labels = with_lulls(line.days, line.labels, violent, null.lull, names.index(LULL))
    place, at = [], 0
    for label in labels:
        place.append(None if names[int(label)] == LULL else int(numbers[at]))
        at += names[int(label)] != LULL
    out = []
    for places in turns(days, labels, pattern, null.gap):
        steps = tuple(
            Step(
                phase=names[int(labels[n])],
                day=_iso(days[n]),
                ids=() if (of := place[n]) is None else tuple(line.ids[of].split()),
            )
            for n in places
        )
        length = int(days[places[-1]] - days[places[0]])
        out.append(Turn(start=steps[0].day, end=steps[-1].day, days=length, steps=steps))
    return tuple(out)


def _iso(day: int) -> str:
    return dt.date.fromordinal(int(day)).isoformat()
