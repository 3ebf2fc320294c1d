"""Linking a whole set of generated reports: quality and cost, linker by linker."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import HELD_BACK_SEED, TRAIN_SEED, Options
from benchmarks.generate.events import table
from benchmarks.linking.worker import LINKERS, Linked, measured
from evaluation import page


def measure(reports: int, ucdp: Path) -> list[Linked]:
    """Every linker on the held-back set. Raises NoData or CommandFailed."""
    table(Options(reports=reports, ucdp=ucdp).ucdp)
    return [measured(linker, reports, ucdp) for linker in LINKERS]


def block(reports: int, results: Sequence[Linked]) -> str:
    """The results as Markdown."""
    any_one = results[0]
    heads = (
        "linker", "B³ P", "B³ R", "B³ F1", "pairs P", "pairs R", "pairs F1", "clusters",
        "ECE", "seconds", "peak MB",
    )  # fmt: skip
    return "\n".join(
        [
            "### Linking generated reports",
            "",
            f"`python -m benchmarks link --reports {reports}`: {reports:,} generated reports with "
            f"{any_one.accounts:,} accounts of {any_one.true_clusters:,} incidents (seed "
            f"{HELD_BACK_SEED}; fitted on seed {TRAIN_SEED} only), on {os.cpu_count()} cores. B³ "
            "is over accounts. ECE is the expected calibration error of the match probabilities "
            "over the pairs that a linker weighed, in ten bins of equal width. Plain Splink has "
            "distance, date and actor comparisons and connected components; the noise of the set "
            "was chosen so that it gets a B³ F1 of 0.85 to 0.90. Peak memory includes the set.",
            "",
            *page.table(heads, map(_row, results)),
        ]
    )


def _row(one: Linked) -> tuple[str, ...]:
    scores = (one.b_precision, one.b_recall, one.b_f1, one.precision, one.recall, one.f1)
    return (
        one.linker + (f" ({one.note})" if one.note else ""),
        *(f"{score:.3f}" for score in scores),
        f"{one.clusters:,}",
        "" if one.calibration is None else f"{one.calibration:.3f}",
        f"{one.seconds:,.1f}",
        f"{one.megabytes:,.0f}",
    )
