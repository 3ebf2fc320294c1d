"""Linking: accounts to groups of one happening, each with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from contested.reconcile.blocking import is_vague
from contested.reconcile.cluster import Groups, cluster
from contested.reconcile.comparisons import comparisons
from contested.reconcile.duck import DuckEngine, DuckWords
from contested.reconcile.engines import Engine, Scores, Session
from contested.reconcile.estimate import FROM_ACCOUNTS, estimate
from contested.reconcile.features import Row, frequent, without
from contested.reconcile.model import LinkModel, gammas, preset

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows in groups (lists of positions, each with the pairs that joined it).

    `parts` holds for each position the lowest one that any chain of links or decisions connects
    it with: what is in two parts has no bearing on one another.
    """

    groups: list[list[int]]
    joined: list[list[Pair]]
    levels: Mapping[Pair, Mapping[str, str]]
    model: LinkModel
    parts: list[int]


@dataclass(frozen=True, slots=True)
class Linking:
    """How rows are linked: with which model, and on which engine.

    Without a model the packaged one is used, or for a large record one estimated from it.
    """

    model: LinkModel | None = None
    engine: Engine = field(default_factory=DuckEngine)


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, by positions of rows: who is together, and who is apart."""

    together: Sequence[Sequence[int]] = ()
    apart: Sequence[tuple[Sequence[int], Sequence[int]]] = ()


def link(rows: Sequence[Row], linking: Linking, decided: Decided = Decided()) -> Linked:
    """Group `rows`, which are in the order of their ids, into happenings."""
    model = linking.model or preset()
    if not rows:
        return Linked([], [], {}, model, [])
    estimated = linking.model is None and len(rows) >= FROM_ACCOUNTS
    if estimated:
        model = replace(model, common=frequent(rows))
    session = linking.engine.open(without(rows, model.common))
    try:
        if estimated:
            known = comparisons(DuckWords())
            model = estimate(session.patterns(model), known, model, len(rows))
        return group(rows, session, model, decided)
    finally:
        session.close()


def group(rows: Sequence[Row], session: Session, model: LinkModel, decided: Decided) -> Linked:
    """Groups of rows by the scores of their pairs, with the levels of the pairs that joined."""
    scores = session.scores(model)
    parts = connected(len(rows), scores, model, decided)
    keep = parts[scores.left] == parts[scores.right]
    scores = Scores(scores.left[keep], scores.right[keep], scores.weight[keep])
    groups = cluster(
        len(rows),
        zip(scores.left.tolist(), scores.right.tolist(), scores.weight.tolist(), strict=True),
        referring(rows),
        bounds=model.bounds,
        together=decided.together,
        apart=decided.apart,
        may_join=grounded(rows, scores).tolist(),
        spans=[span(row) for row in rows],
    )
    members, joined = _gather(len(rows), groups)
    levels = levels_of(session, model, sorted(pair for each in joined for pair in each))
    return Linked(members, joined, levels, model, parts.tolist())


def levels_of(
    session: Session, model: LinkModel, pairs: Sequence[Pair]
) -> dict[Pair, dict[str, str]]:
    """For each of these pairs the name of the level that holds in each comparison."""
    names = {each.name: gammas(each) for each in comparisons(DuckWords())}
    return {
        pair: {name: names[name][number] for name, number in known.items()}
        for pair, known in session.levels(model, pairs).items()
    }


def span(row: Row) -> tuple[int, int] | None:
    """The days that an account itself names, if they are not too vague to part it from others."""
    if row.first is None or row.last is None or row.assumed or is_vague(row):
        return None
    return row.first, row.last


def referring(rows: Sequence[Row]) -> list[Pair]:
    """Pairs of which a report itself says that one goes on telling of the other."""
    where = {(row.report, row.id): n for n, row in enumerate(rows)}
    homes = ((n, where.get((row.report, row.ref))) for n, row in enumerate(rows) if row.ref)
    return [(min(n, home), max(n, home)) for n, home in homes if home is not None]


def grounded(rows: Sequence[Row], scores: Scores) -> NDArray[np.bool_]:
    """Of each pair, whether it agrees in a time or a place that both name.

    Two accounts that name neither are not joined by their words alone.
    """
    timed = np.array([r.first is not None and r.last is not None and not r.assumed for r in rows])
    placed = np.array([r.place is not None for r in rows])
    left, right = scores.left, scores.right
    both: NDArray[np.bool_] = (timed[left] & timed[right]) | (placed[left] & placed[right])
    return both


def connected(size: int, scores: Scores, model: LinkModel, decided: Decided) -> NDArray[np.int64]:
    """The part of each position: only pairs within one can bear on a join."""
    strong = scores.weight >= model.bounds.join
    pairs = [(group[0], other) for group in decided.together for other in group[1:]]
    pairs += [(ones[0], other) for ones, others in decided.apart for other in (*ones, *others)]
    people = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    return components(
        size,
        np.concatenate([scores.left[strong], people[:, 0]]),
        np.concatenate([scores.right[strong], people[:, 1]]),
    )


def components(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each position the lowest one that pairs connect it with."""
    parent = list(range(size))

    def find(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        mine, theirs = find(one), find(other)
        if mine != theirs:
            parent[max(mine, theirs)] = min(mine, theirs)
    return np.array([find(n) for n in range(size)], dtype=np.int64)


def _gather(size: int, groups: Groups) -> tuple[list[list[int]], list[list[Pair]]]:
    members: dict[int, list[int]] = {}
    for n in range(size):
        members.setdefault(groups.find(n), []).append(n)
    joined: dict[int, list[Pair]] = {}
    for one, other in groups.joined:
        joined.setdefault(groups.find(one), []).append((one, other))
    return list(members.values()), [joined.get(root, []) for root in members]
