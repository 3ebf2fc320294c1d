"""The Global Terrorism Index as computed here against the scores that were published."""

from __future__ import annotations

import csv
from pathlib import Path

from contested.analyse.answer import Band
from contested.analyse.index import CountryYear, formula, index
from evaluation.measure import BadData, Figure, Measured, Options, Say, fingerprint, present

CLOSE = 0.0005
TOGO = (2021, 1, 0, 0), (2022, 5, 26, 16)
"""Year, incidents, deaths and injuries of Togo, whose published score for 2022 is 4.9145."""
TOGO_SCORE = 4.9145


def measure(path: Path, options: Options, say: Say) -> Measured:
    """Score every row's weighted sum."""
    rows = read(present(path))[: options.limit]
    off = [abs(formula().score(total) - score) for _, total, score in rows]
    for (name, total, score), error in zip(rows, off, strict=True):
        if options.misses and error > CLOSE:
            say(f"{name}: S {total:g} is published as {score:.4f}, {error:.4f} off")
    return Measured(
        measure="index",
        title="The Global Terrorism Index",
        command="python -m evaluation index",
        data=f"{len(rows)} published scores with their weighted sums",
        sha256=fingerprint([path]),
        figures=(
            Figure(
                "close", sum(e <= CLOSE for e in off), f"scores within {CLOSE}", "count", step=1
            ),
            Figure("worst", max(off) * 1e6, "largest difference, millionths", "", "lower", 1),
            Figure("togo", togo() - TOGO_SCORE, "Togo 2022, less 4.9145", "", None),
        ),
        notes=(
            "The formula was recovered from scores like these, so that this shows no more "
            "than that it is the right one and computed rightly.",
        ),
        whole=options.limit is None,
    )


def read(path: Path) -> list[tuple[str, float, float]]:
    """Country and year, weighted sum, score. Raises BadData."""
    with path.open(encoding="utf-8", newline="") as lines:
        try:
            found = [
                (f"{row['c']} {row['y']}", float(row["S"]), float(row["s"]))
                for row in csv.DictReader(lines)
            ]
        except (KeyError, ValueError) as error:
            raise BadData(f"{path}: not columns c, y, S, s ({error})") from error
    if not found:
        raise BadData(f"{path}: no rows")
    return found


def togo() -> float:
    """The score of Togo in 2022, from its counts."""
    rows = [
        CountryYear(
            country="Togo",
            year=year,
            incidents=Band(happened, happened, happened),
            deaths=Band(killed, killed, killed),
            injuries=Band(hurt, hurt, hurt),
        )
        for year, happened, killed, hurt in TOGO
    ]
    return index(rows).rows[0].score.best
