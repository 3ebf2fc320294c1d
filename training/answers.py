"""Fit what words say of the participants of incidents, and of how an organisation is known.

    python -m training.answers --muc DIR [--write]

DIR is the folder of MUC-3/4; its development texts alone are read. Each question is a multinomial
logistic regression with a ridge. How many answers are right in five folds of texts is told, beside
the share of the commonest one; `answer_weights.csv` is written only where asked for.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from contested.extract.reading import Reading
from contested.extract.templates import known
from contested.extract.templates.answers import NONE
from contested.extract.templates.words import own_words, words_around
from evaluation import muc_templates as slots
from evaluation.muc_templates import Fill, Template
from training.incidents import FOLDS, Told, crossed, read, stand
from training.templates import TABLES

TABLE = TABLES / "answer_weights.csv"
LEAST = 0.15
"""A weight that is smaller is left out of the table."""
Floats = NDArray[np.float64]
PEOPLE = (slots.NAME, slots.DESCRIPTION)


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the slot that answers it, those that it is about, whether words around them
    tell; features that are seen fewer than `rare` times are left out."""

    name: str
    slot: str
    about: tuple[str, ...]
    around: bool
    rare: int
    ridge: float = 1.0


QUESTIONS = (
    Question("thing", slots.THING_TYPE, (slots.THING,), around=False, rare=2),
    Question("damage", slots.THING_EFFECT, (slots.THING,), around=True, rare=6),
    Question("human", slots.HUMAN_TYPE, PEOPLE, around=False, rare=2),
    Question("harm", slots.HUMAN_EFFECT, PEOPLE, around=True, rare=6),
    Question("arm", slots.WEAPON_TYPE, (slots.WEAPON,), around=False, rare=2),
    Question(known.QUESTION, slots.CONFIDENCE, (slots.ORGANISATION,), around=True, rare=4, ridge=4),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What the words of one participant, and those around it, are; and the key's answers."""

    text: str
    features: dict[str, float]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The features that are not rare, the answers, and the weights [feature, answer]; the last row
    is always there."""

    names: list[str]
    answers: list[str]
    weights: Floats


def rows(told: Sequence[Told], question: Question) -> list[Row]:
    """The participants that a question is about, each with the same answers once a text."""
    out: list[Row] = []
    for name, reading, needed in told:
        seen = set()
        for template in needed:
            for one, words in _about(template, question):
                answers = _answers(template, question, one)
                at = stand(reading.report.text, one.values)
                if at and answers and (one.values, answers) not in seen:
                    seen.add((one.values, answers))
                    out.append(Row(name, _features(reading, question, words, at), answers))
    return [row for row in out if row.features]


def _about(template: Template, question: Question) -> Iterator[tuple[Fill, tuple[str, ...]]]:
    """The fills, and all words for each: a name's descriptions are its own."""
    for slot in question.about:
        for one in template.fills(slot):
            if slot == slots.NAME:
                called = (d for d in template.fills(slots.DESCRIPTION) if _of(d, one))
                yield one, (*one.values, *(v for d in called for v in d.values))
            elif slot != slots.DESCRIPTION or not one.refs:
                yield one, one.values


def _answers(template: Template, question: Question, one: Fill) -> tuple[str, ...]:
    found = tuple(v for c in template.fills(question.slot) if _of(c, one) for v in c.values)
    if question.name == known.QUESTION:
        return tuple(v for v in found if v in known.ANSWERS)
    return found or (NONE,)


def _of(about: Fill, one: Fill) -> bool:
    return bool(set(about.refs) & set(one.values))


def _features(
    reading: Reading, question: Question, words: Sequence[str], at: Sequence[tuple[int, int]]
) -> dict[str, float]:
    if question.name == known.QUESTION:
        return dict(known.features(reading, at))
    return (words_around(reading, at) if question.around else {}) | own_words(words)


def regression(some: Sequence[Row], question: Question) -> Fitted:
    """A regression of the answers that are not rare."""
    times = Counter(n for row in some for n in row.features)
    names = sorted(n for n, many in times.items() if many >= question.rare)
    common = Counter(a for row in some for a in row.answers)
    answers = [a for a, many in common.most_common() if many >= 4]
    x, y = table(some, names), np.zeros((len(some), len(answers)))
    for n, row in enumerate(some):
        for answer in set(row.answers) & set(answers):
            y[n, answers.index(answer)] = 1
    kept = y.sum(axis=1) > 0
    x, y = x[kept], y[kept] / y[kept].sum(axis=1, keepdims=True)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(x.shape[1], -1)
        sums = x @ weights
        logs = sums - np.logaddexp.reduce(sums, axis=1, keepdims=True)
        ridge = question.ridge * weights
        ridge[-1] = 0
        slope = x.T @ (np.exp(logs) - y) + ridge
        return float(-(y * logs).sum() + (ridge * weights).sum() / 2), slope.ravel()

    start = np.zeros(x.shape[1] * len(answers))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return Fitted(names, answers, found.reshape(x.shape[1], -1))


def table(some: Sequence[Row], names: Sequence[str]) -> Floats:
    """Rows by features, and a last column of ones."""
    out = np.ones((len(some), len(names) + 1))
    for n, row in enumerate(some):
        out[n, :-1] = [row.features.get(name, 0.0) for name in names]
    return out


def right(some: Sequence[Row], fitted: Fitted) -> float:
    """How many answers are right."""
    given = (table(some, fitted.names) @ fitted.weights).argmax(axis=1).tolist()
    return sum(fitted.answers[g] in row.answers for g, row in zip(given, some, strict=True))


def _scored(question: Question) -> Callable[[Sequence[Row], Sequence[Row]], float]:
    return lambda some, rest: right(rest, regression(some, question))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m training.answers")
    parser.add_argument("--muc", type=Path, required=True, help="folder of MUC-3/4")
    parser.add_argument("--write", action="store_true", help="write the table")
    args = parser.parse_args()
    run(list(read(args.muc / "dev")), write=args.write)


def run(told: Sequence[Told], *, write: bool) -> None:
    """Fit all questions, say what folds score, and write the table where asked to."""
    found: dict[str, Fitted] = {}
    for question in QUESTIONS:
        asked = rows(told, question)
        (_, most), *_ = Counter(a for row in asked for a in set(row.answers)).most_common(1)
        share = crossed(asked, _scored(question)) / len(asked)
        print(
            f"{question.name}: {share:.3f} of {len(asked)} in {FOLDS} folds "
            f"(the commonest {most / len(asked):.3f})"
        )
        found[question.name] = regression(asked, question)
    if write:
        _write(found)


def _write(found: dict[str, Fitted]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("question", "feature", "answer", "weight"))
        for question, fitted in found.items():
            for name, weights in zip([*fitted.names, ""], fitted.weights, strict=True):
                for answer, weight in zip(fitted.answers, weights, strict=True):
                    if abs(weight) >= LEAST or not name:
                        out.writerow((question, name, answer, f"{weight:.2f}"))


if __name__ == "__main__":
    main()
