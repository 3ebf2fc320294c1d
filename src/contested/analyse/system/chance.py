"""Whether a loop comes more often than the order of phases would give by chance.

The null keeps every day on which something happened and how often each phase came within each
window of time, and shuffles which phase stood on which day. The p-value counts the shuffles in
which the loop came at least as often, with one added above and below (Davison and Hinkley, 1997,
Bootstrap Methods and their Application). Over many patterns the largest excess of each shuffle is
what an excess is held against (Westfall and Young, 1993, Resampling-Based Multiple Testing).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.analyse.system.loops import Bools, Ints, Pattern, counts, sequences, with_lulls


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """How the null is drawn: `window` days within which phases are shuffled, from a `seed`."""

    shuffles: int = 499
    window: int = 365
    gap: int = 60
    lull: int = 14
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """Per pattern: turns found, the mean of the shuffles, p of this pattern alone, and p among
    all that were looked at."""

    turns: Ints
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]


def against_chance(
    days: Ints,
    labels: Ints,
    patterns: Sequence[Pattern],
    violent: Bools,
    lull_label: int,
    null: Null,
) -> Tested:
    """Hold the turns of each pattern against shuffles of the same sequence.

    Counts are compared on the scale of Anscombe's square root (1948, Biometrika 35), on which
    rare and frequent patterns vary alike, so that no kind of pattern takes the maximum alone.
    """
    chance = np.random.default_rng(null.seed)
    block = (days - days[0]) // null.window if len(days) else days
    lines = [labels]
    for _ in range(null.shuffles):
        # Sorting by block, then by a random number, shuffles within blocks.
        order = np.lexsort((chance.random(len(labels)), block))
        lines.append(labels[order])
    filled = sequences([with_lulls(days, one, violent, null.lull, lull_label) for one in lines])
    found = counts(filled, patterns, null.gap)
    scale = np.sqrt(found + 0.375)
    excess = scale - scale.mean(axis=0)
    highest = excess.max(axis=1) if len(patterns) else np.zeros(len(lines))
    return Tested(
        found[0],
        found[1:].mean(axis=0),
        (found >= found[0]).mean(axis=0),
        np.array([(highest >= one - 1e-12).mean() for one in excess[0]]),
    )
