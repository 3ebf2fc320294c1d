"""Counts over what is chosen, with their bands, and what else it could be narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.analyse.trend import UNSURE, Range
from contested.record.index import SPEAKER
from contested.serve.asked import STATUSES
from contested.serve.board.board import Chosen

MOST = 8


@dataclass(frozen=True, slots=True)
class Sums:
    """The numbers over the incidents that fit.

    `sure` are those that somebody confirmed. `killed` adds up the lows, bests and highs of those
    that have a figure; `silent` have none, which is not zero.
    """

    incidents: int
    sure: int
    statuses: tuple[tuple[str, int], ...]
    claims: int
    reports: int
    origins: int
    killed: Range | None
    silent: int


def sums(chosen: Chosen) -> Sums:
    """The numbers over what is chosen."""
    incidents, rows = chosen.incidents, chosen.rows
    statuses = Counter[str]()
    for status, number in _counted(chosen, "status"):
        statuses[status] = number
    told = rows[~np.isnan(incidents["killed_high"][rows])]
    unsure = sum(statuses[status] for status in UNSURE)
    return Sums(
        incidents=len(rows),
        sure=len(rows) - unsure,
        statuses=tuple((name, statuses[name]) for name in STATUSES if statuses[name]),
        claims=int(incidents["claims"][rows].sum()),
        reports=incidents.different("reports", chosen.mask),
        origins=incidents.different("origins", chosen.mask),
        killed=_killed(chosen, told) if len(told) else None,
        silent=len(rows) - len(told),
    )


def _killed(chosen: Chosen, told: np.ndarray) -> Range:
    incidents = chosen.incidents
    unsure = [incidents.words["status"].number(status) for status in UNSURE]
    sure = told[~np.isin(incidents["status"][told], unsure)]
    low, best = (float(incidents[f"killed_{end}"][sure].sum()) for end in ("low", "best"))
    high = float(incidents["killed_high"][told].sum())
    return Range(low, best, high, bool(incidents["killed_open"][told].any()))


def _counted(chosen: Chosen, name: str) -> list[tuple[str, int]]:
    """Every word of a column with how many of the chosen have it, the most frequent first."""
    words = chosen.incidents.words[name].all
    numbers = np.bincount(chosen.incidents[name][chosen.mask], minlength=len(words))
    found = [(words[n], int(numbers[n])) for n in np.argsort(-numbers, kind="stable")]
    return [(word, number) for word, number in found if word is not None and number]


@dataclass(frozen=True, slots=True)
class Facets:
    """What the chosen have, each with how many, the most frequent first."""

    types: Sequence[tuple[str, int]]
    places: Sequence[tuple[str, int]]
    actors: Sequence[tuple[str, int]]
    speakers: Sequence[tuple[str, int]]


def facets(chosen: Chosen) -> Facets:
    """What else the chosen could be narrowed to."""
    about, heard = Counter[str](), Counter[str]()
    for lines, number in _counted(chosen, "actors"):
        named = {tuple(line.split(" ", 1)) for line in lines.split("\n") if line}
        for actor in {actor for role, actor in named if role != SPEAKER}:
            about[actor] += number
        for actor in {actor for role, actor in named if role == SPEAKER}:
            heard[actor] += number
    return Facets(
        types=_counted(chosen, "type")[:MOST],
        places=(_counted(chosen, "admin1") or _counted(chosen, "country"))[:MOST],
        actors=about.most_common(MOST),
        speakers=heard.most_common(MOST),
    )
