"""How long a full set of analyses takes on UCDP's events of Syria."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import Run, program, run
from evaluation.measure import present
from evaluation.page import table

DRAWS = 200
FILE = "ged-syria.csv.gz"
COMMANDS = ("trend", "all")


@dataclass(frozen=True, slots=True)
class Result:
    """A run of each command, and how many analyses the whole set held."""

    runs: dict[str, Run]
    analyses: int


def measure(ucdp: Path, draws: int = DRAWS) -> Result:
    """Run single analyses and the whole set as processes. Raises NoData without the table."""
    data = present(ucdp / FILE)
    shared = ["--data", str(data), "--draws", str(draws)]
    with TemporaryDirectory(prefix="contested-bench-") as folder:
        runs = {}
        for name in COMMANDS:
            out = ["--out", folder] if name == "all" else []
            runs[name] = run([program(), "analyse", name, *shared, *out])
        return Result(runs, len(list(Path(folder).glob("*.json"))))


def block(result: Result) -> str:
    """The result as Markdown."""
    rows = [
        (
            f"`contested analyse {name}`",
            f"{one.seconds:.1f}",
            f"{one.cpu:.1f}",
            f"{one.megabytes:,.0f}",
        )
        for name, one in result.runs.items()
    ]
    return "\n".join(
        [
            "### Analyses",
            "",
            f"`python -m benchmarks analyses` on UCDP's 16,566 events of Syria, {DRAWS} draws, "
            f"{os.cpu_count()} cores; `all` runs {result.analyses} analyses and draws their "
            "charts. The table is read anew each time.",
            "",
            *table(("what", "seconds", "of a core", "peak MB"), rows),
        ]
    )
