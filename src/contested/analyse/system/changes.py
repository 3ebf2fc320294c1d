"""What changed between two times, or between what the record said at two moments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import Band, band
from contested.analyse.bodies import Bodies
from contested.analyse.system.board import Board, Ints, Window
from contested.analyse.system.items import Key

Verdict = Literal["new", "gone", "stronger", "weaker", "no clear change"]
SURE, LEVEL = 0.95, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One arrow at two times. `before` and `after` are counts of the point, each with the ends of
    its 90% interval over draws; `chance` the share of draws in which the difference has the sign
    that the verdict says. `p` is that of the two counts being alike but for chance (Przyborowski
    and Wilenski, 1940, Biometrika 31), corrected for all arrows (Holm, 1979); null between two
    moments of the record, where the same time is read anew.
    """

    source: str
    source_name: str
    arrow: str
    target: str
    target_name: str
    before_low: float
    before: int
    before_high: float
    after_low: float
    after: int
    after_high: float
    verdict: Verdict
    chance: float
    p: float | None


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Counts of every arrow, in the point and over draws."""

    keys: tuple[Key, ...]
    point: Ints
    over: Ints

    @classmethod
    def of(cls, found: Board, window: Window | None = None) -> State:
        """The counts of a board within a window."""
        return cls(found.keys, *found.counts(window))


def changes(
    before: State, after: State, bodies: Bodies, days: tuple[int, int] | None = None
) -> tuple[Change, ...]:
    """Arrow by arrow. `days` are the lengths of two times that are held against each other; with
    None the states are two readings of one time, and counts are not tested."""
    keys = list(dict.fromkeys((*after.keys, *before.keys)))
    rows = [(key, _of(before, key), _of(after, key)) for key in keys]
    rows = [row for row in rows if _any(row[1]) or _any(row[2])]
    ps: list[float | None] = [None] * len(rows)
    if days is not None:
        raw = [_equal(one[0], other[0], days) for _, one, other in rows]
        ps = list(holm(raw))
    found = [_change(*row, p, bodies) for row, p in zip(rows, ps, strict=True)]
    order = ("new", "gone", "stronger", "weaker", "no clear change")
    found.sort(key=lambda c: (order.index(c.verdict), -abs(c.after - c.before), c.source, c.arrow))
    return tuple(found)


Counted = tuple[int, NDArray[np.int64]]


def whole(over: NDArray[np.int64], point: int) -> Band:
    """The 90% interval of a count over draws, in whole numbers: widened, not narrowed."""
    ends = band(over, point=point)
    return Band(float(math.floor(ends.low)), float(point), float(math.ceil(ends.high)))


def _of(state: State, key: Key) -> Counted:
    if key not in state.keys:
        return 0, np.zeros(max(1, state.over.shape[1]), dtype=np.int64)
    at = state.keys.index(key)
    return int(state.point[at]), state.over[at]


def _any(counted: Counted) -> bool:
    return bool(counted[0] or counted[1].any())


def _change(key: Key, one: Counted, other: Counted, p: float | None, bodies: Bodies) -> Change:
    width = min(len(one[1]), len(other[1]))
    moved = other[1][:width] - one[1][:width]
    rose = other[0] > one[0] or (other[0] == one[0] and moved.mean() > 0)
    chance = float((moved > 0).mean() if rose else (moved < 0).mean())
    was, now = whole(one[1], one[0]), whole(other[1], other[0])
    return Change(
        source=key[0],
        source_name=bodies.name(key[0]),
        arrow=key[1],
        target=key[2],
        target_name=bodies.name(key[2]),
        before_low=was.low,
        before=one[0],
        before_high=was.high,
        after_low=now.low,
        after=other[0],
        after_high=now.high,
        verdict=_verdict(one, other, chance, p),
        chance=round(chance, 3),
        p=None if p is None else round(p, 4),
    )


def _verdict(one: Counted, other: Counted, chance: float, p: float | None) -> Verdict:
    """New and gone where no draw has it on the one side and most have it on the other; else a
    change has to be clear in the draws, and more than counts vary by chance where that is asked."""
    if not _any(one) and other[0] and chance >= 0.5:
        return "new"
    if not _any(other) and one[0] and chance >= 0.5:
        return "gone"
    if other[0] == one[0] or chance < SURE or (p is not None and p >= LEVEL):
        return "no clear change"
    return "stronger" if other[0] > one[0] else "weaker"


def _equal(one: int, other: int, days: tuple[int, int]) -> float:
    """Two-sided p of two Poisson counts over so many days having one rate: given their sum, the
    second is binomial."""
    total, share = one + other, days[1] / (days[0] + days[1])
    if not total:
        return 1.0
    chances = [_binomial(k, total, share) for k in range(total + 1)]
    return min(1.0, sum(c for c in chances if c <= chances[other] * (1 + 1e-9)))


def _binomial(k: int, n: int, share: float) -> float:
    whole = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(whole + k * math.log(share) + (n - k) * math.log1p(-share))


def holm(raw: Sequence[float]) -> list[float]:
    """Each p multiplied by how many are not smaller, never below one before it."""
    out = [1.0] * len(raw)
    highest = 0.0
    for place, n in enumerate(sorted(range(len(raw)), key=lambda n: raw[n])):
        highest = max(highest, min(1.0, raw[n] * (len(raw) - place)))
        out[n] = highest
    return out
