"""``contested add`` over a corpus: the whole command, and its stages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import Run, program, run
from benchmarks.stages import Timed, by_stage, spacy_alone
from benchmarks.texts import Texts, laid_out
from evaluation.page import table
from evaluation.peers import peers

SMALL = "en_core_web_sm"
JOBS = (1, 2)


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured over one folder of texts."""

    texts: Texts
    timed: Timed
    alone: float
    small: float | None
    whole: dict[int, Run]


def measure(corpus: Path, most: int | None) -> Result:
    """Read the texts of `corpus` by every way. Raises NoData or CommandFailed."""
    with laid_out(corpus, most) as texts:
        timed = by_stage(texts.folder)
        alone = spacy_alone(texts.folder)
        if alone is None:
            raise RuntimeError("the bundled language pipeline is not in the package")
        whole = {jobs: _command(texts.folder, jobs) for jobs in JOBS}
        return Result(texts, timed, alone, spacy_alone(texts.folder, SMALL), whole)


def _command(folder: Path, jobs: int) -> Run:
    with TemporaryDirectory(prefix="contested-bench-") as name:
        record = str(Path(name) / "bench.sqlite")
        command = [program(), "add", str(folder), "--record", record, "--jobs", str(jobs)]
        return run(command)


def block(result: Result) -> str:
    """The result as Markdown."""
    timed = result.timed
    head = [
        "### Reading reports in",
        "",
        f"`python -m benchmarks add` on {result.texts.count:,} texts of MUC-3/4 "
        f"({timed.sentences:,} sentences, {timed.words:,} words; SHA-256 "
        f"`{result.texts.sha256[:12]}`), {timed.claims:,} claims, {timed.incidents:,} incidents, "
        f"on {os.cpu_count()} cores. Ratios are to the bundled spaCy pipeline alone, which only "
        "parses.",
        "",
        *table(("what", "seconds", "sentences/s", "words/s", "ratio", "peak MB"), _rows(result)),
        "",
    ]
    others = peers("add", "parse_sentences")
    if result.small is None:
        head.append(f"`{SMALL}` is not installed here and was skipped.")
    head.append(f"Others, on their machines: {others}.")
    return "\n".join(head)


def _rows(result: Result) -> list[tuple[str, ...]]:
    rows = [_row(result, "bundled spaCy pipeline alone", result.alone)]
    if result.small is not None:
        rows.append(_row(result, f"{SMALL} alone", result.small))
    for stage in result.timed.stages:
        name = f"stage: {stage.name}" + (f" ({stage.note})" if stage.note else "")
        rows.append(_row(result, name, stage.seconds))
    rows.append(_row(result, "all stages", result.timed.total))
    for jobs, whole in result.whole.items():
        name = f"`contested add --jobs {jobs}`, start and loading included"
        rows.append((*_row(result, name, whole.seconds)[:-1], f"{whole.megabytes:,.0f}"))
    return rows


def _row(result: Result, name: str, seconds: float) -> tuple[str, ...]:
    seconds = max(seconds, 1e-9)
    return (
        name,
        f"{seconds:,.2f}",
        f"{result.timed.sentences / seconds:,.0f}",
        f"{result.timed.words / seconds:,.0f}",
        f"{seconds / result.alone:.2f}",
        "",
    )
