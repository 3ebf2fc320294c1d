"""Rolling origins: what would have been said then, from what was known then.

A window is a forecast from one past month (its origin) for the months after it. The weights of
the pool and the widening of its intervals are learned on windows whose months were over at the
origin of the forecast that uses them, never on later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from contested.analyse.forecast.conformal import Pair, Widening, widening
from contested.analyse.forecast.members import (
    MEMBERS,
    MIDDLES,
    POINTS,
    Counts,
    MemberOptions,
    Values,
)
from contested.analyse.forecast.pool import Terms, learn, pooled, terms
from contested.analyse.forecast.scores import LEVEL, end_places, ends


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolOptions:
    """How the pool is made. Leads are months ahead, `level` the chance of the interval.

    `shrink` is the share of equal weights, `begin` the months before the first window, `windows`
    how many are made at most. The values were fixed on fatalities to October 2018, before later
    years were looked at.
    """

    leads: tuple[int, ...] = tuple(range(1, 13))
    level: float = LEVEL
    shrink: float = 0.5
    begin: int = 12
    windows: int | None = None
    members: tuple[str, ...] = tuple(MEMBERS)
    look: MemberOptions = field(default_factory=MemberOptions)


@dataclass(frozen=True, slots=True)
class Window:
    """What each member said at `origin` (months known then), and what came."""

    origin: int
    leads: tuple[int, ...]
    values: tuple[Values, ...]
    came: NDArray[np.float64]
    terms: tuple[Terms, ...]

    def over(self, at: int) -> list[int]:
        """Which of the leads were over when `at` months were known."""
        return [n for n, lead in enumerate(self.leads) if self.origin + lead <= at]


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights by member and the widening, and from how many past windows; None without any."""

    weights: NDArray[np.float64]
    widening: Widening | None
    windows: int


@dataclass(frozen=True, slots=True)
class Predicted:
    """The pool's values, cells by leads by points, and its interval after widening."""

    values: Values
    low: NDArray[np.float64]
    high: NDArray[np.float64]


Further = Callable[[int, Sequence[int]], Values]
"""A member that reads more than counts: what it says after so many months, for these leads."""


def said(
    past: Counts, leads: Sequence[int], options: PoolOptions, further: Sequence[Further] = ()
) -> tuple[Values, ...]:
    """What each member says after the last month of `past`."""
    members = [MEMBERS[name](past, leads, options.look) for name in options.members]
    return (*members, *(one(past.shape[1], leads) for one in further))


def windows(counts: Counts, options: PoolOptions, further: Sequence[Further] = ()) -> list[Window]:
    """Windows whose first month is over, oldest first; at most `options.windows` of them."""
    total = counts.shape[1]
    out = []
    origins = np.arange(options.begin, total - min(options.leads) + 1)
    if options.windows and len(origins) > options.windows:
        picks = np.linspace(0, len(origins) - 1, options.windows).round().astype(int)
        origins = origins[picks]
    for origin in map(int, origins):
        leads = tuple(lead for lead in options.leads if origin + lead <= total)
        values = said(counts[:, :origin], leads, options, further)
        came = counts[:, [origin + lead - 1 for lead in leads]]
        out.append(Window(origin, leads, values, came, tuple(terms(values, came))))
    return out


def learned(past: Iterable[Window], now: int, options: PoolOptions) -> Learned:
    """Weights and widening from what was over when `now` months were known."""
    known = [(one, use) for one in past if (use := one.over(now))]
    if not known:
        count = max((len(one.values) for one in past), default=len(options.members))
        equal = np.full(count, 1 / count)
        return Learned(equal, None, 0)
    every = reduce(add, (one.terms[n] for one, use in known for n in use))
    weights = learn(every, options.shrink)
    at = MIDDLES[list(end_places(POINTS, options.level))]
    sides: list[tuple[NDArray[np.float64], ...]] = []
    for one, use in known:
        both = pooled([each[:, use] for each in one.values], weights, at)
        sides.append((both[..., 0].ravel(), both[..., 1].ravel(), one.came[:, use].ravel()))
    low, high, came = (np.concatenate(side) for side in zip(*sides, strict=True))
    return Learned(weights, widening(low, high, came, options.level), len(known))


def predicted(members: Sequence[Values], by: Learned, level: float = LEVEL) -> Predicted:
    """The pool of what members say."""
    values = pooled(members, by.weights)
    low, high = widened(values, by, level)
    return Predicted(values, low, high)


def widened(values: Values, by: Learned, level: float = LEVEL) -> Pair:
    """The interval of `values`, widened where the past taught by how much."""
    low, high = ends(values, level)
    return by.widening.widen(low, high) if by.widening else (low, high)
