"""Fit the weights for sentences of data/relevance.csv: which paragraphs of a report to read.

    python -m training.relevance_sentences [--write]

A sentence is labelled by whether the program makes a claim of it when it reads the whole text.
Texts are the longer ones of MUC-3/4 development and the treebanks. Half of them stay out and tell,
at several thresholds, how many claims lie in paragraphs that are still read, and how many of the
words that the look at reports leaves are.
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy.optimize import minimize

from contested.extract.relevance import (
    ARMED,
    FIGHTERS,
    SENTENCE,
    SHORT,
    THRESHOLD,
    Piece,
    Relevance,
    features_of_report,
    features_of_sentence,
    sentences,
)
from contested.extract.relevance_words import weights
from contested.model import Report
from evaluation.judged_texts import TEXTS
from evaluation.reading import whole_reader
from training.relevance import Floats, replace_weights

CORPORA = {"muc4-dev": 4, "ewt": 1, "gum": 1}
"""Corpora, and that every so many texts of each are read."""
CUTS = (-1.75, -2.0, -2.25, -2.5, -3.0)
CUT = -2.5
"""Log odds below which no sentence is worth its paragraph."""
RIDGE = 1.0
LEAST = 5
"""A feature of fewer sentences gets no weight."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text: its paragraphs, the sentences in numbers, how many claims each gives, and the first
    and last paragraph of each claim."""

    text: str
    pieces: list[Piece]
    rows: list[dict[str, float]]
    told: list[int]
    claims: list[tuple[int, int]]


def text_of(report: Report) -> Text | None:
    """A report read whole; None where it is so short that it always is."""
    reader = whole_reader()
    text = report.text
    pieces = reader.pieces(text)
    look = Relevance(weights())
    seen = [look.look(text, piece) for piece in pieces]
    if sum(one.words for one in seen) < SHORT:
        return None
    fought = any({ARMED, FIGHTERS} & one.counts.keys() for one in seen)
    whole = features_of_report(seen, fought)
    parts = [part for piece in pieces for part in sentences(text, piece)]
    rows = [{**whole, **features_of_sentence(look.look(text, part))} for part in parts]
    told = [0] * len(parts)
    claims = []
    starts, begun = [part.start for part in parts], [piece.start for piece in pieces]
    for claim in reader.extract(report).claims:
        for n in range(*_held(starts, claim.start, claim.end)):
            told[n] += 1
        claims.append(_held(begun, claim.start, claim.end))
    return Text(text, pieces, rows, told, [(first, last - 1) for first, last in claims])


def _held(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    return max(bisect_right(starts, start) - 1, 0), bisect_right(starts, end - 1)


def fitted(texts: Sequence[Text]) -> dict[str, float]:
    """Weights of a logistic regression with a ridge; a sentence counts by the root of its claims,
    or half where it gives none."""
    rows = [row for text in texts for row in text.rows]
    told = np.array([count for text in texts for count in text.told], float)
    names = sorted({name for row in rows for name in row})
    names = [name for name in names if sum(name in row for row in rows) >= LEAST]
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y, counts = (told > 0).astype(float), np.where(told > 0, np.sqrt(told), 0.5)

    def loss(b: Floats) -> tuple[float, Floats]:
        z = x @ b
        slope = x.T @ (counts * (1 / (1 + np.exp(-z)) - y)) + RIDGE * b
        return float((counts * (np.logaddexp(0, z) - y * z)).sum() + RIDGE * (b @ b) / 2), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {SENTENCE + name: weight for name, weight in zip(names, found.tolist(), strict=True)}


def tried(texts: Sequence[Text], found: dict[str, float], cut: float) -> tuple[int, int, int, int]:
    """Claims and those of them in paragraphs that are read, words and those of them."""
    look = Relevance({**weights(), **found, SENTENCE + THRESHOLD: cut})
    claims = kept = words = read = 0
    for one in texts:
        chosen = look.chosen(one.text, one.pieces)
        sizes = [look.look(one.text, piece).words for piece in one.pieces]
        claims, words = claims + len(one.claims), words + sum(sizes)
        kept += sum({first, last} <= chosen for first, last in one.claims)
        read += sum(sizes[n] for n in chosen)
    return claims, kept, words, read


def main() -> None:
    """Fit on half, say what is kept of the other half, and write the weights where asked to."""
    parser = argparse.ArgumentParser(prog="python -m training.relevance_sentences")
    parser.add_argument("--write", action="store_true", help="write relevance.csv")
    args = parser.parse_args()
    read: dict[str, list[Text]] = {}
    for name, step in CORPORA.items():
        every = (text_of(report) for report in islice(TEXTS[name](), 0, None, step))
        read[name] = [text for text in every if text is not None]
    found = fitted([text for texts in read.values() for text in texts[::2]])
    for name, texts in read.items():
        for cut in (-1000.0, *CUTS):
            claims, kept, words, seen = tried(texts[1::2], found, cut)
            print(f"{name:10} {cut:8} {kept}/{claims} claims, {seen / words:.1%} of the words")
    if args.write:
        everything = fitted([text for texts in read.values() for text in texts])
        replace_weights({SENTENCE + THRESHOLD: CUT, **everything}, SENTENCE)


if __name__ == "__main__":
    main()
