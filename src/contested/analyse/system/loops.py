"""Loops in a record of phases: sequences that come back to where they began.

A turn of a loop A, B, C is an A, then the next B, the next C and the next A, each within a
number of days of the latest happening of the phase before, and all of it within that number times
the steps. Turns do not overlap but for the
happening that ends one and begins the next. Counting such non-overlapping occurrences of serial
episodes follows Laxman, Sastry and Unnikrishnan (2005, IEEE TKDE 17).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Places = NDArray[np.int32]
NONE = -1
LANES = 400_000
"""So many counters run side by side: bounds the memory."""

Pattern = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Several sequences of labels on days, a line each, in order of day; -1 after the end."""

    days: Ints
    labels: Ints


def sequences(each: Sequence[tuple[Ints, Ints]]) -> Sequences:
    """Sequences of unlike length as lines of two arrays."""
    width = max((len(days) for days, _ in each), default=0)
    days = np.zeros((len(each), width), dtype=np.int64)
    labels = np.full((len(each), width), NONE, dtype=np.int64)
    for row, (one, two) in enumerate(each):
        days[row, : len(one)] = one
        labels[row, : len(two)] = two
    return Sequences(days, labels)


def with_lulls(
    days: Ints, labels: Ints, violent: Bools, lull: int, label: int
) -> tuple[Ints, Ints]:
    """Put a `label` behind the last violence before at least `lull` days without any.

    `violent` says of each label whether it is violence. The lull stands on the day on which it
    has lasted so long.
    """
    at = np.flatnonzero(violent[labels]) if len(labels) else np.array([], dtype=np.int64)
    if len(at) < 2:
        return days, labels
    when = days[at[:-1]][np.diff(days[at]) > lull] + lull
    whole = np.concatenate((days, when))
    order = np.argsort(whole, kind="stable")
    return whole[order], np.concatenate((labels, np.full(len(when), label)))[order]


def counts(found: Sequences, patterns: Sequence[Pattern], gap: int) -> Ints:
    """How many turns of each pattern each sequence has: a line a sequence, a column a pattern."""
    rows = len(found.labels)
    out = np.zeros((rows, len(patterns)), dtype=np.int64)
    if not rows or not found.labels.shape[1] or not patterns:
        return out
    ahead, behind = _tables(found.labels, 1 + max(max(p) for p in patterns))
    by_length: dict[int, list[int]] = {}
    for n, pattern in enumerate(patterns):
        by_length.setdefault(len(pattern), []).append(n)
    step = max(1, LANES // rows)
    for numbers in by_length.values():
        for first in range(0, len(numbers), step):
            part = numbers[first : first + step]
            table = np.array([patterns[n] for n in part], dtype=np.int64)
            out[:, part] = _count(found, ahead, behind, table, gap)
    return out


def _tables(labels: Ints, letters: int) -> tuple[Places, Places]:
    """For each place and letter: the first at or after it, the last at or before it."""
    rows, width = labels.shape
    ahead = np.full((rows, width + 1, letters), width, dtype=np.int32)
    behind = np.full((rows, width + 1, letters), NONE, dtype=np.int32)
    line = np.arange(rows)
    for at in range(width - 1, -1, -1):
        ahead[:, at] = ahead[:, at + 1]
        there = (labels[:, at] >= 0) & (labels[:, at] < letters)
        ahead[line[there], at, labels[there, at]] = at
    for at in range(width):
        if at:
            behind[:, at] = behind[:, at - 1]
        there = (labels[:, at] >= 0) & (labels[:, at] < letters)
        behind[line[there], at, labels[there, at]] = at
    if width:
        behind[:, width] = behind[:, width - 1]
    return ahead, behind


def _count(found: Sequences, ahead: Places, behind: Places, table: Ints, gap: int) -> Ints:
    """Every pair of a sequence and a pattern is a lane that walks on its own."""
    rows, width = found.labels.shape
    row = np.repeat(np.arange(rows), len(table))
    which = np.tile(np.arange(len(table)), rows)
    lane = np.arange(len(row))
    turns = np.zeros(len(row), dtype=np.int64)
    start = ahead[row, 0, table[which, 0]]
    closed = np.concatenate((table, table[:, :1]), axis=1)
    while True:
        keep = start < width
        lane, row, which, start = lane[keep], row[keep], which[keep], start[keep]
        if not len(lane):
            return turns.reshape(rows, len(table))
        at, whole = start.copy(), np.ones(len(lane), dtype=np.bool_)
        begun = found.days[row, start]
        for step in range(1, closed.shape[1]):
            then = ahead[row, at, closed[which, step]]
            reached = then < width
            then = np.minimum(then, width - 1)
            last = behind[row, then, closed[which, step - 1]]
            near = found.days[row, then] - found.days[row, last] <= gap
            if step == 1:
                begun = found.days[row, last]
            whole &= reached & near
            at = np.where(whole, then, at)
        whole &= found.days[row, at] - begun <= gap * table.shape[1]
        turns[lane] += whole
        after = ahead[row, np.minimum(start + 1, width), table[which, 0]]
        start = np.where(whole, at, after)


def turns(days: Ints, labels: Ints, pattern: Pattern, gap: int) -> list[tuple[int, ...]]:
    """The places of every turn in one sequence, as `counts` counts them; the last closes it.

    The first place is that of the latest of its phase before the second step.
    """
    known = [int(label) for label in labels]
    out: list[tuple[int, ...]] = []
    start = _next(known, 0, pattern[0])
    while start is not None:
        places: list[int] | None = [start]
        for one, other in zip(pattern, (*pattern[1:], pattern[0]), strict=True):
            then = _next(known, places[-1], other) if places else None
            if places is None or then is None:
                places = None
                break
            last = max(n for n in range(then) if known[n] == one)
            if days[then] - days[last] > gap:
                places = None
                break
            places = [*places[:-1], last, then]
        if places and days[places[-1]] - days[places[0]] <= gap * len(pattern):
            out.append(tuple(places))
            start = places[-1]
        else:
            start = _next(known, start + 1, pattern[0])
    return out


def _next(labels: Sequence[int], start: int, label: int) -> int | None:
    return next((n for n in range(start, len(labels)) if labels[n] == label), None)


def cycles(letters: Iterable[int], longest: int) -> list[Pattern]:
    """Every cyclic order of two to `longest` unlike letters, once, its lowest letter first."""
    known = sorted(set(letters))
    return [
        (chosen[0], *rest)
        for size in range(2, longest + 1)
        for chosen in combinations(known, size)
        for rest in permutations(chosen[1:])
    ]
