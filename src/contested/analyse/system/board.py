"""All arrows with how often they are told, in every draw and for any time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.analyse.bodies import Bodies
from contested.analyse.draws import Draw, Draws
from contested.analyse.events import Events
from contested.analyse.system.items import Item, Key

ATTACKS, CLASHES = "attacks", "clashes with"
OTHERS = "others"
"""Attacked, and no actor of the registry: a crowd, a market, men without a name."""

Ints = NDArray[np.int64]
AnyInts = NDArray[np.integer[Any]]
Window = tuple[int, int]
"""First and last day (ordinals), both included."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Types of events: those that are an attack, and those in which both sides fight.

    `known` are all types of the codebook; one of another codebook, as in a data set, is force.
    """

    attacks: frozenset[str]
    clashes: frozenset[str]
    known: frozenset[str]

    def arrow(self, type_: str | None) -> str | None:
        """The arrow of an event of that type; None where it is no violence."""
        if type_ in self.clashes:
            return CLASHES
        return ATTACKS if type_ not in self.known or type_ in self.attacks else None


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Arrows (`keys`) and what there is of each: one line a piece in `arrow`, `day` and `draw`.

    The point is draw -1. `rows` are the rows of events behind each arrow, `items` the claims.
    """

    keys: tuple[Key, ...]
    draws: int
    arrow: Ints
    day: Ints
    draw: Ints
    rows: tuple[tuple[int, ...], ...]
    items: tuple[tuple[Item, ...], ...]
    nameless: int

    def counts(self, window: Window | None = None) -> tuple[Ints, Ints]:
        """How often each arrow is there: in the point, and a line an arrow over all draws.

        With a `window` only what has a day in it counts.
        """
        keep = np.ones(len(self.day), dtype=np.bool_)
        if window is not None:
            keep = (self.day >= window[0]) & (self.day <= window[1])
        place = self.arrow[keep] * (self.draws + 1) + self.draw[keep] + 1
        size = len(self.keys) * (self.draws + 1)
        table = np.bincount(place, minlength=size).reshape(len(self.keys), self.draws + 1)
        return table[:, 0], table[:, 1:]

    def days(self, number: int) -> Ints:
        """The days of an arrow in the point, in order, without the undated."""
        mine = self.day[(self.arrow == number) & (self.draw == -1)]
        return np.sort(mine[mine > 0])


Piece = tuple[Ints, Ints, Ints, Ints]
"""Arrow, day, draw and the row of the event (-1 for a claim) of each line."""


def board(
    draws: Draws | None,
    kinds: Kinds,
    items: Sequence[Item],
    bodies: Bodies,
    count: int,
    seed: int,
) -> Board:
    """Arrows of drawn incidents and of items. `count` draws; those of `draws` if there are any."""
    count = len(draws) if draws is not None else count
    numbers: dict[Key, int] = {}
    rows: dict[int, set[int]] = {}
    pieces: list[Piece] = []
    nameless = 0
    if draws is not None:
        pairs = _Pairs(draws.events, kinds, bodies, numbers)
        nameless = pairs.nameless
        now = draws.point()
        side = _either(now, draws.events)
        pieces.append(pairs.piece(now.event, side, now.day, np.full(len(now), -1)))
        pieces.append(pairs.piece(draws.event, draws.side, draws.day, draws.number))
        for arrow, _, _, event in pieces:
            for number in np.unique(arrow):
                rows.setdefault(int(number), set()).update(
                    np.unique(event[arrow == number]).tolist()
                )
    behind: dict[int, list[Item]] = {}
    pieces += _items(items, numbers, behind, count, seed)
    arrow, day, draw = (
        np.concatenate([piece[n] for piece in pieces] or [np.array([], dtype=np.int64)])
        for n in range(3)
    )
    return Board(
        tuple(numbers),
        count,
        arrow.astype(np.int64),
        day.astype(np.int64),
        draw.astype(np.int64),
        tuple(tuple(sorted(rows.get(n, ()))) for n in range(len(numbers))),
        tuple(tuple(behind.get(n, ())) for n in range(len(numbers))),
        nameless,
    )


