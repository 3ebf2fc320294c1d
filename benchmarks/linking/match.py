"""Two sources matched side by side in one run: MELTT, plain Splink, ours."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import HELD_BACK_SEED, TRAIN_SEED
from benchmarks.linking import meltt, ours, plain
from benchmarks.linking.sources import TwoSources, enough, two_sources
from benchmarks.metrics import Score, links
from evaluation.page import table

SIZES = (5_000, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Matched:
    """What one linker made of the two-source task of one size."""

    size: int
    linker: str
    score: Score
    seconds: float


def measure(ucdp: Path, checkout: Path | None, sizes: Sequence[int] = SIZES) -> list[Matched]:
    """Every linker at every size; MELTT only with a checkout. Raises NoData, CommandFailed.

    Plain Splink's threshold is chosen on a training set of each size; MELTT's windows, which do
    not depend on the size, on the smallest.
    """
    windows: meltt.Windows | None = None
    out = []
    for size in sizes:
        train = two_sources(size, enough(size, TRAIN_SEED, ucdp=ucdp))
        data = two_sources(size, enough(size, HELD_BACK_SEED, ucdp=ucdp))
        if checkout is not None:
            windows = windows or _windows(train, checkout)
            found, seconds = meltt.matched(checkout, data.first, data.second, windows)
            out.append(Matched(size, "MELTT", links(found, data.links), seconds))
        out.append(_plain(data, size, _threshold(train)))
        began = time.perf_counter()
        groups = ours.groups(data.claims, data.reports)
        seconds = time.perf_counter() - began
        out.append(Matched(size, "ours", links(data.linked(groups), data.links), seconds))
    return out


def _plain(data: TwoSources, size: int, threshold: float) -> Matched:
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        groups = plain.matched(data.first, data.second).clusters(threshold)
    seconds = time.perf_counter() - began
    return Matched(size, "plain Splink", links(data.linked(groups), data.links), seconds)


def _threshold(train: TwoSources) -> float:
    with contextlib.redirect_stdout(io.StringIO()):
        weighed = plain.matched(train.first, train.second)
        tried = {t: _f1(train, train.linked(weighed.clusters(t))) for t in plain.TRIALS}
    return max(tried, key=lambda t: tried[t])


def _windows(train: TwoSources, checkout: Path) -> meltt.Windows:
    found = {
        windows: _f1(train, meltt.matched(checkout, train.first, train.second, windows)[0])
        for windows in meltt.TRIED
    }
    return max(found, key=lambda windows: found[windows])


def _f1(data: TwoSources, found: Iterable[tuple[str, str]]) -> float:
    return links(found, data.links).f1


def block(results: Sequence[Matched]) -> str:
    """The results as Markdown."""
    rows = [
        (
            f"{one.size:,}",
            one.linker,
            f"{one.score.precision:.3f}",
            f"{one.score.recall:.3f}",
            f"{one.score.f1:.3f}",
            f"{one.seconds:,.1f}",
        )
        for one in results
    ]
    missing = all(one.linker != "MELTT" for one in results)
    left_out = " MELTT was left out: give `--meltt`, a checkout of its repository." * missing
    return "\n".join(
        [
            "### Matching two sources",
            "",
            "`python -m benchmarks match --meltt FOLDER`: events in two generated sources together,"
            f" each with a day and a point, no incident twice in one source (seed {HELD_BACK_SEED};"
            f" thresholds and windows from seed {TRAIN_SEED}). All in one run; MELTT's seconds are "
            f"those of its published matching core alone.{left_out}",
            "",
            *table(("events", "linker", "precision", "recall", "F1", "seconds"), rows),
        ]
    )
