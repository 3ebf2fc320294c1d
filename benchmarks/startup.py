"""How long the program takes to start: a cold process each time, the median of several."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import Run, program, run
from contested.pipeline import Record
from evaluation.page import table

TIMES = 5
WORLD = "from contested.world import World; World.load()"
PLACES = f"{WORLD}.places_named('Kabul')"
SPACY = "import spacy"


def measure(times: int = TIMES) -> dict[str, Run]:
    """The median run of each command, by what it is called."""
    with TemporaryDirectory(prefix="contested-bench-") as folder:
        record = Path(folder) / "empty.sqlite"
        Record.open(record).close()
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import spacy": [sys.executable, "-c", SPACY],
            "contested --help": [program(), "--help"],
            "contested incidents, empty record": [program(), "incidents", "--record", str(record)],
            "world tables": [sys.executable, "-c", WORLD],
            "world tables with places": [sys.executable, "-c", PLACES],
        }
        return {name: _median(command, times) for name, command in commands.items()}


def _median(command: Sequence[str], times: int) -> Run:
    run(command)
    runs = [run(command) for _ in range(times)]
    return Run(statistics.median(r.seconds for r in runs), max(r.peak for r in runs))


def block(result: dict[str, Run]) -> str:
    """The result as Markdown."""
    bare = result["python -c pass"].seconds
    rows = [
        (f"`{name}`", f"{one.seconds:.2f}", f"{one.seconds / bare:.1f}", f"{one.megabytes:,.0f}")
        for name, one in result.items()
    ]
    return "\n".join(
        [
            "### Starting",
            "",
            f"`python -m benchmarks startup`, the median of {TIMES} processes; ratios are to "
            "Python doing nothing.",
            "",
            *table(("what", "seconds", "ratio", "peak MB"), rows),
        ]
    )
