"""What one voice's figure means as a number, and who the voice is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from contested.model import Count, Figure, Speaker
from contested.model.values import MOST

NOBODY = "outlets themselves"
UNNAMED = {
    "outlet": "quoted outlets",
    "official": "other officials",
    "party": "other parties",
    "independent": "independent voices",
    "anonymous": "anonymous sources",
    "witness": "witnesses",
}
"""What voices are called that speak for no actor: never by the name of a person."""


@dataclass(frozen=True, slots=True)
class FigureOf:
    """One voice's figure: who, the number as said, and its ends (`high` None: no upper end)."""

    voice: str
    low: int | None
    high: int | None
    said: str | None
    stance: str
    claims: tuple[str, ...]


def several(number: int, noun: str) -> str:
    """``1 toll``, ``2 tolls``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def speaker_of(speakers: tuple[Speaker, ...]) -> str:
    """Who speaks: the actor of the last speaker, or what kind of voice it is."""
    if not speakers:
        return NOBODY
    last = speakers[-1]
    return last.actor or UNNAMED[last.kind]


def figure_of(figure: Figure) -> FigureOf:
    """A figure with its voice."""
    count = figure.count
    return FigureOf(
        speaker_of(figure.speakers), count.low, count.high, figure.said, figure.stance,
        figure.claims,
    )  # fmt: skip


def point(count: Count) -> float | None:
    """One number for a count: the geometric middle of a range, the end where one is open."""
    if count.low is None or count.high is None:
        only = count.high if count.low is None else count.low
        return None if only is None else float(min(only, MOST))
    low, high = min(count.low, MOST), min(count.high, MOST)
    if low == high or min(low, high) <= 0:
        return (low + high) / 2
    return math.sqrt(low * high)
