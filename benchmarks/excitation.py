"""Hawkes processes of six dimensions: how close a fit comes and how long it takes.

Beside it `tick` and `hawkeslib`, where an interpreter that has both is named. tick takes the decay
as given, so it is given the true one, which no user has; its likelihood fit stops with an error on
these processes or returns no numbers, so its fit by least squares is taken.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.process import CommandFailed
from contested.analyse.hawkes import (
    Baseline,
    FitOptions,
    Points,
    Process,
    fit_with,
    simulate,
    spectral_radius,
)
from contested.analyse.hawkes.process import Floats
from evaluation.page import table

SIZES = (10_000, 100_000)
SEEDS = tuple(range(10))
DECAY = 0.8
BASE = (0.30, 0.25, 0.20, 0.20, 0.30, 0.25)
EXCITATION = (
    (0.30, 0.20, 0.00, 0.00, 0.00, 0.05),
    (0.15, 0.25, 0.10, 0.00, 0.00, 0.00),
    (0.00, 0.10, 0.35, 0.10, 0.00, 0.00),
    (0.00, 0.00, 0.15, 0.30, 0.10, 0.00),
    (0.10, 0.00, 0.00, 0.05, 0.25, 0.15),
    (0.00, 0.00, 0.10, 0.00, 0.20, 0.30),
)
MATRIX = {10_000: 0.12, 100_000: 0.06}
SECONDS = {10_000: 1.0, 100_000: 5.0}
RADIUS, DECAYS = 0.05, 0.10
PEERS = {
    "tick, least squares": """
import json, sys, time
import numpy as np
from tick.hawkes import HawkesExpKern
task = json.load(sys.stdin)
times, marks = np.array(task["times"]), np.array(task["marks"])
series = [times[marks == m] for m in range(task["dimensions"])]
learner = HawkesExpKern(task["decay"], penalty="none", max_iter=1000)
began = time.perf_counter()
learner.fit([series])
seconds = time.perf_counter() - began
told = {"seconds": seconds, "excitation": learner.adjacency.tolist(), "decay": None}
""",
    "hawkeslib": """
import json, sys, time
import numpy as np
from hawkeslib import MultivariateExpHawkesProcess
task = json.load(sys.stdin)
times, marks = np.array(task["times"]), np.array(task["marks"])
learner = MultivariateExpHawkesProcess()
began = time.perf_counter()
learner.fit(times, marks, task["length"])
seconds = time.perf_counter() - began
_, excitation, decay = learner.get_params()
told = {"seconds": seconds, "excitation": excitation.T.tolist(), "decay": float(decay)}
""",
}
TOLD = "json.dump(told, sys.stdout)"
FIRST = """
import time
began = time.perf_counter()
from benchmarks.excitation import fitted, made
points = made(10_000, 0)
before = time.perf_counter()
fitted(points)
print(before - began, time.perf_counter() - before)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One fit: how far each part is from the truth, and the seconds it took."""

    fitter: str
    size: int
    largest: float
    relative: float
    radius: float
    decay: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All fits, and what the first fit of a new process takes, compiled or not."""

    runs: Sequence[Run]
    first: float


def measure(peers: str | None, sizes: Sequence[int] = SIZES) -> Measured:
    """Every size and seed, by our fit, and by the others where `peers` names an interpreter.

    Raises CommandFailed.
    """
    runs = []
    for size in sizes:
        for seed in SEEDS:
            points = made(size, seed)
            runs.append(_ours(points, size))
            if peers:
                runs += [_peer(peers, name, points, size) for name in PEERS]
    return Measured(runs, float(_out([sys.executable, "-c", FIRST], "").split()[1]))


def made(size: int, seed: int) -> Points:
    """About `size` events of the process that is to be found again."""
    excitation = np.array(EXCITATION)
    length = size / float(np.linalg.solve(np.eye(len(BASE)) - excitation, BASE).sum())
    truth = Process(
        Baseline.equal(length, 1), np.array(BASE)[:, None], excitation, np.full(len(BASE), DECAY)
    )
    return simulate(truth, length, np.random.default_rng(seed))


