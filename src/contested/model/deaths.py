"""How many were killed in an incident, as one range over all of its tolls."""

from __future__ import annotations

from dataclasses import dataclass

from contested.model.incident import Incident, Toll
from contested.model.values import MOST


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many were killed in one incident; `open` where a voice set no upper end."""

    low: int
    best: int
    high: int
    open: bool


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
