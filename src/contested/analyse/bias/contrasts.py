"""Each voice's figure against those of all others on the same toll, on the log scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from contested.analyse.figures import point, speaker_of
from contested.model import Count, Figure, Incident, Toll
from contested.model.terms import Relation

EXACT = 0.2
"""Spread of honest counts of one happening, on the log scale: about a fifth."""
OPEN = 0.5
"""Spread of a number that is only a bound ("at least 10")."""
RANGE = 2 * 1.6448536269514722
"""So many standard deviations lie between the ends of a range: it is taken for a 90 % interval."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One voice's figure against the others on one toll.

    `log` is ln(its figure / theirs), `variance` what both figures' own spread leaves of doubt;
    both null where a figure is zero: `higher` and `lower` count then alone. Theirs is the mean of
    the logs, each weighted by how exact it is.
    """

    voice: str
    about: Relation
    incident: str
    log: float | None
    variance: float | None
    higher: bool
    lower: bool


def contrasts(incidents: Iterable[Incident]) -> list[Contrast]:
    """All contrasts, in the order of incidents."""
    return [
        one for incident in incidents for toll in incident.casualties for one in _of(incident, toll)
    ]


def _of(incident: Incident, toll: Toll) -> list[Contrast]:
    last: dict[tuple[str, Relation], Figure] = {}
    for figure in toll.according_to:
        if figure.stance == "denies" or figure.part or point(figure.count) is None:
            continue
        key = speaker_of(figure.speakers), figure.relation
        if key not in last or (last[key].said or "") <= (figure.said or ""):
            last[key] = figure
    if len({voice for voice, _ in last}) < 2:
        return []
    out = []
    for (voice, about), figure in sorted(last.items()):
        others = [other for (name, _), other in sorted(last.items()) if name != voice]
        out.append(_contrast(incident.id, voice, about, figure, others))
    return out


def _contrast(
    incident: str, voice: str, about: Relation, figure: Figure, others: list[Figure]
) -> Contrast:
    mine = point(figure.count) or 0.0
    theirs = [(point(other.count) or 0.0, spread(other.count)) for other in others]
    positive = [(math.log(value), 1 / sd**2) for value, sd in theirs if value > 0]
    whole = sum(weight for _, weight in positive)
    middle = sum(log * weight for log, weight in positive) / whole if positive else None
    if mine <= 0 or middle is None or len(positive) < len(theirs):
        most, least = max(value for value, _ in theirs), min(value for value, _ in theirs)
        return Contrast(voice, about, incident, None, None, mine > most, mine < least)
    log = math.log(mine) - middle
    variance = spread(figure.count) ** 2 + 1 / whole
    return Contrast(voice, about, incident, log, variance, log > 1e-9, log < -1e-9)


def spread(count: Count) -> float:
    """The standard deviation of the log of a number as said."""
    if count.low is None or count.high is None:
        return OPEN
    if count.low == count.high or count.low <= 0:
        return EXACT
    return max(EXACT, math.log(count.high / count.low) / RANGE)
