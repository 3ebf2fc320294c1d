"""Raw text to claims on a mixed stream of news: a tenth on conflict, the rest on anything.

The stream is made of what is at hand: weblogs, mails, reviews and questions of UD English EWT, the
news, biographies, interviews and travel of GUM, PolNeAR's political news, TR-News, and texts of
MUC-3/4 development until one sentence in ten is theirs.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.process import Run, program, run
from contested.model import Report
from evaluation.judged_texts import TEXTS
from evaluation.page import table

OTHER = ("ewt", "gum", "polnear", "tr-news")
CONFLICT = "muc4-dev"
SHARE = 0.1
JOBS = (1, 2)
SEED = 1
_END = re.compile(r"[.!?][\"'”’)]*\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Stream:
    """A folder of reports: how many on conflict and on anything, and their sentences."""

    folder: Path
    conflict: int
    other: int
    sentences: int


def sentences(report: Report) -> int:
    """How many sentences a report has, by its marks alone."""
    return len(_END.findall(report.text.strip())) + 1


@contextmanager
def laid_out(most: int | None) -> Iterator[Stream]:
    """The stream as text files, `most` of its texts on anything, gone afterwards. Raises NoData."""
    other = [report for name in OTHER for report in TEXTS[name]()]
    conflict = list(TEXTS[CONFLICT]())
    for reports in (other, conflict):
        random.Random(SEED).shuffle(reports)
    other = other[:most]
    plain = sum(map(sentences, other))
    taken: list[Report] = []
    told = 0
    for report in conflict:
        if told >= SHARE * (plain + told):
            break
        taken.append(report)
        told += sentences(report)
    with TemporaryDirectory(prefix="contested-bench-") as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        for number, report in enumerate([*other, *taken]):
            (folder / f"{number:05}.txt").write_text(report.text, encoding="utf-8")
        yield Stream(folder, len(taken), len(other), plain + told)


def measure(most: int | None) -> tuple[Stream, dict[int, Run]]:
    """Read the stream by one process and by two. Raises NoData or CommandFailed."""
    with laid_out(most) as stream:
        return stream, {jobs: _command(stream.folder, jobs) for jobs in JOBS}


def _command(folder: Path, jobs: int) -> Run:
    with TemporaryDirectory(prefix="contested-bench-") as name:
        record = str(Path(name) / "bench.sqlite")
        return run([program(), "add", str(folder), "--record", record, "--jobs", str(jobs)])


def block(stream: Stream, whole: dict[int, Run]) -> str:
    """The result as Markdown."""
    rows = [
        (
            f"`contested add --jobs {jobs}`",
            f"{one.seconds:,.1f}",
            f"{stream.sentences / one.seconds:,.0f}",
            f"{one.cpu:,.1f}",
            f"{one.megabytes:,.0f}",
        )
        for jobs, one in whole.items()
    ]
    return "\n".join(
        [
            "### A mixed stream of news",
            "",
            f"`python -m benchmarks news` on {stream.sentences:,} sentences: {stream.other:,} "
            f"texts on anything (UD English EWT and GUM, PolNeAR, TR-News) and {stream.conflict:,} "
            f"of MUC-3/4, a tenth of the sentences, on {os.cpu_count()} cores; start, loading and "
            "gathering included.",
            "",
            *table(("what", "seconds", "sentences/s", "core seconds", "peak MB"), rows),
        ]
    )
