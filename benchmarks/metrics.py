"""How good a linking is: B-cubed, pairs, and whether probabilities mean what they say.

A partition is given as a mapping from each item to the name of its cluster. Items are accounts:
the event claims of reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Partition = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Partition, truth: Partition) -> Score:
    """B-cubed precision and recall over all items (Bagga and Baldwin, 1998).

    Of an item it is the share of its found cluster (precision) or of its true one (recall)
    that is in both; the score is the mean over the items. Raises ValueError unless both are
    partitions of the same items, and one at least.
    """
    cells, clusters, classes = _counts(found, truth)
    number = len(truth)
    if not number:
        raise ValueError("There are no items to score.")
    return Score(
        sum(n * n / clusters[c] for (c, _), n in cells.items()) / number,
        sum(n * n / classes[t] for (_, t), n in cells.items()) / number,
    )


def pairwise(found: Partition, truth: Partition) -> Score:
    """Precision and recall over all pairs of items that share a cluster.

    Precision is 1 where no pair was joined and recall 1 where none should be: nothing was done
    wrong. Raises ValueError unless both are partitions of the same items.
    """
    cells, clusters, classes = _counts(found, truth)
    both, joined, true = (sum(map(_pairs, c.values())) for c in (cells, clusters, classes))
    return Score(both / joined if joined else 1.0, both / true if true else 1.0)


def links(found: Iterable[tuple[str, str]], true: Iterable[tuple[str, str]]) -> Score:
    """Precision and recall of links between two sources; a link counts once."""
    mine, right = set(found), set(true)
    both = len(mine & right)
    return Score(both / len(mine) if mine else 1.0, both / len(right) if right else 1.0)


def calibration_error(
    probabilities: Sequence[float], is_match: Sequence[bool], bins: int = 10
) -> float:
    """Expected calibration error over `bins` bins of equal width (Naeini and others, 2015).

    In each bin it is the difference between the mean probability and the share of matches; the
    error is their mean, weighed by how many pairs a bin holds. A bin holds its lower bound, the
    last one both. Raises ValueError for no pairs, for lists of different lengths, or for a
    number that is no probability.
    """
    if len(probabilities) != len(is_match):
        raise ValueError("Every probability needs to know whether its pair is a match.")
    if not probabilities:
        raise ValueError("There are no pairs to score.")
    number = [0] * bins
    mean = [0.0] * bins
    right = [0] * bins
    for probability, match in zip(probabilities, is_match, strict=True):
        if not 0.0 <= probability <= 1.0:
            raise ValueError(f"{probability} is no probability.")
        at = min(int(probability * bins), bins - 1)
        number[at] += 1
        mean[at] += probability
        right[at] += bool(match)
    return sum(abs(m - r) for m, r in zip(mean, right, strict=True)) / len(probabilities)


def _counts(
    found: Partition, truth: Partition
) -> tuple[Counter[tuple[Hashable, Hashable]], Counter[Hashable], Counter[Hashable]]:
    if found.keys() != truth.keys():
        raise ValueError("Both partitions have to hold the same items.")
    return (
        Counter((found[item], truth[item]) for item in truth),
        Counter(found.values()),
        Counter(truth.values()),
    )


def _pairs(number: int) -> int:
    return number * (number - 1) // 2
