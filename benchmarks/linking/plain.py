"""Plain Splink as a user would set it up: distance, date and actor comparisons, its own EM, its
own connected components. Nothing of ours but the columns.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.linking.sets import Row

SAMPLE_PAIRS = 2_000_000
TRIALS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
COMPARED = (
    "l.day = r.day and l.admin1 = r.admin1",
    "l.day = r.day + 1 and l.admin1 = r.admin1",
    "r.day = l.day + 1 and l.admin1 = r.admin1",
    "l.day = r.day + 2 and l.admin1 = r.admin1",
    "r.day = l.day + 2 and l.admin1 = r.admin1",
    "l.day = r.day and l.first = r.first",
)
TRAINED_ON = (
    "l.day = r.day and l.place = r.place",
    "l.day = r.day and l.first = r.first and l.second = r.second",
    "l.place = r.place and l.type = r.type and l.week = r.week",
)


@dataclass(slots=True)
class Plain:
    """Plain Splink's weighed pairs of one set, ready to be cut at any threshold."""

    linker: Any
    pairs: Any

    def clusters(self, threshold: float) -> dict[str, str]:
        """Its connected components over pairs of at least that probability."""
        found = self.linker.clustering.cluster_pairwise_predictions_at_threshold(
            self.pairs, threshold_match_probability=threshold
        )
        columns = found.as_duckdbpyrelation().select("unique_id, cluster_id").fetchall()
        return dict(columns)

    def probabilities(self) -> list[tuple[str, str, float]]:
        """All weighed pairs."""
        relation = self.pairs.as_duckdbpyrelation()
        found = relation.select("unique_id_l, unique_id_r, match_probability").fetchall()
        return [(str(a), str(b), float(p)) for a, b, p in found]


def table(rows: Sequence[Row]) -> pa.Table:
    """The rows as columns."""
    names = ("type", "day", "place", "admin1", "lat", "lon", "first", "second")
    columns: dict[str, Any] = {name: [getattr(row, name) for row in rows] for name in names}
    columns["unique_id"] = [row.id for row in rows]
    columns["week"] = [None if row.day is None else row.day // 7 for row in rows]
    return pa.table(columns)


def linked(rows: Sequence[Row]) -> Plain:
    """All pairs of one set weighed, with weights that EM estimates on these very rows."""
    return _weighed([rows], "dedupe_only")


def matched(first: Sequence[Row], second: Sequence[Row]) -> Plain:
    """All pairs across two sources weighed; within one source nothing is compared."""
    return _weighed([first, second], "link_only")


def _weighed(sets: Sequence[Sequence[Row]], link_type: str) -> Plain:
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(duckdb.connect())
    tables = [
        api.register(table(rows), dataset_display_name=f"source_{n}") for n, rows in enumerate(sets)
    ]
    settings = _settings(link_type, sum(map(len, sets)))
    linker = Linker(tables if len(tables) > 1 else tables[0], settings)
    train = linker.training
    train.estimate_u_using_random_sampling(max_pairs=SAMPLE_PAIRS, seed=1)
    for rule in TRAINED_ON:
        train.estimate_parameters_using_expectation_maximisation(rule)
    return Plain(linker, linker.inference.predict(threshold_match_probability=0.01))


def _settings(link_type: Any, number: int) -> Any:
    import splink.comparison_level_library as level
    import splink.comparison_library as compare
    from splink import SettingsCreator
    from splink.blocking_rule_library import CustomRule

    days = compare.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            level.NullLevel("day"),
            level.ExactMatchLevel("day"),
            level.AbsoluteDifferenceLevel("day", 1),
            level.AbsoluteDifferenceLevel("day", 2),
            level.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type=link_type,
        comparisons=[
            compare.DistanceInKMAtThresholds("lat", "lon", [0.1, 5, 15, 40]),
            days,
            compare.ExactMatch("first").configure(term_frequency_adjustments=True),
            compare.ExactMatch("second").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[CustomRule(rule) for rule in COMPARED],
        retain_matching_columns=False,
        probability_two_random_records_match=2.0 / number,
    )
