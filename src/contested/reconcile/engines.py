"""Scoring of pairs by Splink: what DuckDB (one machine) and Spark (many) have in common.

Both get the same rows, the same grid and the same model, and differ in a few words of SQL.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from contested.reconcile.blocking import ANY_TIME, COUNTRY, SHIFT_DAYS, is_vague, keys, level
from contested.reconcile.comparisons import NEAR_KM, Comparison
from contested.reconcile.estimate import Patterns
from contested.reconcile.features import Row, as_columns

SAMPLE_PAIRS = 2_000_000
"""So many pairs are enough to estimate weights from."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from numpy.typing import NDArray

    from contested.reconcile.model import LinkModel


DIGITS = 9
"""Decimals of a weight that count: engines add up in another order, and differ in the last."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairs of rows by their position, each with its match weight (log2 odds), once each."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, found: Mapping[str, NDArray[Any]]) -> Scores:
        """What an engine found, in the order of the pairs and rounded: the same from each."""
        left, right = found["n_l"].astype(np.int64), found["n_r"].astype(np.int64)
        order = np.argsort(left * (right.max(initial=0) + 1) + right)
        weight = np.asarray(np.round(found["match_weight"], DIGITS), dtype=np.float64)
        return cls(left[order], right[order], weight[order])


class Session(Protocol):
    """Some rows and the pairs of them that blocking brings together."""

    def patterns(self, model: LinkModel) -> Patterns:
        """How often each combination of levels is seen among the pairs, or a sample of them."""

    def scores(self, model: LinkModel) -> Scores:
        """Every pair with its match weight."""

    def levels(
        self, model: LinkModel, pairs: Sequence[tuple[int, int]]
    ) -> Mapping[tuple[int, int], dict[str, int]]:
        """For each of these pairs the number of the level that holds in each comparison."""

    def close(self) -> None:
        """Give back what was held for it."""


class Engine(Protocol):
    """Where pairs are found and scored."""

    def open(self, rows: Sequence[Row], *, new: frozenset[int] | None = None) -> Session:
        """Take in `rows`, and find their pairs; with `new` only those with one of these."""


_NEAR = f"""
  and a.x = greatest(a.first_x, b.first_x) and a.y = greatest(a.first_y, b.first_y)
  and coalesce(greatest(a.first - b.last, b.first - a.last), 0)
      <= (case when a.scale < {COUNTRY} then {SHIFT_DAYS} else 1 end)
  and coalesce(abs(a.lat - b.lat) * 111.0 <= a.radius + b.radius + {NEAR_KM}, true)
  and coalesce(
    abs(a.lon - b.lon) * 111.0 * cos(radians(abs(a.lat) + 1)) <= a.radius + b.radius + {NEAR_KM},
    true)
  and (a.is_new or b.is_new)
"""
GRID = f"""
select least(a.n, b.n) as join_key_l, greatest(a.n, b.n) as join_key_r, '0' as match_key
from (select * from grid where own = scale and at_window <> {ANY_TIME}) as a
join (select * from grid where at_window <> {ANY_TIME}) as b
  on a.cell = b.cell and (b.own < b.scale or a.n < b.n)
where a.at_window = greatest(a.first_window, b.first_window) {_NEAR}
union all
select least(a.n, b.n) as join_key_l, greatest(a.n, b.n) as join_key_r, '0' as match_key
from (select * from grid where vague) as a
join (select * from grid where at_window = {ANY_TIME}) as b
  on a.cell = b.cell and (not b.vague or a.n < b.n)
where a.scale = greatest(a.own, b.own) {_NEAR}
"""
"""Pairs that share a cell, once each: at the coarser of their levels, in the lowest shared one."""
MORE_PAIRS = """
select join_key_l, join_key_r, '1' as match_key from more_pairs as m
where not exists (
  select 1 from pairs as p where p.join_key_l = m.join_key_l and p.join_key_r = m.join_key_r)