def fitted(points: Points) -> Process:
    """The fit, with one level of the baseline as in the truth."""
    return fit_with(points, Baseline.equal(points.length, 1), FitOptions()).process


def _ours(points: Points, size: int) -> Run:
    began = time.perf_counter()
    found = fitted(points)
    seconds = time.perf_counter() - began
    return _run("ours", size, found.excitation, float(found.decay[0]), seconds)


def _peer(python: str, name: str, points: Points, size: int) -> Run:
    task = {
        "times": points.times.tolist(),
        "marks": points.marks.tolist(),
        "dimensions": points.dimensions,
        "length": points.length,
        "decay": DECAY,
    }
    told = json.loads(_out([python, "-W", "ignore", "-c", PEERS[name] + TOLD], json.dumps(task)))
    return _run(name, size, np.array(told["excitation"]), told["decay"], told["seconds"])


def _out(command: Sequence[str], given: str) -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{command[0]} failed: {done.stderr[-500:]}")
    return done.stdout


def _run(fitter: str, size: int, found: Floats, decay: float | None, seconds: float) -> Run:
    truth = np.array(EXCITATION)
    return Run(
        fitter,
        size,
        float(np.abs(found - truth).max()),
        float(np.linalg.norm(found - truth) / np.linalg.norm(truth)),
        abs(spectral_radius(found) - spectral_radius(truth)),
        None if decay is None else abs(decay / DECAY - 1),
        seconds,
    )


def block(measured: Measured) -> str:
    """The result as Markdown."""
    groups: dict[tuple[int, str], list[Run]] = {}
    for run in measured.runs:
        groups.setdefault((run.size, run.fitter), []).append(run)
    rows = [_row(size, fitter, runs) for (size, fitter), runs in groups.items()]
    return "\n".join(
        [
            "### Hawkes processes: recovery and speed",
            "",
            f"`python -m benchmarks hawkes` on {len(SEEDS)} simulated processes of each size, six "
            f"dimensions, 36 entries of the branching matrix, spectral radius "
            f"{spectral_radius(np.array(EXCITATION)):.3f}: the median and (in brackets) the worst. "
            "Largest: of the entries' absolute errors. Relative: Frobenius norm of the error over "
            "that of the matrix. Held: all of largest at most 0.12 (10,000 events) or 0.06 "
            "(100,000), radius within 0.05, decay within 10%, at most 1 s or 5 s. Seconds are of "
            "a fit in a running process; nothing is compiled at run time, and the first fit of "
            f"10,000 events in a new process, which also imports SciPy, took "
            f"{measured.first:.2f} s. The others, where they stand here, were fitted to the same "
            "events: tick 0.8.0.2, which estimates no decay and was given the true one, by "
            "least squares (its likelihood fit failed), and hawkeslib 0.2.2 by its EM.",
            "",
            *table(
                (
                    "events", "fit", "largest", "relative", "radius", "decay", "seconds", "held",
                ),
                rows,
            ),
        ]
    )  # fmt: skip


def _row(size: int, fitter: str, runs: Sequence[Run]) -> tuple[str, ...]:
    decays = [run.decay for run in runs if run.decay is not None]
    held = sum(_held(run) for run in runs)
    return (
        f"{size:,}",
        fitter,
        _both([run.largest for run in runs], ".3f"),
        _both([run.relative for run in runs], ".3f"),
        _both([run.radius for run in runs], ".3f"),
        _both(decays, ".1%") if decays else "given",
        _both([run.seconds for run in runs], ".2f"),
        f"{held} of {len(runs)}",
    )


def _both(values: Sequence[float], form: str) -> str:
    return f"{statistics.median(values):{form}} ({max(values):{form}})"


def _held(run: Run) -> bool:
    return (
        run.largest <= MATRIX.get(run.size, 1.0)
        and run.radius <= RADIUS
        and (run.decay is None or run.decay <= DECAYS)
        and run.seconds <= SECONDS.get(run.size, 60.0)
    )
