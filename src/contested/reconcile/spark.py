"""Scoring of pairs by Splink on Spark: the same rows, grid and model as on one machine.

Rows go in as Arrow tables and come back so; what lies between is Spark's, spread over its
machines. What is drawn from the scores (groups of accounts) is drawn here, as always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from contested.errors import EngineError
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
from contested.spark import Cluster, failures

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyspark.sql import DataFrame, SparkSession

    from contested.reconcile.estimate import Patterns
    from contested.reconcile.features import Row
    from contested.reconcile.model import LinkModel


class SparkWords:
    """Lists in Spark's SQL."""

    def share(self, column: str) -> str:
        """See `Dialect`."""
        return f"arrays_overlap({column}_l, {column}_r)"

    def crossed(self, one: str, other: str) -> str:
        """See `Dialect`."""
        return f"(arrays_overlap({one}_l, {other}_r) or arrays_overlap({other}_l, {one}_r))"

    def common(self, column: str) -> str:
        """See `Dialect`."""
        return f"size(array_intersect({column}_l, {column}_r))"

    def holds(self, column: str, value: str) -> str:
        """See `Dialect`."""
        return f"array_contains({column}_l, {value}_r)"

    def empty(self, column: str) -> str:
        """See `Dialect`."""
        return f"(size({column}_l) = 0 or size({column}_r) = 0)"


class SparkEngine:
    """Splink on Spark. Raises EngineError where Spark does not start, or fails."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def open(self, rows: Sequence[Row], *, new: frozenset[int] | None = None) -> Session:
        """See `Engine.open`."""
        shared = self._cluster.session
        with failures():
            return _SparkSession(shared.newSession(), self._cluster.tasks, rows, new)


class _SparkSession:
    """Views of these names belong to a session of their own, so that several may be open."""

    def __init__(
        self, spark: SparkSession, tasks: int, rows: Sequence[Row], new: frozenset[int] | None
    ) -> None:
        self._spark = spark
        self._tasks = tasks
        self._comparisons = comparisons(SparkWords())
        self._kept: list[DataFrame] = []
        self._keep("accounts", spark.createDataFrame(account_table(rows)))
        spark.createDataFrame(grid_table(rows, new)).createOrReplaceTempView("grid")
        pairs = self._keep("pairs", spark.sql(GRID))
        extra = sorted(references(rows, new))
        if extra:
            spark.createDataFrame(pair_table(extra)).createOrReplaceTempView("more_pairs")
            self._keep("pairs", pairs.unionByName(spark.sql(MORE_PAIRS)))

    def _keep(self, name: str, frame: DataFrame) -> DataFrame:
        """Have a view of that name worked out once, and held until the session is closed."""
        frame.persist()
        frame.createOrReplaceTempView(name)
        self._kept.append(frame)
        return frame

    def patterns(self, model: LinkModel) -> Patterns:
        """See `Session.patterns`."""
        with failures():
            number = self._spark.table("pairs").count()
            self._spark.sql(sampled(number)).createOrReplaceTempView("sampled_pairs")
        listed = ", ".join(map(gamma, self._comparisons))
        found = self._predict(
            model, "sampled_pairs", f"{listed}, count(*) as pairs", f"group by {listed}", every=True
        )
        return patterns_of(self._comparisons, found)

    def scores(self, model: LinkModel) -> Scores:
        """See `Session.scores`."""
        return Scores.of(self._predict(model, "pairs", "n_l, n_r, match_weight"))

    def levels(
        self, model: LinkModel, pairs: Sequence[tuple[int, int]]
    ) -> Mapping[tuple[int, int], dict[str, int]]:
        """See `Session.levels`."""
        if not pairs:
            return {}
        with failures():
            self._spark.createDataFrame(pair_table(pairs)).createOrReplaceTempView("joined")
        columns = ", ".join(["n_l", "n_r", *map(gamma, self._comparisons)])
        return levels_of(self._comparisons, self._predict(model, "joined", columns, every=True))

    def _predict(
        self, model: LinkModel, pairs: str, columns: str, ending: str = "", *, every: bool = False
    ) -> dict[str, NDArray[Any]]:
        with failures(), quiet_splink():
            import splink
            from splink import Linker, SettingsCreator

            backend: Any = splink.SparkAPI
            api = backend(
                spark_session=self._spark,
                break_lineage_method="persist",  # the others write files
                num_partitions_on_repartition=self._tasks,
                register_udfs_automatically=False,  # they need a jar, and we use none of them
            )
            linker = Linker(
                api.register(self._spark.table("accounts")),
                SettingsCreator.from_path_or_dict(model.settings(self._comparisons, every=every)),
                log_level=None,  # another one would undo the quiet
                validate_settings=False,  # as on DuckDB
            )
            blocked = api.register(self._spark.table(pairs))
            linker.table_management.register_blocked_pairs_for_predict(blocked)
            name = linker.inference.predict(warning_mode="never").physical_name
            table = self._spark.sql(f"select {columns} from {name} {ending}").toArrow()
            self._forget_splink()
        return {each: table.column(each).to_numpy() for each in table.column_names}

    def _forget_splink(self) -> None:
        """Splink has Spark hold what it made, and never lets go of it."""
        for each in self._spark.catalog.listTables():
            if each.name.startswith("__splink__"):
                self._spark.table(each.name).unpersist()
                self._spark.catalog.dropTempView(each.name)

    def close(self) -> None:
        """Give the memory of Spark's machines back."""
        with suppress(EngineError), failures():  # what is lost holds nothing any more
            for frame in self._kept:
                frame.unpersist()


__all__ = ["SparkEngine", "SparkWords"]