"""
"""Those of `references` that do not share a cell."""


def sampled(number: int) -> str:
    """The pairs, or of more than `SAMPLE_PAIRS` as many, always the same."""
    every = max(1, round(number / SAMPLE_PAIRS))
    return f"select * from pairs where (join_key_l * 7919 + join_key_r) % {every} = 0"


def patterns_of(known: Sequence[Comparison], found: Mapping[str, NDArray[Any]]) -> Patterns:
    """What an engine found, in the order of the levels: the same from each."""
    names = [gamma(each) for each in known]
    levels = np.stack([found[name].astype(np.int64) for name in names], axis=1)
    order = np.lexsort(levels.T[::-1])
    return Patterns(levels[order], found["pairs"].astype(np.float64)[order])


def levels_of(
    known: Sequence[Comparison], found: Mapping[str, NDArray[Any]]
) -> dict[tuple[int, int], dict[str, int]]:
    """For each pair that an engine found the number of its level in each comparison."""
    columns = [found[gamma(each)].tolist() for each in known]
    ends = zip(found["n_l"].tolist(), found["n_r"].tolist(), strict=True)
    return {
        pair: {each.name: numbers[i] for each, numbers in zip(known, columns, strict=True)}
        for i, pair in enumerate(ends)
    }


def gamma(comparison: Comparison) -> str:
    """Splink's name for the column with the number of the level."""
    return f"gamma_{comparison.name}"


def pair_table(pairs: Sequence[tuple[int, int]]) -> pa.Table:
    """Pairs as Splink takes them, as if blocking had found them."""
    import pyarrow as pa

    return pa.table({
        "join_key_l": pa.array([a for a, _ in pairs], pa.int64()),
        "join_key_r": pa.array([b for _, b in pairs], pa.int64()),
        "match_key": pa.array(["0"] * len(pairs), pa.string()),
    })  # fmt: skip


def grid(rows: Sequence[Row], new: frozenset[int] | None) -> dict[str, list[Any]]:
    """Every entry of every row in the blocking grid, as columns."""
    names = (
        "n", "cell", "scale", "at_window", "x", "y", "own", "vague", "first_window", "first_x",
        "first_y", "first", "last", "lat", "lon", "radius", "is_new",
    )  # fmt: skip
    out: dict[str, list[Any]] = {name: [] for name in names}
    add = [out[name].append for name in names]
    for n, row in enumerate(rows):
        fresh = new is None or n in new
        for key in keys(row):
            values = (
                n, key.number, key.level, key.window, key.x, key.y, key.own, key.vague,
                key.first_window, key.first_x, key.first_y, row.first, row.last,
                row.lat, row.lon, row.radius, fresh,
            )  # fmt: skip
            for append, value in zip(add, values, strict=True):
                append(value)
    return out


def references(rows: Sequence[Row], new: frozenset[int] | None) -> set[tuple[int, int]]:
    """Pairs that a report itself joins, and equal passages of accounts that name no time."""
    where = {(row.report, row.id): n for n, row in enumerate(rows)}
    out: set[tuple[int, int]] = set()
    loose: dict[int, int] = {}
    for n, row in enumerate(rows):
        home = where.get((row.report, row.ref)) if row.ref else None
        if home is not None and home != n:
            out.add((min(home, n), max(home, n)))
        if is_vague(row) or level(row) >= COUNTRY:
            first = loose.setdefault(row.passage, n)
            if first != n:
                out.add((first, n))
    return {p for p in out if new is None or p[0] in new or p[1] in new}


def account_table(rows: Sequence[Row]) -> pa.Table:
    import pyarrow as pa

    numbers = pa.list_(pa.int32())
    types = {
        "n": pa.int64(), "start": pa.int64(), "ref": pa.string(), "first": pa.int32(),
        "last": pa.int32(), "assumed": pa.bool_(), "place": pa.string(), "country": pa.string(),
        "lat": pa.float64(), "lon": pa.float64(), "radius": pa.float64(), "type": pa.int32(),
        "close_types": numbers, "cousin_types": numbers, "initiators": numbers, "targets": numbers,
        "toll": numbers, "toll_large": numbers, "killed": pa.int64(), "wounded": pa.int64(),
        "words": numbers, "names": numbers, "passage": pa.int64(), "id": pa.string(),
        "report": pa.string(),
    }  # fmt: skip
    columns = as_columns(rows)
    made = pa.table({name: pa.array(columns[name], types[name]) for name in columns})
    return made.rename_columns(["id_of" if name == "id" else name for name in made.column_names])


def grid_table(rows: Sequence[Row], new: frozenset[int] | None) -> pa.Table:
    import pyarrow as pa

    kinds = {"vague": pa.bool_(), "is_new": pa.bool_()}
    kinds |= dict.fromkeys(("lat", "lon", "radius"), pa.float64())
    # Named, since nothing tells the type of a column that is empty or unknown throughout.
    return pa.table({
        name: pa.array(values, kinds.get(name, pa.int64()))
        for name, values in grid(rows, new).items()
    })  # fmt: skip


@contextmanager
def quiet_splink() -> Iterator[None]:
    """Splink tells its progress to the log of whoever runs it: not to our users."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


__all__ = ["Engine", "Scores", "Session"]
