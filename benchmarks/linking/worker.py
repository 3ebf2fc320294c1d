"""One linker on one generated set, in a process of its own: its seconds and its peak memory."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import HELD_BACK_SEED, TRAIN_SEED, Options
from benchmarks.linking import ours, plain
from benchmarks.linking.sets import LinkingSet, gathered, rows
from benchmarks.metrics import b_cubed, calibration_error, pairwise
from benchmarks.process import run


@dataclass(slots=True)
class Linked:
    """What one linker made of a set. `megabytes` is the peak of its process, the set included;
    `calibration` the expected calibration error over the pairs that it weighed."""

    linker: str
    seconds: float
    b_precision: float
    b_recall: float
    b_f1: float
    precision: float
    recall: float
    f1: float
    accounts: int
    clusters: int
    true_clusters: int
    calibration: float | None = None
    note: str = ""
    megabytes: float = 0.0


def measured(linker: str, reports: int, ucdp: Path) -> Linked:
    """Run `linker` (a key of `LINKERS`) over `reports` reports. Raises CommandFailed."""
    with TemporaryDirectory(prefix="contested-bench-") as folder:
        out = Path(folder) / "linked.json"
        command = [sys.executable, "-m", "benchmarks.linking.worker", linker, str(reports)]
        done = run([*command, str(ucdp), str(out)])
        linked = Linked(**json.loads(out.read_text("utf-8")))
    linked.megabytes = done.megabytes
    return linked


def _ours(options: Options) -> Linked:
    data = gathered(options)
    began = time.perf_counter()
    groups = ours.groups(data.claims, data.reports)
    seconds = time.perf_counter() - began
    weighed = list(ours.probabilities(data.claims, data.reports))
    return _scored("ours", groups, data, seconds, weighed)


def _plain(options: Options) -> Linked:
    """The threshold is the best one on a set of the same size and the training seed."""
    train = gathered(Options(reports=options.reports, seed=TRAIN_SEED, ucdp=options.ucdp))
    weighed = plain.linked(list(rows(train.claims, train.truth)))
    tried = {t: b_cubed(weighed.clusters(t), train.truth).f1 for t in plain.TRIALS}
    threshold = max(tried, key=lambda t: tried[t])
    del weighed, train
    data = gathered(options)
    table = list(rows(data.claims, data.truth))
    began = time.perf_counter()
    found = plain.linked(table)
    groups = found.clusters(threshold)
    seconds = time.perf_counter() - began
    linked = _scored("plain Splink", groups, data, seconds, found.probabilities())
    linked.note = f"threshold {threshold:g}"
    return linked


LINKERS: dict[str, Callable[[Options], Linked]] = {"ours": _ours, "plain": _plain}


def _scored(
    name: str,
    groups: dict[str, str],
    data: LinkingSet,
    seconds: float,
    weighed: Sequence[tuple[str, str, float]],
) -> Linked:
    cubed, pairs = b_cubed(groups, data.truth), pairwise(groups, data.truth)
    right = [data.truth[a] == data.truth[b] for a, b, _ in weighed]
    error = calibration_error([p for _, _, p in weighed], right) if weighed else None
    return Linked(
        linker=name,
        seconds=seconds,
        b_precision=cubed.precision,
        b_recall=cubed.recall,
        b_f1=cubed.f1,
        precision=pairs.precision,
        recall=pairs.recall,
        f1=pairs.f1,
        accounts=len(groups),
        clusters=len(set(groups.values())),
        true_clusters=len(set(data.truth.values())),
        calibration=error,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one linker and write what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking.worker")
    parser.add_argument("linker", choices=tuple(LINKERS))
    parser.add_argument("reports", type=int)
    parser.add_argument("ucdp", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args(argv)
    options = Options(reports=args.reports, seed=HELD_BACK_SEED, ucdp=args.ucdp)
    with contextlib.redirect_stdout(io.StringIO()):  # Splink tells its progress there
        linked = LINKERS[args.linker](options)
    args.out.write_text(json.dumps(asdict(linked)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
