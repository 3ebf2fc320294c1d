"""Networks as pages draw them: bodies and what is said between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

MOST = 80
"""So many arrows are drawn, those told most often; the table has all."""


@dataclass(frozen=True, slots=True)
class Node:
    """A body: its id, name, the number of its side's colour, and how many arrows touch it."""

    id: str
    name: str
    side: int
    weight: float
    href: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What one is said to do to another; `first` and `last` are days, `standing` how it stands."""

    source: str
    target: str
    name: str
    weight: float
    standing: str
    first: str | None
    last: str | None
    href: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A network. `left_out` arrows are too many to draw."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


Side = Callable[[str | None], int]


def graph_of(found: Any, side: Side) -> Graph | None:
    """The network of an answer about bodies; None for other answers."""
    rows = getattr(found, "rows", ())
    if not rows or (not hasattr(found, "identities") and not hasattr(found, "loops")):
        return None
    return drawn([_edge(row) for row in rows], _names(rows), side)


def _names(rows: Iterable[Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in rows:
        one, other = ("subject", "object") if hasattr(row, "subject") else ("source", "target")
        for end in (one, other):
            name = getattr(row, f"{end}_name")
            names[getattr(row, end)] = name.partition(" (")[0]
    return names


def _edge(row: Any) -> Edge:
    if hasattr(row, "subject"):
        claims = row.claims
        ends, words, weight = (row.subject, row.object), row.words, float(len(claims) or 1)
        standing = row.standing
    else:
        claims = (*row.incidents, *row.claims)
        ends, words, weight = (row.source, row.target), row.arrow, float(row.count or 1)
        standing = "disputed" if row.denied_by else "asserted"
    first = claims[0] if claims else ""
    href = f"/incidents/{first}" if first.startswith("i-") else f"/claims/{first}" if first else ""
    return Edge(*ends, words, weight, standing, row.first, row.last, href)


def drawn(edges: list[Edge], names: dict[str, str], side: Side) -> Graph:
    """A network of the arrows that are told most often."""
    shown = sorted(edges, key=lambda one: -one.weight)[:MOST]
    touched: Counter[str] = Counter()
    for one in shown:
        touched.update({one.source, one.target})
    nodes = [
        Node(id, names.get(id, id), side(id), float(n), f"/actors/{quote(id, safe='')}")
        for id, n in sorted(touched.items())
    ]
    return Graph(tuple(nodes), tuple(shown), len(edges) - len(shown))
