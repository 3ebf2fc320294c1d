"""Simulated conflicts as events."""

from __future__ import annotations

import datetime as dt

import numpy as np

from contested.analyse.draws import DrawOptions, Draws, draw
from contested.analyse.events import Events, Happening, columns
from contested.analyse.hawkes import Baseline, Process, simulate

FIRST = dt.date(2021, 1, 1)
SIDES = ("army", "rebels")
ANSWERS = np.array([[0.2, 0.0], [0.5, 0.1]])
"""Rebels answer the army; the army answers nobody but itself."""


def happening(number: int, day: float, side: str, **values: object) -> Happening:
    when = FIRST.toordinal() + int(day)
    told = {"first": when, "last": when, "type": "attack", "initiators": (((side,), 1.0),)}
    return Happening(id=f"i-{number:04}", **(told | values))  # type: ignore[arg-type]


def rows(length: float = 1500.0, seed: int = 2, sides: tuple[str, str] = SIDES) -> list[Happening]:
    rates = np.array([[0.15], [0.1]])
    process = Process(Baseline.equal(length, 1), rates, ANSWERS, np.full(2, 0.4))
    points = simulate(process, length, np.random.default_rng(seed))
    pairs = zip(points.times, points.marks, strict=True)
    return [happening(n, time, sides[mark]) for n, (time, mark) in enumerate(pairs)]


def events(made: list[Happening], pairs: tuple[tuple[int, int, float], ...] = ()) -> Events:
    return columns(made, pairs, source="simulated")


def drawn(made: list[Happening], count: int = 12, seed: int = 1, **values: object) -> Draws:
    return draw(events(made, **values), DrawOptions(count=count, seed=seed))  # type: ignore[arg-type]
