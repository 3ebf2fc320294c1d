"""MELTT's published matching core, run as it is from a checkout that the user names.

MELTT (Donnay, Dunford, McGrath, Backer and Cunningham, 2019, Journal of Conflict Resolution 63(5))
is an R package under LGPL-3 whose matching is Python: `inst/python/match.py`. None of it is here.
The adapter gives it what its R code would (records sorted by day; each taxonomy as columns from
the narrow to the wide) and runs it in a process of its own; only its `run` is timed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.linking.sets import Row
from benchmarks.process import CommandFailed
from contested.world import World
from evaluation.measure import NoData

CORE = Path("inst") / "python" / "match.py"
CHILD = """
import json, runpy, sys, time
core = runpy.run_path(sys.argv[1])
task = json.load(sys.stdin)
began = time.perf_counter()
_, selected = core["run"](**task)
seconds = time.perf_counter() - began
json.dump({"seconds": seconds, "matches": [row[:4] for row in selected]}, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Windows:
    """MELTT's two windows: days, and kilometres."""

    days: int
    km: float


TRIED = tuple(Windows(days, km) for days in (0, 1, 2) for km in (1.0, 10.0, 25.0))
"""What is tried on the training set; the best of them is used."""


def core(folder: Path) -> Path:
    """The matching core of a checkout. Raises NoData if it is not there."""
    path = folder / CORE
    if not path.is_file():
        raise NoData(f"{path}: name a checkout of MELTT's repository with --meltt.")
    return path


def matched(
    folder: Path, first: Sequence[Row], second: Sequence[Row], windows: Windows
) -> tuple[list[tuple[str, str]], float]:
    """The links that MELTT selects, and the seconds it took. Raises NoData, CommandFailed."""
    task = _task(first, second, windows)
    command = [sys.executable, "-c", CHILD, str(core(folder))]
    done = subprocess.run(
        command, input=json.dumps(task).encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise CommandFailed(f"MELTT: {done.stderr.decode(errors='replace')[-500:]}")
    answer = json.loads(done.stdout)
    sources = (first, second)
    links = []
    for source_a, a, source_b, b in answer["matches"]:
        links.append((sources[source_a - 1][a].id, sources[source_b - 1][b].id))
    return links, float(answer["seconds"])


def _task(first: Sequence[Row], second: Sequence[Row], windows: Windows) -> dict[str, object]:
    world = World.load()
    days = [(row.day or 0, source, n, row) for source, n, row in _numbered(first, second)]
    records = [
        (source, n, day, day, row.lat, row.lon, *_types(row, world), *_sides(row))
        for day, source, n, row in sorted(days, key=lambda record: record[:3])
    ]
    names = ["dataset", "event", "date", "enddate", "latitude", "longitude"]
    names += ["type1", "type2", "type3", "side1", "side2"]
    columns = zip(*records, strict=True)
    return {
        "datainput": dict(zip(names, (list(c) for c in columns), strict=True)),
        "names": names,
        "twindow": windows.days,
        "spatwindow": windows.km,
        "smartmatch": 1,
        "k": 2,
        "secondary": [3, 2],
        "certainty": [0, 0],
        "partial": 0,
        "weight": [1, 1],
        "episodal": 0,
        "silent": True,
    }


def _numbered(first: Sequence[Row], second: Sequence[Row]) -> Iterator[tuple[int, int, Row]]:
    for source, found in ((1, first), (2, second)):
        yield from ((source, n, row) for n, row in enumerate(found))


def _types(row: Row, world: World) -> tuple[str, str, str]:
    """The type, the one below the top of its branch, and one that all share."""
    path = world.type_path(row.type)
    return row.type, path[-2] if len(path) > 1 else path[-1], path[-1]


def _sides(row: Row) -> tuple[str, str]:
    """Both sides' actors, and one level that all share: a side that is not named is no other."""
    return "|".join(row.actors), "any"
