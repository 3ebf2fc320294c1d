"""Fit what chooses the days, places and knowledge of incident templates.

    python -m training.templates --muc DIR [--write]

DIR is the folder of MUC-3/4; its development texts alone are read. For each incident of their
keys, the participants stand where the key's strings do. Days and places: a softmax over the
options that the report names, fitted so that the expected score of the choice is highest. How an
organisation is known: a multinomial logistic regression with a ridge. Scores in five folds of
texts are told; the tables `template_weights.csv` and `knowing_weights.csv` are written only where
asked for.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from contested.extract.reading import Reading
from contested.extract.templates import days, known, places
from contested.extract.templates.around import Around
from contested.extract.templates.choice import Option
from contested.language.encoder.scenes import Participant
from contested.world import World
from evaluation import muc_templates as slots
from evaluation.muc_corpus import messages
from evaluation.muc_producer import COUNTRIES, date_slot, place_slot
from evaluation.muc_slots import fit
from evaluation.muc_templates import Fill, Template, templates
from evaluation.reading import extractor, report_of, stages

TABLES = Path(__file__).resolve().parents[1] / "src" / "contested" / "data" / "lexicon"
CHOICE, KNOWING = TABLES / "template_weights.csv", TABLES / "knowing_weights.csv"
STRINGS = (slots.INDIVIDUAL, slots.THING, slots.NAME, slots.DESCRIPTION, slots.WEAPON)
MENTIONS = 6
FOLDS, RUN = 5, 7
"""Texts that stand together tell of the same days: so many in a row go into one fold."""
RIDGE_CHOICE, RIDGE_KNOWING = 1.0, 4.0
RARE = 4
LEAST = 0.1
"""A weight that is smaller is left out of the table."""
Floats = NDArray[np.float64]
Told = tuple[str, Reading, Sequence[Template]]


@dataclass(frozen=True, slots=True)
class Example:
    """Options of one incident [option, feature], and what each would score."""

    text: str
    features: Floats
    scores: Floats


class InText(Protocol):
    """What belongs to one text of the corpus."""

    @property
    def text(self) -> str:
        """The name of the text."""


T = TypeVar("T", bound=InText)


def read(folder: Path) -> Iterator[Told]:
    """The development texts that have a key, with their incidents."""
    key = templates(sorted(folder.glob("key-*")))
    files = sorted(p for p in folder.glob("*-muc*") if not p.name.startswith("key-"))
    for message in messages(files):
        needed = [t for t in key.get(message.id, ()) if not t.optional]
        if needed:
            report = report_of(message.id, message.text, message.date)
            yield message.id, extractor().read(report), needed


def stand(text: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    """Where these strings of a key stand."""
    patterns = (r"\b" + r"\s+".join(map(re.escape, s.split())) + r"\b" for s in strings)
    found = {m.span() for p in patterns for m in re.finditer(p, text, re.IGNORECASE)}
    return sorted(found)


def around(reading: Reading, template: Template) -> Around:
    """The sentences that mention who the key says took part."""
    found = [
        Participant(slot, f.values[0], tuple(at[:MENTIONS]), 1.0, {})
        for slot in STRINGS
        for f in template.fills(slot)
        if (at := stand(reading.report.text, f.values[:1]))
    ]
    return Around(reading, found)


def choices(world: World, told: Sequence[Told], slot: str) -> tuple[list[Example], list[str]]:
    """The options for one slot of all incidents, and the names of their features."""
    rows: list[tuple[str, list[Option[str | None]], tuple[Fill, ...]]] = []
    for name, reading, needed in told:
        for template in needed:
            near = around(reading, template)
            if near.at and template.fills(slot):
                rows.append((name, _options(world, reading, near, slot), template.fills(slot)))
    names = sorted({n for _, options, _ in rows for o in options for n in o.features})
    out = []
    for name, options, fills in rows:
        x = np.array([[o.features.get(n, 0.0) for n in names] for o in options])
        y = np.array([max(fit(slot, k, Fill((o.value or "",))) for k in fills) for o in options])
        if len(options):
            out.append(Example(name, x, y))
    return out, names


def _options(world: World, reading: Reading, near: Around, slot: str) -> list[Option[str | None]]:
    if slot == slots.DATE:
        by = days.published(reading)
        found = days.options(reading, near)
        return [Option(date_slot(o.value, by), o.features) for o in found]
    country, here = places.options_of(world, reading, near, COUNTRIES)
    if country is None:
        return []
    name = places.country_name(world, country)
    return [Option(place_slot((name, o.value) if o.value else (name,)), o.features) for o in here]


def chosen(examples: Sequence[Example]) -> Floats:
    """Weights with the highest expected score."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for one in examples:
            sums = one.features @ weights
            chance = np.exp(sums - sums.max())
            chance /= chance.sum()
            expected = float(chance @ one.scores)
            total -= expected
            slope -= one.features.T @ (chance * (one.scores - expected))
        ridge = RIDGE_CHOICE * weights
        return total + float(ridge @ weights) / 2, slope + ridge

    start = np.zeros(examples[0].features.shape[1])
    out: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return out


