"""How voices' figures compare where two of them speak of the same."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from contested.analyse.figures import point, several, speaker_of
from contested.errors import NothingToAnalyse
from contested.model import Figure, Incident, Toll

ENOUGH = 5
DRAWS = 2000
SEED = 20221128


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicePair:
    """Two voices that gave figures on the same effect and victims of the same incidents.

    `log_ratio` is the median of log(one's figure / other's figure), natural; `ratio` the same
    as a factor. Both are null where every pair holds a zero. `low` and `high` are the ends of
    the ratio's 95% bootstrap interval, null where incidents are too few; `note` says so.
    """

    one: str
    other: str
    incidents: int
    tolls: int
    higher: int
    equal: int
    lower: int
    zeros: int
    log_ratio: float | None
    ratio: float | None
    low: float | None
    high: float | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """What `voices` finds, the pairs with most incidents first."""

    answer: str
    rows: tuple[VoicePair, ...]
    assumptions: tuple[str, ...]


ASSUMPTIONS = (
    "Pairs are made on the same effect and class of victims of one incident. Of a voice that "
    "gave several figures the last one counts; figures that it only denies do not.",
    "A range stands for the geometric middle of its ends, “at least 10” for 10: such ratios are "
    "closer to 1 than the voices may be.",
    "A pair with a zero on a side has no ratio; it counts as higher or lower only.",
    "Voices are actors; whoever speaks for none is counted with others of the same kind, never by "
    "name.",
    f"Interval: percentiles of {DRAWS} bootstrap draws over incidents, from {ENOUGH} incidents on. "
    "It tells of these reports, which are no sample of all; among many pairs some differ by "
    "chance.",
)

Pair = tuple[str, str]
Matches = dict[Pair, dict[str, list[tuple[float, float]]]]


def voices(incidents: Iterable[Incident]) -> Voices:
    """Compare every two voices that gave figures on the same.

    Raises NothingToAnalyse where no two voices did.
    """
    matches: Matches = {}
    for incident in incidents:
        for toll in incident.casualties:
            for pair, values in _pairs(toll):
                matches.setdefault(pair, {}).setdefault(incident.id, []).append(values)
    if not matches:
        raise NothingToAnalyse(
            "No two voices gave a figure on the same toll, so there is nothing to compare. "
            "Widen the filters, or add reports of other speakers."
        )
    rows = [_row(pair, found) for pair, found in matches.items()]
    rows.sort(key=lambda row: (-row.incidents, -row.tolls, row.one, row.other))
    return Voices(answer=_answer(rows), rows=tuple(rows), assumptions=ASSUMPTIONS)


def _pairs(toll: Toll) -> Iterable[tuple[Pair, tuple[float, float]]]:
    last: dict[str, Figure] = {}
    for figure in toll.according_to:
        if figure.stance == "denies" or point(figure.count) is None:
            continue
        name = speaker_of(figure.speakers)
        if name not in last or (last[name].said or "") <= (figure.said or ""):
            last[name] = figure
    for one, other in combinations(sorted(last), 2):
        first, second = point(last[one].count), point(last[other].count)
        if first is not None and second is not None:
            yield (one, other), (first, second)


def _row(pair: Pair, found: Mapping[str, Sequence[tuple[float, float]]]) -> VoicePair:
    values = [value for each in found.values() for value in each]
    logs = {
        incident: kept
        for incident, each in found.items()
        if (kept := [math.log(a / b) for a, b in each if a > 0 and b > 0])
    }
    middle = median(log for each in logs.values() for log in each) if logs else None
    ends = _interval(list(logs.values())) if len(logs) >= ENOUGH else None
    return VoicePair(
        one=pair[0],
        other=pair[1],
        incidents=len(found),
        tolls=len(values),
        higher=sum(a > b for a, b in values),
        equal=sum(a == b for a, b in values),
        lower=sum(a < b for a, b in values),
        zeros=sum(a <= 0 or b <= 0 for a, b in values),
        log_ratio=None if middle is None else round(middle, 3),
        ratio=None if middle is None else round(math.exp(middle), 2),
        low=ends and round(math.exp(ends[0]), 2),
        high=ends and round(math.exp(ends[1]), 2),
        note="" if ends else f"too few incidents ({len(logs)} of {ENOUGH}) for an interval",
    )


def _interval(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Percentile bootstrap of the median; whole incidents are drawn, as their tolls go together."""
    chance = random.Random(SEED)
    found = sorted(
        median(log for each in chance.choices(groups, k=len(groups)) for log in each)
        for _ in range(DRAWS)
    )
    return found[round(0.025 * (DRAWS - 1))], found[round(0.975 * (DRAWS - 1))]


def _answer(rows: Sequence[VoicePair]) -> str:
    first = rows[0]
    tolls = several(first.tolls, "toll")
    head = (
        f"{len(rows)} pairs of voices speak of the same; " if len(rows) > 1 else ""
    ) + f"{first.one} and {first.other} most often, on {tolls}"
    if first.ratio is None:
        return f"{head}; with a zero on a side each time, no ratio can be told."
    if first.low is None or first.high is None:
        return f"{head}: too few incidents to say whether their figures differ."
    said = f"the first voice's figures are {first.ratio:g} times the second's at the median"
    return f"{head}: {said} (95% interval {first.low:g} to {first.high:g})."
