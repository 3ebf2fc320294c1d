"""How far a signed network is from balance: the frustration index.

A network is balanced where its actors can be parted into two camps with all binding ties within
and all opposing ties between them (Cartwright and Harary, 1956, Psychological Review 63). The
index is the least number of ties that have to be left out for that (Harary, 1959, Behavioral
Science 4); finding it is NP-hard, so that it is exact only up to a size (Aref and Wilson, 2019,
Journal of Complex Networks 7).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import needed

ENUMERATED = 16
"""Up to so many actors in one knot all partings are tried."""
PROGRAMMED, PROGRAMMED_TIES = 40, 120
"""Up to so many an integer programme is solved; beyond, only bounds are given."""
NODE_LIMIT = 5000
STARTS = 40

Edge = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Frustration:
    """The index lies from `low` to `high`; the same where `exact`. `against` are ties that stand
    against the best parting found, `camps` that parting."""

    low: int
    high: int
    camps: tuple[tuple[str, ...], tuple[str, ...]]
    against: tuple[Edge, ...]

    @property
    def exact(self) -> bool:
        """Whether it is known, not only bounded."""
        return self.low == self.high


def frustration(edges: Iterable[Edge]) -> Frustration:
    """The frustration index of an undirected signed graph, a tie a pair, signs 1 or -1.

    A tie in no circle frustrates nothing, and circles do not reach over an actor that alone joins
    two parts: each biconnected part is searched by itself. Needs networkx; SciPy for parts of more
    than `ENUMERATED` actors.
    """
    nx = needed("networkx")
    graph = nx.Graph()
    for one, other, sign in sorted(edges):
        graph.add_edge(one, other, sign=sign)
    knots = [_knot(graph.subgraph(part)) for part in nx.biconnected_components(graph)]
    side = _sides(sorted(graph), sorted(knots, key=lambda knot: knot.names))
    camps = tuple(tuple(sorted(node for node in side if side[node] == value)) for value in (0, 1))
    against = tuple(
        (*sorted((one, other)), data["sign"])
        for one, other, data in sorted(graph.edges(data=True), key=lambda e: tuple(sorted(e[:2])))
        if (side[one] == side[other]) != (data["sign"] > 0)
    )
    low, high = sum(knot.low for knot in knots), sum(knot.high for knot in knots)
    return Frustration(low, high, (camps[0], camps[1]), against)


@dataclass(frozen=True, slots=True)
class _Knot:
    """One biconnected part: its actors, the camp of each, and the ends of its index."""

    names: list[str]
    camp: dict[str, int]
    low: int
    high: int


def _knot(graph: Any) -> _Knot:
    names, ends, signs = _arrays(graph)
    best, parted, proven = _solve(len(names), ends, signs)
    camp = {name: int(side) for name, side in zip(names, parted, strict=True)}
    return _Knot(names, camp, best if proven is None else proven, best)


def _sides(names: Sequence[str], knots: list[_Knot]) -> dict[str, int]:
    """A parting of all that attains the index: parts meet in one actor at most, so that each is
    turned over as a whole where it meets one that was parted before."""
    of: dict[str, list[_Knot]] = {}
    for knot in knots:
        for name in knot.names:
            of.setdefault(name, []).append(knot)
    side: dict[str, int] = {}
    for start in names:
        waiting = [] if start in side else [start]
        side.setdefault(start, 0)
        while waiting:
            met = waiting.pop()
            for knot in of[met]:
                turn = knot.camp[met] ^ side[met]
                new = [name for name in knot.names if name not in side]
                side.update({name: knot.camp[name] ^ turn for name in new})
                waiting += new
    return side


def _arrays(graph: Any) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    names = sorted(graph)
    number = {name: n for n, name in enumerate(names)}
    rows = sorted(
        (*sorted((number[one], number[other])), data["sign"])
        for one, other, data in graph.edges(data=True)
    )
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    return names, table[:, :2], table[:, 2]


def _solve(
    size: int, ends: NDArray[np.int64], signs: NDArray[np.int64]
) -> tuple[int, NDArray[np.int64], int | None]:
    """The fewest ties against a parting, that parting, and where it is not proven a lower bound."""
    if size <= 2:
        parted = np.array([0, 1][:size], dtype=np.int64)
        if len(signs) and signs[0] > 0:
            parted[:] = 0
        return 0, parted, None
    if size <= ENUMERATED:
        return *_enumerated(size, ends, signs), None
    if size <= PROGRAMMED and len(ends) <= PROGRAMMED_TIES:
        return _programmed(size, ends, signs)
    best, parted = _climbed(size, ends, signs)
    return best, parted, min(best, _triangles(ends, signs))


def _enumerated(
    size: int, ends: NDArray[np.int64], signs: NDArray[np.int64]
) -> tuple[int, NDArray[np.int64]]:
    """All partings, the first actor held in the first camp."""
    codes = np.arange(1 << (size - 1), dtype=np.int64) << 1
    against = np.zeros(len(codes), dtype=np.int32)
    for (one, other), sign in zip(ends, signs, strict=True):
        apart = ((codes >> one) ^ (codes >> other)) & 1
        against += (apart if sign > 0 else 1 - apart).astype(np.int32)
    at = int(against.argmin())
    return int(against[at]), (codes[at] >> np.arange(size)) & 1


def _programmed(
    size: int, ends: NDArray[np.int64], signs: NDArray[np.int64]
) -> tuple[int, NDArray[np.int64], int | None]:
    """Aref and Wilson's linear model of it: a variable an actor and a variable a tie."""
    optimize, sparse = needed("scipy.optimize"), needed("scipy.sparse")
    ties = len(ends)
    lines: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    least: list[int] = []
    for tie, ((one, other), sign) in enumerate(zip(ends, signs, strict=True)):
        for turn in (1, -1):
            line = len(least)
            lines += [line] * 3
            columns += [size + tie, int(one), int(other)]
            values += [1, -turn, turn * (1 if sign > 0 else -1)]
            least.append(0 if sign > 0 else -turn)
    matrix = sparse.csr_array((values, (lines, columns)), shape=(len(least), size + ties))
    top = np.ones(size + ties)
    top[0] = 0
    found = optimize.milp(
        np.concatenate((np.zeros(size), np.ones(ties))),
        constraints=optimize.LinearConstraint(matrix, least, np.inf),
        integrality=np.ones(size + ties),
        bounds=optimize.Bounds(0, top),
        options={"node_limit": NODE_LIMIT},
    )
    if found.x is None:
        best, parted = _climbed(size, ends, signs)
        return best, parted, min(best, _triangles(ends, signs))
    parted = np.rint(found.x[:size]).astype(np.int64)
    best = _against(parted, ends, signs)
    if found.status == 0:
        return best, parted, None
    return best, parted, min(best, math.ceil(found.mip_dual_bound - 1e-6))