def score(examples: Sequence[Example], weights: Floats) -> float:
    """What the likeliest options score, summed."""
    return sum(float(e.scores[np.argmax(e.features @ weights)]) for e in examples)


@dataclass(frozen=True, slots=True)
class Knowing:
    """What the words around an organisation say, and the key's answers."""

    text: str
    features: dict[str, float]
    answers: tuple[str, ...]


def knowing(told: Sequence[Told]) -> list[Knowing]:
    """The organisations of all incidents, each with the same answers once a text."""
    out: list[Knowing] = []
    for name, reading, needed in told:
        seen = set()
        for template in needed:
            for one in template.fills(slots.ORGANISATION):
                answers = tuple(
                    v
                    for c in template.fills(slots.CONFIDENCE)
                    if set(c.refs) & set(one.values)
                    for v in c.values
                    if v in known.ANSWERS
                )
                at = stand(reading.report.text, one.values)
                found = known.features(reading, at)
                if answers and found and (one.values, answers) not in seen:
                    seen.add((one.values, answers))
                    out.append(Knowing(name, dict(found), answers))
    return out


def regression(rows: Sequence[Knowing]) -> tuple[list[str], Floats]:
    """The features that are not rare, and their weights by answer; the last row is always there."""
    times = Counter(n for row in rows for n in row.features)
    names = sorted(n for n, many in times.items() if many >= RARE)
    x, y = table(rows, names), np.zeros((len(rows), len(known.ANSWERS)))
    for n, row in enumerate(rows):
        for answer in row.answers:
            y[n, known.ANSWERS.index(answer)] = 1 / len(row.answers)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(x.shape[1], -1)
        sums = x @ weights
        logs = sums - np.logaddexp.reduce(sums, axis=1, keepdims=True)
        ridge = RIDGE_KNOWING * weights
        ridge[-1] = 0
        slope = x.T @ (np.exp(logs) - y) + ridge
        return float(-(y * logs).sum() + (ridge * weights).sum() / 2), slope.ravel()

    start = np.zeros(x.shape[1] * len(known.ANSWERS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return names, found.reshape(x.shape[1], -1)


def table(rows: Sequence[Knowing], names: Sequence[str]) -> Floats:
    """Rows by features, and a last column of ones."""
    out = np.ones((len(rows), len(names) + 1))
    for n, row in enumerate(rows):
        out[n, :-1] = [row.features.get(name, 0.0) for name in names]
    return out


def folds(texts: Sequence[str]) -> list[int]:
    """The fold of each text, by the number at the end of its name."""
    return [int(text[-4:]) // RUN % FOLDS for text in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m training.templates")
    parser.add_argument("--muc", type=Path, required=True, help="folder of MUC-3/4")
    parser.add_argument("--write", action="store_true", help="write the tables")
    args = parser.parse_args()
    run(list(read(args.muc / "dev")), write=args.write)


def run(told: Sequence[Told], *, write: bool) -> None:
    """Fit all, say what folds score, and write the tables where asked to."""
    found: list[tuple[str, list[str], Floats]] = []
    for question, slot in (("day", slots.DATE), ("place", slots.PLACE)):
        examples, names = choices(stages().world, told, slot)
        total = _crossed(examples, lambda some, rest: score(rest, chosen(some)))
        print(f"{question}: {total / len(examples):.3f} of {len(examples)} in {FOLDS} folds")
        found.append((question, names, chosen(examples)))
    rows = knowing(told)
    total = _crossed(rows, lambda some, rest: _right(rest, *regression(some)))
    print(f"known how: {total / len(rows):.3f} of {len(rows)} in {FOLDS} folds")
    if write:
        _write_choice(found)
        _write_knowing(*regression(rows))


def _crossed(rows: Sequence[T], scored: Callable[[Sequence[T], Sequence[T]], float]) -> float:
    """The sum of what each fold scores by the others."""
    fold = folds([row.text for row in rows])
    parts = [
        [[r for r, n in zip(rows, fold, strict=True) if (n == f) == out] for out in (False, True)]
        for f in range(FOLDS)
    ]
    return sum(scored(some, rest) for some, rest in parts)


def _right(rows: Sequence[Knowing], names: Sequence[str], weights: Floats) -> float:
    given = (table(rows, names) @ weights).argmax(axis=1).tolist()
    return sum(known.ANSWERS[g] in row.answers for g, row in zip(given, rows, strict=True))


def _write_choice(found: Sequence[tuple[str, list[str], Floats]]) -> None:
    with CHOICE.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("question", "feature", "weight"))
        for question, names, weights in found:
            for name, weight in zip(names, weights, strict=True):
                out.writerow((question, name, f"{weight:.3f}"))


def _write_knowing(names: Sequence[str], weights: Floats) -> None:
    with KNOWING.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("feature", "answer", "weight"))
        for name, row in zip([*names, ""], weights, strict=True):
            for answer, weight in zip(known.ANSWERS, row, strict=True):
                if abs(weight) >= LEAST or not name:
                    out.writerow((name, answer, f"{weight:.2f}"))


if __name__ == "__main__":
    main()
