"""Fit the weights of data/confidence.csv to claims judged by hand.

    python -m training.confidence.fit [--pages DIR]... [--write]

A logistic regression with a ridge. Each corpus counts as much as another however many of its claims
were judged, since the program is meant for reports of any kind. The ridge is the one of `RIDGES`
with the best likelihood where each corpus in turn is foretold by the others, so that nothing is
learned that holds for one kind of text only. What tells how a corpus was collected rather than how
a claim was found (`LEFT_OUT`) is no feature; nor is what fewer than `LEAST` judged claims have.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.judged import Judged, found, judgements

HERE = Path(__file__).resolve().parent
JUDGED = HERE / "judged.csv"
TABLE = HERE.parents[1] / "src" / "contested" / "data" / "confidence.csv"
RIDGES = (2.0, 4.0, 8.0, 16.0, 32.0)
LEAST = 15
LEFT_OUT = frozenset({"undated report"})
SAME = {"gum": "ewt"}
"""Corpora that count as one: both are treebanks of texts on anything."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Data:
    """Judged claims as numbers: features [claim, feature], whether right, how much each counts."""

    names: tuple[str, ...]
    features: Floats
    right: Floats
    weight: Floats
    corpus: NDArray[np.str_]


def data_of(rows: Sequence[Judged]) -> Data:
    """The judged claims in numbers."""
    counted = Counter(name for row in rows for name in row.evidence)
    names = ("any", *sorted(n for n, c in counted.items() if c >= LEAST and n not in LEFT_OUT))
    names = tuple(dict.fromkeys(names))
    corpora = np.array([SAME.get(r.judgement.corpus, r.judgement.corpus) for r in rows])
    sizes = Counter(corpora.tolist())
    return Data(
        names,
        np.array([[row.evidence.get(name, 0.0) for name in names] for row in rows]),
        np.array([float(row.judgement.right) for row in rows]),
        np.array([len(rows) / len(sizes) / sizes[name] for name in corpora.tolist()]),
        corpora,
    )


def fitted(features: Floats, right: Floats, weight: Floats, ridge: float) -> Floats:
    """Weights by Newton's method; the first feature, which all have, has no ridge to speak of."""
    weights = np.zeros(features.shape[1])
    penalty = np.full(len(weights), ridge)
    penalty[0] = 1e-3
    for _ in range(50):
        chance = _chances(features, weights)
        slope = features.T @ (weight * (chance - right)) + penalty * weights
        curve = (features.T * (weight * chance * (1 - chance))) @ features + np.diag(penalty)
        step: Floats = np.linalg.solve(curve, slope).astype(np.float64)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _chances(features: Floats, weights: Floats) -> Floats:
    out: Floats = 1.0 / (1.0 + np.exp(-(features @ weights)))
    return out


def foretold(data: Data, ridge: float) -> Floats:
    """The chance of each claim by weights that its own corpus had no part in."""
    out = np.zeros(len(data.right))
    for name in np.unique(data.corpus):
        others = data.corpus != name
        weights = fitted(data.features[others], data.right[others], data.weight[others], ridge)
        out[~others] = _chances(data.features[~others], weights)
    return out


def surprise(chance: Floats, data: Data) -> float:
    """Mean negative log likelihood, each corpus counting as much as another."""
    sure = np.clip(chance, 0.01, 0.99)
    each = data.right * np.log(sure) + (1 - data.right) * np.log(1 - sure)
    return float(-(data.weight * each).mean())


def main() -> None:
    """Fit, say how well each ridge does, and write the table where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m training.confidence.fit")
    parser.add_argument("--pages", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    args = parser.parse_args()
    here = found(judgements(JUDGED), args.pages, print)
    data = data_of(here.rows)
    print(f"{len(data.right)} claims, {here.lost} made otherwise now, {len(data.names)} features")
    losses = {ridge: surprise(foretold(data, ridge), data) for ridge in RIDGES}
    for ridge, loss in losses.items():
        print(f"ridge {ridge:5}: {loss:.4f}")
    weights = fitted(data.features, data.right, data.weight, min(losses, key=losses.__getitem__))
    if args.write:
        _write(data, weights)


def _write(data: Data, weights: Floats) -> None:
    counts = (data.features != 0).sum(axis=0)
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("feature", "weight", "claims"))
        for name, weight, count in zip(data.names, weights, counts, strict=True):
            out.writerow((name, f"{weight:.3f}", int(count)))


if __name__ == "__main__":
    main()