def _climbed(
    size: int, ends: NDArray[np.int64], signs: NDArray[np.int64]
) -> tuple[int, NDArray[np.int64]]:
    """The best of several descents from random partings: an upper bound."""
    chance = np.random.default_rng(1)
    pull = np.zeros((size, size))
    for (one, other), sign in zip(ends, signs, strict=True):
        pull[one, other] = pull[other, one] = sign
    best: tuple[int, NDArray[np.int64]] | None = None
    for _ in range(STARTS):
        camp = chance.choice((-1.0, 1.0), size)
        while True:
            gain = -(camp * (pull @ camp))
            at = int(gain.argmax())
            if gain[at] <= 0:
                break
            camp[at] = -camp[at]
        parted = (camp != camp[0]).astype(np.int64)
        number = _against(parted, ends, signs)
        if best is None or number < best[0]:
            best = number, parted
    assert best is not None
    return best


def _against(parted: NDArray[np.int64], ends: NDArray[np.int64], signs: NDArray[np.int64]) -> int:
    apart = parted[ends[:, 0]] != parted[ends[:, 1]]
    return int((apart == (signs > 0)).sum())


def _triangles(ends: NDArray[np.int64], signs: NDArray[np.int64]) -> int:
    """Frustrated triangles that share no tie: each costs at least one, a lower bound."""
    sign = {(int(a), int(b)): int(s) for (a, b), s in zip(ends, signs, strict=True)}
    near: dict[int, set[int]] = {}
    for a, b in sign:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    used: set[tuple[int, int]] = set()
    count = 0
    for a, b in sorted(sign):
        for c in sorted(near[a] & near[b]):
            three: Sequence[tuple[int, int]] = [(a, b), _pair(a, c), _pair(b, c)]
            if used.isdisjoint(three) and math.prod(sign[pair] for pair in three) < 0:
                used.update(three)
                count += 1
                break
    return count


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
