"""Loops in made records: how often one is found where there is none, and where one was planted.

Nothing here comes from a corpus: records are made from a seed, so that what is in them is known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evaluation.measure import Figure, Measured, Options, Say, digest_of

MADE, SHUFFLES = 100, 99
SEED = 20251011
YEARS = 5
LEVEL = 0.05
PHASES = ("attack", "airstrike", "border fighting", "operation", "ceasefire", "collapse", "lull")
MIX = (0.45, 0.13, 0.13, 0.15, 0.08, 0.06)
PLANTED = (0, 1, 2, 4)
TURNS = 12

Ints = NDArray[np.int64]
Made = tuple[Ints, Ints]


def measure(options: Options, say: Say) -> Measured:
    """False alarms over records without a loop, of which half come in bursts, and the share of
    records with a planted loop in which it is found; both with half as many turns."""
    number = options.limit or MADE
    chance = np.random.default_rng(SEED)
    alarms = sum(_alarm(_burst(chance) if n % 2 else _even(chance), n) for n in range(number))
    say(f"false alarms: {alarms} of {number}")
    found = sum(_hit(_planted(chance, TURNS), n) for n in range(number))
    say(f"planted {TURNS} turns: found in {found} of {number}")
    half = sum(_hit(_planted(chance, TURNS // 2), n) for n in range(number))
    say(f"planted {TURNS // 2} turns: found in {half} of {number}")
    loop = " → ".join(PHASES[step] for step in (*PLANTED, PLANTED[0]))
    return Measured(
        measure="system",
        title="Loops in the record of phases",
        command="python -m evaluation system",
        data=f"{3 * number} records of {YEARS} years made from seed {SEED}",
        sha256=digest_of([("seed", str(SEED)), ("made", str(MADE)), ("shuffles", str(SHUFFLES))]),
        figures=(
            Figure(
                "alarms", 100 * alarms / number, f"a loop where there is none (p {LEVEL})",
                better="lower",
            ),
            Figure("found", 100 * found / number, f"planted, {TURNS} turns: found"),
            Figure("found_half", 100 * half / number, f"planted, {TURNS // 2} turns: found"),
        ),
        notes=(
            f"Any loop of two to four of {len(PHASES)} phases counts as an alarm. Planted: {loop}, "
            "two to twelve days a step, among as many other happenings as in the others.",
        ),
        whole=options.limit is None,
    )  # fmt: skip


def _even(chance: np.random.Generator) -> Made:
    """Happenings of every day alike, phases at random; their mix differs from year to year."""
    days = np.sort(chance.integers(1, 365 * YEARS, 150))
    return days, _phases(chance, days)


def _burst(chance: np.random.Generator) -> Made:
    """The same in bursts: weeks with much in them, and weeks with nothing."""
    middles = chance.integers(1, 365 * YEARS, 25)
    days = chance.choice(middles, 150) + chance.integers(0, 15, 150)
    days = np.sort(days)
    return days, _phases(chance, days)


def _phases(chance: np.random.Generator, days: Ints) -> Ints:
    """A mix of phases of its own for each year, but the order of them by chance alone."""
    mixes = chance.dirichlet(20 * np.array(MIX), YEARS + 1)
    year = np.minimum(days // 365, YEARS)
    upto = np.cumsum(mixes, axis=1)[year]
    labels = (chance.random((len(days), 1)) >= upto[:, :-1]).sum(axis=1)
    return np.asarray(labels, dtype=np.int64)


def _planted(chance: np.random.Generator, turns: int) -> Made:
    """A record without a loop, into which so many turns of one are put."""
    days, labels = _even(chance)
    starts = np.sort(chance.choice(np.arange(1, 365 * YEARS - 60, 60), turns, replace=False))
    put = [start + np.cumsum([0, *chance.integers(2, 13, len(PLANTED))]) for start in starts]
    closed = [*PLANTED, PLANTED[0]]
    whole = np.concatenate((days, *put))
    order = np.argsort(whole, kind="stable")
    return whole[order], np.concatenate((labels, np.array(closed * turns)))[order]


def _tested(made: Made, seed: int) -> tuple[list[tuple[int, ...]], NDArray[np.float64]]:
    from contested.analyse.system.chance import Null, against_chance
    from contested.analyse.system.loops import cycles

    patterns = cycles(range(len(PHASES)), 4)
    violent = np.array([name in PHASES[:4] for name in PHASES])
    null = Null(shuffles=SHUFFLES, seed=seed)
    found = against_chance(*made, patterns, violent, PHASES.index("lull"), null)
    return patterns, found.adjusted


def _alarm(made: Made, seed: int) -> bool:
    return bool((_tested(made, seed)[1] <= LEVEL).any())


def _hit(made: Made, seed: int) -> bool:
    patterns, adjusted = _tested(made, seed)
    return bool(adjusted[patterns.index(PLANTED)] <= LEVEL)
