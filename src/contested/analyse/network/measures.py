"""Where bodies stand in the network, over draws of which ties hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.analyse.answer import Band, band, needed
from contested.analyse.bodies import Bodies
from contested.analyse.network.balance import ENUMERATED, Edge, Frustration, frustration
from contested.analyse.network.ties import Tie

LIKELY = 0.5
"""A tie of at least this chance stands in the network as it is taken for the point."""
LEAST = 3
MOST = 400
"""Bodies of which brokers are sought in every draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """How often the shortest ways between two others lead over a body: a share of all pairs.

    `low` and `high` are the ends of its 90% interval over draws, `there` the share of draws in
    which it has any tie that binds.
    """

    body: str
    name: str
    ties: int
    low: float
    share: float
    high: float
    there: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Bodies bound more closely to each other than to others.

    `together` is the share of draws in which two of them are in one community, on the average.
    """

    bodies: tuple[str, ...]
    names: tuple[str, ...]
    together: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How many signed ties stand against a parting into two camps.

    `low` and `high` bound the index of the point; `exact` where they meet. `draws_low` and
    `draws_high` are its 90% interval over draws, null with `reason` where it was not sought.
    """

    ties: int
    low: int
    high: int
    exact: bool
    draws_low: float | None
    draws_high: float | None
    camps: tuple[tuple[str, ...], ...]
    against: tuple[str, ...]
    reason: str


def holding(chances: Sequence[float], count: int, seed: int) -> NDArray[np.bool_]:
    """Which ties hold in each draw: a line a draw, each tie by its own chance."""
    chance = np.random.default_rng(seed)
    return np.asarray(chance.random((count, len(chances))) < np.asarray(chances))


def binding(ties: Iterable[Tie], bodies: Bodies) -> list[Tie]:
    """Ties that bind two bodies of the registry. Bare words may be a person: they take no part."""
    return [
        tie
        for tie in ties
        if tie.sign > 0 and bodies.is_known(tie.subject) and bodies.is_known(tie.object)
    ]


def brokers(ties: Sequence[Tie], held: NDArray[np.bool_], bodies: Bodies) -> tuple[Broker, ...]:
    """Betweenness (Freeman, 1977, Sociometry 40) of bodies in the undirected binding ties.

    `held` has a column a tie. Bodies through which no way leads in the point nor in the upper
    end of a draw are left out.
    """
    nx = needed("networkx")
    names = sorted({node for tie in ties for node in (tie.subject, tie.object)})
    number = {name: n for n, name in enumerate(names)}
    point = np.array([tie.chance >= LIKELY for tie in ties])
    values = np.zeros((len(held) + 1, len(names)))
    there = np.zeros((len(held), len(names)), dtype=np.bool_)
    known: dict[bytes, tuple[NDArray[np.float64], NDArray[np.bool_]]] = {}
    for row, mask in enumerate((point, *held)):
        key = np.packbits(mask).tobytes()
        if key not in known:
            known[key] = _between(nx, list(compress(ties, mask)), number)
        values[row] = known[key][0]
        if row:
            there[row - 1] = known[key][1]
    found = []
    for n, name in enumerate(names):
        ends = band(values[1:, n], point=float(values[0, n]))
        if ends.high > 0:
            found.append(_broker(name, ties, ends, float(there[:, n].mean()), bodies))
    return tuple(sorted(found, key=lambda one: (-one.share, -one.high, one.body)))


