"""Which reports repeat one another's text: found by fingerprints that are kept with the record.

Each text is reduced to a few hashes of runs of five words by winnowing (Schleimer, Wilkerson and
Aiken, 2003, SIGMOD): of every four neighbouring runs the lowest hash is kept, so that whatever
two texts have in common leaves the same marks in both. Unlike MinHash, which estimates how alike
two whole texts are, the marks also find a wire report inside a longer article.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RUN_WORDS = 5
WINDOW = 4
COPY = 0.5
"""Share of the shorter text's marks that stand in the other one too."""
FEWEST = 3
"""With fewer marks in common two texts may share a phrase by chance."""
CROWD = 40
"""A mark that more reports have than these pairs only neighbours, of those that are looked at: what
`repeats` finds in a part of a record may then differ from what it finds in all of it."""
NEIGHBOURS = 3
_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

Marks = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sketch:
    """The marks of one report's text, and when it was published (an ISO day, or "")."""

    report: str
    published: str
    marks: Marks

    @property
    def order(self) -> tuple[str, str]:
        """Who was first: undated reports come last."""
        return self.published or "9", self.report


@dataclass(frozen=True, slots=True)
class Repeats:
    """That one report repeats another: `share` of the shorter one's marks are in both.

    `source` is the first report of the whole family of copies.
    """

    of: str
    share: float
    source: str


def marks(text: str) -> Marks:
    """The marks of a text, sorted; none for a text of fewer than five words."""
    words = [_hash(word) for word in _WORD.findall(text.casefold())]
    if len(words) < RUN_WORDS:
        return np.empty(0, dtype=np.uint32)
    values = np.array(words, dtype=np.uint64)
    runs = np.zeros(len(words) - RUN_WORDS + 1, dtype=np.uint64)
    for at in range(RUN_WORDS):
        runs = runs * _FACTOR + values[at : at + len(runs)]
    runs ^= runs >> np.uint64(29)
    runs *= _FACTOR
    runs >>= np.uint64(32)
    lowest = runs
    if len(runs) > WINDOW:
        # Slices beat NumPy's own window view by far on texts of a few hundred words.
        width = len(runs) - WINDOW + 1
        lowest = runs[:width]
        for at in range(1, WINDOW):
            lowest = np.minimum(lowest, runs[at : at + width])
    lowest.sort()
    new = np.ones(len(lowest), dtype=np.bool_)
    np.not_equal(lowest[1:], lowest[:-1], out=new[1:])
    return lowest[new].astype(np.uint32)


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def repeats(sketches: Sequence[Sketch]) -> dict[str, Repeats]:
    """For each report that repeats an earlier one: which, how much, and where it began.

    The answer does not depend on the order of `sketches`.
    """
    ordered = sorted(sketches, key=lambda s: s.order)
    out: dict[str, Repeats] = {}
    for n, (other, share) in sorted(_earlier(ordered).items()):
        first = ordered[other].report
        source = out[first].source if first in out else first
        out[ordered[n].report] = Repeats(first, round(share, 2), source)
    return out


def _earlier(ordered: Sequence[Sketch]) -> dict[int, tuple[int, float]]:
    """For each position the earlier one that shares most of its marks, where that is enough."""
    best: dict[int, tuple[int, float]] = {}
    for later, earlier in _candidates(ordered):
        one, other = ordered[later].marks, ordered[earlier].marks
        shorter = min(len(one), len(other))
        count = len(np.intersect1d(one, other, assume_unique=True))
        if count >= min(FEWEST, shorter) and count >= COPY * shorter:
            held = best.get(later)
            if held is None or (count / shorter, -earlier) > (held[1], -held[0]):
                best[later] = (earlier, count / shorter)
    return best


def _candidates(ordered: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Pairs (later, earlier) that share enough marks for a closer look.

    A mark that a crowd of reports has, a phrase of the trade or a wire that all carry, pairs
    each report with its neighbours in time only.
    """
    size = len(ordered)
    sizes = np.array([len(sketch.marks) for sketch in ordered], dtype=np.int64)
    if not sizes.sum():
        return []
    owner = np.repeat(np.arange(size), sizes)
    every = np.concatenate([sketch.marks for sketch in ordered])
    by_mark = np.lexsort((owner, every))
    owner, every = owner[by_mark], every[by_mark]
    _, place, holders = np.unique(every, return_inverse=True, return_counts=True)
    rare = holders[place] <= CROWD
    keys = []
    for step in range(1, CROWD):
        same = every[step:] == every[:-step]
        if step > NEIGHBOURS:
            same &= rare[step:]
        if not same.any():
            break
        keys.append(owner[step:][same] * size + owner[:-step][same])
    if not keys:
        return []
    pairs, counts = np.unique(np.concatenate(keys), return_counts=True)
    later, earlier = np.divmod(pairs, size)
    shorter = np.minimum(sizes[later], sizes[earlier])
    enough = counts >= np.minimum(FEWEST, np.maximum(1, shorter))
    return list(zip(later[enough].tolist(), earlier[enough].tolist(), strict=True))
