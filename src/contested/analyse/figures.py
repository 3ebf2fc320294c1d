"""What one incident's tolls and one voice's figure mean as numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from contested.model import Count, Figure, Incident, Speaker, Toll
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


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many were killed in one incident; `open` where a voice set no upper end."""

    low: int
    best: int
    high: int
    open: bool


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


def deaths(incident: Incident) -> Deaths | None:
    """The killed of an incident; None where nobody gave a figure.

    Classes of victims add up. A toll of unknown victims may be the same people counted whole:
    the low and best take the larger of the two, the high adds them. Attackers who were taken out
    of such a whole are added to it again: they died too.
    """
    tolls = [toll for toll in incident.casualties if toll.effect == "killed" and _told(toll)]
    if not tolls:
        return None
    without = any(f.stated for t in tolls if t.victims == "unknown" for f in t.according_to)
    named = [_ends(toll) for toll in tolls if toll.victims != "unknown"]
    whole = [
        _ends(toll) for toll in tolls if toll.victims == "unknown" or (without and toll.attackers)
    ]
    low, best = ((sum(e[i] for e in named), sum(e[i] for e in whole)) for i in range(2))
    return Deaths(
        low=max(low),
        best=max(best),
        high=sum(_ends(toll)[2] for toll in tolls),
        open=any(
            figure.count.high is None and figure.stance != "denies"
            for toll in tolls
            for figure in toll.according_to
        ),
    )


def _told(toll: Toll) -> bool:
    return any(end is not None for end in (toll.low, toll.best, toll.high))


def _ends(toll: Toll) -> tuple[int, int, int]:
    """Low, best, high of a toll; a toll without a credible voice is possible but not sure."""
    high = max(min(end, MOST) for end in (toll.low, toll.best, toll.high, 0) if end is not None)
    if toll.best is None:
        return 0, 0, high
    best = min(toll.best, MOST)
    return min(toll.low or 0, best), best, high