def _between(
    nx: Any, ties: Sequence[Tie], number: dict[str, int]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    graph = nx.Graph((tie.subject, tie.object) for tie in ties)
    values = np.zeros(len(number))
    there = np.zeros(len(number), dtype=np.bool_)
    pairs = (len(number) - 1) * (len(number) - 2) / 2
    for name, value in nx.betweenness_centrality(graph, normalized=False).items():
        values[number[name]] = value / pairs
        there[number[name]] = True
    return values, there


def _broker(name: str, ties: Sequence[Tie], ends: Band, there: float, bodies: Bodies) -> Broker:
    return Broker(
        body=name,
        name=bodies.name(name),
        ties=sum(name in (tie.subject, tie.object) for tie in ties),
        low=round(ends.low, 4),
        share=round(ends.best, 4),
        high=round(ends.high, 4),
        there=round(there, 3),
    )


def communities(
    ties: Sequence[Tie], held: NDArray[np.bool_], bodies: Bodies
) -> tuple[Community, ...]:
    """Communities of the point by greedy modularity (Clauset, Newman and Moore, 2004, Physical
    Review E 70), and how often draws keep them together."""
    nx = needed("networkx")
    known: dict[bytes, list[frozenset[str]]] = {}

    def parted(mask: NDArray[np.bool_]) -> list[frozenset[str]]:
        key = np.packbits(mask).tobytes()
        if key not in known:
            graph = nx.Graph()
            graph.add_edges_from(
                sorted(tuple(sorted((tie.subject, tie.object))) for tie in compress(ties, mask))
            )
            known[key] = [frozenset(one) for one in _modular(nx, graph)]
        return known[key]

    point = parted(np.array([tie.chance >= LIKELY for tie in ties]))
    every = [parted(mask) for mask in held]
    found = []
    for one in point:
        members = sorted(one)
        found.append(
            Community(
                bodies=tuple(members),
                names=tuple(bodies.name(name) for name in members),
                together=round(_together(members, every), 3),
            )
        )
    return tuple(sorted(found, key=lambda one: (-len(one.bodies), one.bodies)))


def _modular(nx: Any, graph: Any) -> Iterable[Iterable[str]]:
    return nx.community.greedy_modularity_communities(graph) if len(graph) else []


def _together(members: Sequence[str], every: Sequence[Sequence[frozenset[str]]]) -> float:
    """The share of draws and pairs in which both are in one community."""
    pairs = len(members) * (len(members) - 1) / 2
    if not pairs or not every:
        return 0.0
    wanted = frozenset(members)
    joint = 0.0
    for parting in every:
        sizes = [len(wanted & one) for one in parting]
        joint += sum(size * (size - 1) / 2 for size in sizes)
    return joint / (pairs * len(every))


def signed(ties: Sequence[Tie], mask: Sequence[bool], bodies: Bodies) -> list[Edge]:
    """One sign a pair: that which has the greater sum of chances; a pair that is level has none."""
    sums: dict[tuple[str, str], float] = {}
    for tie, on in zip(ties, mask, strict=True):
        if on and tie.sign and bodies.is_known(tie.subject) and bodies.is_known(tie.object):
            one, other = sorted((tie.subject, tie.object))
            sums[one, other] = sums.get((one, other), 0.0) + tie.sign * tie.chance
    return [(*pair, 1 if value > 0 else -1) for pair, value in sums.items() if abs(value) > 1e-9]


def balance(ties: Sequence[Tie], held: NDArray[np.bool_], bodies: Bodies) -> Balance:
    """The frustration index of the point, and over draws where the network is small."""
    edges = signed(ties, [tie.chance >= LIKELY for tie in ties], bodies)
    found = frustration(edges)
    ends, reason = _over_draws(ties, held, bodies)
    if not any(sign < 0 for *_, sign in edges):
        reason = "no tie sets two bodies against each other, so that nothing can be unbalanced"
    return Balance(
        ties=len(edges),
        low=found.low,
        high=found.high,
        exact=found.exact,
        draws_low=ends.low if ends else None,
        draws_high=ends.high if ends else None,
        camps=tuple(camp for camp in found.camps if camp),
        against=tuple(_words(edge, bodies) for edge in found.against),
        reason=reason,
    )


def _words(edge: Edge, bodies: Bodies) -> str:
    one, other, sign = edge
    how = "bound" if sign > 0 else "set against each other"
    return f"{bodies.name(one)} and {bodies.name(other)}, {how}"


def _over_draws(
    ties: Sequence[Tie], held: NDArray[np.bool_], bodies: Bodies
) -> tuple[Band | None, str]:
    names = {node for tie in ties for node in (tie.subject, tie.object) if bodies.is_known(node)}
    if len(names) > ENUMERATED * 2:
        return None, f"not sought in every draw: more than {ENUMERATED * 2} bodies"
    known: dict[tuple[Edge, ...], Frustration] = {}
    values = []
    for mask in held:
        edges = tuple(sorted(signed(ties, list(mask), bodies)))
        if edges not in known:
            known[edges] = frustration(edges)
        values.append(known[edges].high)
    return (band(values) if values else None), ""
