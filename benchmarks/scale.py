"""A record of a million claims: gathering its incidents, and adding a hundred reports to it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import HELD_BACK_SEED, Generated, Options, generate
from benchmarks.generate.folder import write
from benchmarks.generate.reports import METHOD
from benchmarks.process import Run, run
from contested.model import Claim, Report
from contested.record import SqlStore
from evaluation.page import table

FEWEST_CLAIMS_A_REPORT = 2.5
"""Fewer than a generated report has on average: enough reports are asked for."""
NEW = 100
TIMED = """
import json, sys, time
from pathlib import Path
from contested.pipeline import Record
path, out, *added = sys.argv[1:]
with Record.open(path, create=False) as record:
    began = time.perf_counter()
    if added:
        summary = record.add(added)
        result = {"reports": sum(summary.reports.values()), "incidents": summary.incidents}
    else:
        record.gather()
        result = {"incidents": sum(record.counts().incidents.values())}
    result["seconds"] = time.perf_counter() - began
Path(out).write_text(json.dumps(result))
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to the record: its own seconds, and its process."""

    name: str
    seconds: float
    process: Run
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on a record of so many reports and claims."""

    reports: int
    claims: int
    steps: tuple[Step, ...]


def measure(claims: int, ucdp: Path, cache: Path) -> Result:
    """Gather a record of `claims` claims from nothing, then add reports to it.

    The record is built once and kept in `cache`; what is measured is done to a copy. Raises
    NoData, CommandFailed or RecordError.
    """
    built = build(claims, ucdp, cache)
    with SqlStore.open(built, create=False) as store:
        counts = store.counts()
    with TemporaryDirectory(prefix="contested-bench-", dir=cache) as name:
        folder, record = Path(name) / "reports", Path(name) / "record.sqlite"
        shutil.copyfile(built, record)
        write(new_reports(claims, ucdp), folder)
        steps = (
            _timed("gather all incidents from nothing", record),
            _timed(f"add {NEW} reports to it", record, folder),
        )
    return Result(counts.reports, sum(counts.claims.values()), steps)


def build(claims: int, ucdp: Path, cache: Path) -> Path:
    """The record of at least `claims` claims in `cache`, made if it is not there yet."""
    path = cache / f"generated-{HELD_BACK_SEED}-{claims}.sqlite"
    if path.exists():
        return path
    cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="building-", dir=cache) as name:
        unfinished = Path(name) / path.name
        with SqlStore.open(unfinished) as store:
            store.add_many(_first(claims, ucdp), method=METHOD)
        unfinished.rename(path)
    return path


def new_reports(claims: int, ucdp: Path) -> Iterator[Generated]:
    """The reports that come next after those of a record of `claims` claims."""
    stream = generate(_options(claims, ucdp))
    told = 0
    for each in stream:
        told += len(each.claims)
        if told >= claims:
            break
    return itertools.islice(stream, NEW)


def _first(claims: int, ucdp: Path) -> Iterator[tuple[Report, bytes, tuple[Claim, ...]]]:
    told = 0
    for report, original, found, _ in generate(_options(claims, ucdp)):
        yield report, original, found
        told += len(found)
        if told >= claims:
            return


def _options(claims: int, ucdp: Path) -> Options:
    reports = int(claims / FEWEST_CLAIMS_A_REPORT) + 2 * NEW
    return Options(reports=reports, seed=HELD_BACK_SEED, ucdp=ucdp)


def _timed(name: str, record: Path, *added: Path) -> Step:
    out = record.with_name("seconds.json")
    process = run([sys.executable, "-c", TIMED, str(record), str(out), *map(str, added)])
    result = json.loads(out.read_text("utf-8"))
    return Step(name, result["seconds"], process, f"{result['incidents']:,} incidents")


def block(result: Result) -> str:
    """The result as Markdown."""
    rows = [
        (
            step.name,
            f"{step.seconds:,.1f}",
            f"{step.process.seconds:,.1f}",
            f"{step.process.megabytes:,.0f}",
            step.note,
        )
        for step in result.steps
    ]
    return "\n".join(
        [
            "### A large record",
            "",
            f"`python -m benchmarks scale`: a record of {result.reports:,} generated reports with "
            f"{result.claims:,} claims, on {os.cpu_count()} cores. Seconds are those of the call; "
            "the process adds starting and opening the record. Peak memory is that of the largest "
            "process.",
            "",
            *table(("what", "seconds", "process", "peak MB", "result"), rows),
        ]
    )
