"""Scoring of pairs by Splink on DuckDB: on one machine, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from contested.reconcile.comparisons import comparisons
from contested.reconcile.engines import (
    GRID,
    MORE_PAIRS,
    Scores,
    Session,
    account_table,
    gamma,
    grid_table,
    levels_of,
    pair_table,
    patterns_of,
    quiet_splink,
    references,
    sampled,
)

if TYPE_CHECKING:
    import duckdb

    from contested.reconcile.estimate import Patterns
    from contested.reconcile.features import Row
    from contested.reconcile.model import LinkModel

FEW_PAIRS = 20_000
"""Of so few pairs the levels are kept with the scores: every question to Splink has its price."""


class DuckWords:
    """Lists in DuckDB's SQL."""

    def share(self, column: str) -> str:
        """See `Dialect`."""
        return f"list_has_any({column}_l, {column}_r)"

    def crossed(self, one: str, other: str) -> str:
        """See `Dialect`."""
        return f"(list_has_any({one}_l, {other}_r) or list_has_any({other}_l, {one}_r))"

    def common(self, column: str) -> str:
        """See `Dialect`."""
        return f"len(list_intersect({column}_l, {column}_r))"

    def holds(self, column: str, value: str) -> str:
        """See `Dialect`."""
        return f"list_contains({column}_l, {value}_r)"

    def empty(self, column: str) -> str:
        """See `Dialect`."""
        return f"(len({column}_l) = 0 or len({column}_r) = 0)"


class DuckEngine:
    """Splink on DuckDB, in memory; spills to disk beyond `memory`."""

    def __init__(self, *, memory: str = "3GB", threads: int | None = None) -> None:
        self._memory, self._threads = memory, threads

    def open(self, rows: Sequence[Row], *, new: frozenset[int] | None = None) -> Session:
        """See `Engine.open`."""
        import duckdb

        connection = duckdb.connect(":memory:")
        connection.execute(f"set memory_limit = '{self._memory}'")
        if self._threads:
            connection.execute(f"set threads = {self._threads}")
        return _DuckSession(connection, rows, new)


class _DuckSession:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        rows: Sequence[Row],
        new: frozenset[int] | None,
    ) -> None:
        self._connection = connection
        self._comparisons = comparisons(DuckWords())
        self._known: tuple[LinkModel | None, dict[tuple[int, int], dict[str, int]]] = None, {}
        connection.register("account_rows", account_table(rows))
        connection.execute("create table accounts as select * from account_rows")
        connection.unregister("account_rows")
        connection.register("grid_entries", grid_table(rows, new))
        connection.execute("create table grid as select * from grid_entries")
        connection.unregister("grid_entries")
        connection.execute(f"create table pairs as {GRID}")
        connection.execute("drop table grid")
        extra = sorted(references(rows, new))
        if extra:
            connection.register("more_pairs", pair_table(extra))
            connection.execute(f"insert into pairs {MORE_PAIRS}")
            connection.unregister("more_pairs")

    def patterns(self, model: LinkModel) -> Patterns:
        """See `Session.patterns`."""
        (number,) = self._connection.execute("select count(*) from pairs").fetchall()[0]
        self._connection.execute(f"create or replace table sampled_pairs as {sampled(number)}")
        listed = ", ".join(map(gamma, self._comparisons))
        found = self._predict(
            model, "sampled_pairs", f"{listed}, count(*) as pairs", f"group by {listed}", every=True
        )
        self._connection.execute("drop table sampled_pairs")
        return patterns_of(self._comparisons, found)

    def scores(self, model: LinkModel) -> Scores:
        """See `Session.scores`."""
        (number,) = self._connection.execute("select count(*) from pairs").fetchall()[0]
        if not number:
            return Scores(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        columns = ["n_l", "n_r", "match_weight"]
        few = number <= FEW_PAIRS
        if few:
            columns += map(gamma, self._comparisons)
        found = self._predict(model, "pairs", ", ".join(columns), every=few)
        if few:
            self._known = model, levels_of(self._comparisons, found)
        return Scores.of(found)

    def _predict(
        self, model: LinkModel, pairs: str, columns: str, ending: str = "", *, every: bool = False
    ) -> dict[str, Any]:
        with quiet_splink():
            from splink import DuckDBAPI, Linker, SettingsCreator

            api = DuckDBAPI(connection=self._connection)
            wanted = model.settings(self._comparisons, every=every)
            linker = Linker(
                api.register("accounts"),
                SettingsCreator.from_path_or_dict(wanted),
                log_level=None,  # another one would undo the quiet
                validate_settings=False,  # slow; a test does it once
            )
            blocked = api.register(pairs)
            linker.table_management.register_blocked_pairs_for_predict(blocked)
            name = linker.inference.predict(warning_mode="never").physical_name
            out = self._connection.execute(f"select {columns} from {name} {ending}").fetchnumpy()
            self._connection.execute(f"drop table {name}")
        return out

    def levels(
        self, model: LinkModel, pairs: Sequence[tuple[int, int]]
    ) -> Mapping[tuple[int, int], dict[str, int]]:
        """See `Session.levels`."""
        if not pairs:
            return {}
        if self._known[0] is model and self._known[1].keys() >= set(pairs):
            return {pair: self._known[1][pair] for pair in pairs}
        self._connection.register("joined_rows", pair_table(pairs))
        self._connection.execute("create or replace table joined as select * from joined_rows")
        self._connection.unregister("joined_rows")
        columns = ", ".join(["n_l", "n_r", *map(gamma, self._comparisons)])
        return levels_of(self._comparisons, self._predict(model, "joined", columns, every=True))

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


__all__ = ["DuckEngine", "DuckWords"]