def _either(now: Draw, events: Events) -> Ints:
    """The sides of the point, where it is open which of two fighting sides began: the first of
    them. The arrow between two that clash is the same either way."""
    side = now.side.astype(np.int64)
    for n in np.flatnonzero(side == 0):
        row = int(now.event[n])
        options = [one for one, _ in events.initiators[row]]
        hit = set(events.sides[int(events.targets[row])])
        if len(options) > 1 and all(one and hit.issuperset(events.sides[one]) for one in options):
            side[n] = options[0]
    return side


class _Pairs:
    """Which arrows a line of a draw is, by its kind, its side and its target."""

    def __init__(
        self, events: Events, kinds: Kinds, bodies: Bodies, numbers: dict[Key, int]
    ) -> None:
        self._events = events
        self._numbers = numbers
        self._arrows = [kinds.arrow(type_) for type_ in events.types]
        self._sides = [side_nodes(side, bodies) for side in events.sides]
        likely = [row[0][0] for row in events.initiators]
        self.nameless = sum(
            arrow is not None and not [n for n in self._sides[side] if n != OTHERS]
            for arrow, side in zip(self._arrows, likely, strict=True)
        )

    def piece(self, event: AnyInts, side: AnyInts, day: AnyInts, draw: Ints) -> Piece:
        """Every line of drawn events as its arrows: none, one, or one a pair of bodies."""
        kinds = [None, ATTACKS, CLASHES]
        kind = np.array([kinds.index(arrow) for arrow in self._arrows], dtype=np.int64)[event]
        width = len(self._sides)
        code = (kind * width + side) * width + self._events.targets[event]
        met, which = np.unique(code, return_inverse=True)
        arrows = [
            list(self._made(kinds[one // width**2], one // width % width, one % width))
            for one in map(int, met)
        ]
        many = np.array([len(one) for one in arrows], dtype=np.int64)[which]
        first = np.cumsum([0, *map(len, arrows)])[which]
        flat = np.array([number for one in arrows for number in one], dtype=np.int64)
        line = np.repeat(np.arange(len(event)), many)
        inner = np.arange(len(line)) - np.repeat(np.cumsum(many) - many, many)
        at = np.repeat(first, many) + inner
        return flat[at], day[line].astype(np.int64), draw[line], event[line].astype(np.int64)

    def _made(self, kind: str | None, side: int, target: int) -> Iterable[int]:
        if kind is None:
            return
        doers = [node for node in self._sides[side] if node != OTHERS]
        hit = self._sides[target] or (OTHERS,)
        if not set(doers).isdisjoint(hit) and len(hit) > 1:
            kind = CLASHES  # either side may have begun, so that the target is both
            hit = tuple(node for node in hit if node not in doers)
        for one in doers:
            for other in hit:
                ends = sorted((one, other)) if kind == CLASHES and other != OTHERS else (one, other)
                if one != other:
                    made = (ends[0], kind, ends[1])
                    yield self._numbers.setdefault(made, len(self._numbers))


def side_nodes(side: Sequence[str], bodies: Bodies) -> tuple[str, ...]:
    """The bodies of a side; those of whom only words are known are `OTHERS`, if it has no more."""
    known = dict.fromkeys(bodies.node(name) for name in side if Bodies.is_known(name))
    return tuple(known) or ((OTHERS,) if side else ())


def _items(
    items: Sequence[Item],
    numbers: dict[Key, int],
    behind: dict[int, list[Item]],
    count: int,
    seed: int,
) -> list[Piece]:
    if not items:
        return []
    chance = np.random.default_rng([seed, 1])
    joint: Mapping[str, int] = {
        name: n for n, name in enumerate(dict.fromkeys(i.joint for i in items if i.joint))
    }
    shared, own = chance.random((len(joint), count)), chance.random((len(items), count))
    out: list[Piece] = []
    for n, item in enumerate(items):
        arrow = numbers.setdefault(item.key, len(numbers))
        behind.setdefault(arrow, []).append(item)
        luck = shared[joint[item.joint]] if item.joint else own[n]
        there = np.flatnonzero(luck < item.chance)
        if item.chance >= 0.5:
            there = np.concatenate(([-1], there))
        size = len(there)
        out.append((np.full(size, arrow), np.full(size, item.day), there, np.full(size, -1)))
    return out
