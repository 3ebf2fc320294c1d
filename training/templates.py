"""Fit what chooses the days and places of incident templates.

    python -m training.templates --muc DIR [--write]

DIR is the folder of MUC-3/4; its development texts alone are read. For each incident of their
keys, the participants stand where the key's strings do. A softmax over the options that the report
names is fitted so that the expected score of the choice is highest. Scores in five folds of texts
are told; `template_weights.csv` is written only where asked for.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from contested.extract.reading import Reading
from contested.extract.templates import days, places
from contested.extract.templates.around import Around
from contested.extract.templates.choice import Option
from contested.language.encoder.scenes import Participant
from contested.world import World
from evaluation import muc_templates as slots
from evaluation.muc_producer import COUNTRIES, date_slot, place_slot
from evaluation.muc_slots import fit
from evaluation.muc_templates import Fill, Template
from evaluation.reading import stages
from training.incidents import FOLDS, Told, crossed, read, stand

TABLES = Path(__file__).resolve().parents[1] / "src" / "contested" / "data" / "lexicon"
TABLE = TABLES / "template_weights.csv"
STRINGS = (slots.INDIVIDUAL, slots.THING, slots.NAME, slots.DESCRIPTION, slots.WEAPON)
MENTIONS = 6
RIDGE = 1.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """Options of one incident [option, feature], and what each would score."""

    text: str
    features: Floats
    scores: Floats


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
        ridge = RIDGE * weights
        return total + float(ridge @ weights) / 2, slope + ridge

    start = np.zeros(examples[0].features.shape[1])
    out: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return out


def score(examples: Sequence[Example], weights: Floats) -> float:
    """What the likeliest options score, summed."""
    return sum(float(e.scores[np.argmax(e.features @ weights)]) for e in examples)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m training.templates")
    parser.add_argument("--muc", type=Path, required=True, help="folder of MUC-3/4")
    parser.add_argument("--write", action="store_true", help="write the table")
    args = parser.parse_args()
    run(list(read(args.muc / "dev")), write=args.write)


def run(told: Sequence[Told], *, write: bool) -> None:
    """Fit all, say what folds score, and write the table where asked to."""
    found: list[tuple[str, list[str], Floats]] = []
    for question, slot in (("day", slots.DATE), ("place", slots.PLACE)):
        examples, names = choices(stages().world, told, slot)
        total = crossed(examples, lambda some, rest: score(rest, chosen(some)))
        print(f"{question}: {total / len(examples):.3f} of {len(examples)} in {FOLDS} folds")
        found.append((question, names, chosen(examples)))
    if write:
        _write(found)


def _write(found: Sequence[tuple[str, list[str], Floats]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(("question", "feature", "weight"))
        for question, names, weights in found:
            for name, weight in zip(names, weights, strict=True):
                out.writerow((question, name, f"{weight:.3f}"))


if __name__ == "__main__":
    main()
