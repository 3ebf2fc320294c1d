"""Fit the weights for reports of data/relevance.csv: which reports are worth reading.

    python -m training.relevance [--write]

Labels are the program's own: whether reading a whole text gives a claim on an event, casualties,
responsibility, an agreement, a statistic or a relation. Texts are those that weights may be fitted
to: MUC-3/4 development, the treebanks, PLOVER's sentences, the packaged sample. Each counts by the
root of its claims, or of its length where it has none. Half of them stay out and tell how many
claims are kept at the threshold.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from contested.extract.relevance import ARMED, FIGHTERS, SENTENCE, SHORT, THRESHOLD, features
from contested.extract.relevance_words import weights as packaged
from evaluation.judged_texts import TEXTS
from evaluation.reading import whole_reader

TABLE = Path(__file__).resolve().parents[1] / "src" / "contested" / "data" / "relevance.csv"
CORPORA = ("muc4-dev", "ewt", "gum", "plover", "sample")
TOLD = frozenset(("event", "casualties", "responsibility", "agreement", "statistic", "relation"))
CUT = -1.0
"""Log odds below which a report is not read."""
RIDGE = 1.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in numbers, with its claims: all, and those on what happened."""

    features: dict[str, float]
    claims: int
    told: int
    words: int

    @property
    def weight(self) -> float:
        """How much it counts in the fit."""
        return math.sqrt(self.told) if self.told else 0.5 * math.sqrt(self.words / 20)


def texts(corpus: str) -> list[Text]:
    """The texts of a corpus, each read whole."""
    reader = whole_reader()
    out = []
    for report in TEXTS[corpus]():
        seen = reader.glance(report.text)
        found = reader.extract(report).claims
        told = sum(claim.kind in TOLD for claim in found)
        out.append(Text(features(seen), len(found), told, sum(one.words for one in seen)))
    return out


def matrix(rows: list[Text], names: list[str]) -> Floats:
    """Texts by features."""
    return np.array([[row.features.get(name, 0.0) for name in names] for row in rows])


def fitted(rows: list[Text], names: list[str]) -> Floats:
    """Weights of a logistic regression with a ridge."""
    x = matrix(rows, names)
    y = np.array([float(row.told > 0) for row in rows])
    weight = np.array([row.weight for row in rows])

    def loss(b: Floats) -> tuple[float, Floats]:
        z = x @ b
        slope = x.T @ (weight * (1 / (1 + np.exp(-z)) - y)) + RIDGE * b
        return float((weight * (np.logaddexp(0, z) - y * z)).sum() + RIDGE * (b @ b) / 2), slope

    out: Floats = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return out


def main() -> None:
    """Fit on half, say what is kept of the other half, and write the table where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m training.relevance")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    args = parser.parse_args()
    read = {name: texts(name) for name in CORPORA}
    half = [row for rows in read.values() for row in rows[::2]]
    names = sorted({name for row in half for name in row.features})
    weights = fitted(half, names)
    for name, rows in read.items():
        rest = rows[1::2]
        passed = [
            row
            for row, odds in zip(rest, matrix(rest, names) @ weights, strict=True)
            if odds >= CUT or row.words < SHORT or {ARMED, FIGHTERS} & row.features.keys()
        ]
        claims, words = sum(r.claims for r in rest), sum(r.words for r in rest)
        print(
            f"{name:10} {len(passed)}/{len(rest)} texts, "
            f"{sum(r.claims for r in passed)}/{claims} claims, "
            f"{sum(r.words for r in passed) / words:.1%} of the words"
        )
    if args.write:
        everything = [row for rows in read.values() for row in rows]
        found = zip(names, fitted(everything, names).tolist(), strict=True)
        replace_weights({THRESHOLD: CUT, **dict(found)}, "")


def replace_weights(found: Mapping[str, float], group: str) -> None:
    """Write the table with these weights instead of those of their group, for reports or for
    sentences; weights that are next to nothing are left out."""
    old = {n: w for n, w in packaged().items() if n.startswith(SENTENCE) != (group == SENTENCE)}
    rows = sorted({**old, **found}.items())
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("feature", "weight"))
        out.writerows((name, f"{weight:.3f}") for name, weight in rows if abs(weight) >= 0.005)


if __name__ == "__main__":
    main()
