"""Partially pooled log-ratios of speakers, by what they count."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import get_args

import numpy as np

from contested.analyse.bias.contrasts import Contrast, contrasts
from contested.analyse.figures import several
from contested.errors import NothingToAnalyse
from contested.model import Incident
from contested.model.terms import Relation
from contested.numerics.pooling import Kinds, Pooled, Sums, of_contrasts, pooled

ABOUT: dict[Relation, str] = {
    "own": "its own losses",
    "enemy": "its enemy’s losses",
    "perpetrator": "civilians it is said to have harmed",
    "opponent": "civilians its enemy is said to have harmed",
    "neutral": "losses of others, without a side",
}
RELATIONS: tuple[Relation, ...] = get_args(Relation)
WIDE = 1.0
"""Before any figure, a kind of voice may be 0.14 to 7 times the others (95 %)."""
ENOUGH = 3
"""Tolls below which nothing is said of a voice."""
ENOUGH_OF_KIND = 5
"""Tolls below which nothing is said of all voices of a kind."""
MOST_VOICES = 120

ASSUMPTIONS = (
    "Each voice's last figure on a toll is set against the mean of the logs of all others' on the "
    "same effect and victims of the same incident. A ratio of 1 says that it tells what others "
    "tell, not that it is right: what all get wrong cannot be seen.",
    "Voices are actors; whoever speaks for none is counted with others of the same kind, never by "
    "name. Whose losses they count follows from how the speaker stands to the victims.",
    "A number as such has a spread of 0.2 on the log scale, “at least 10” of 0.5, a range is taken "
    "for a 90 % interval. A pair with a zero has no ratio; it counts as higher or lower only.",
    "Normal hierarchical model: voices vary around all of their kind, tolls around their voice; "
    "both spreads are integrated out (half-normal priors of 0.5), the mean of a kind has a prior "
    "of 1 ± e. Intervals hold 95 %. Two voices on one toll are told apart as if independently.",
    "Among many voices some differ by chance; pooling towards their kind takes most of that out.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasRow:
    """One voice on one kind of losses; `voice` is null where all voices of the kind are meant.

    `median` is of the raw ratios. `ratio`, `low`, `high` are pooled, `above` the probability that
    it tells more than others do; null where tolls are too few: `note` says so.
    """

    voice: str | None
    about: Relation
    tolls: int
    incidents: int
    higher: int
    equal: int
    lower: int
    zeros: int
    median: float | None
    ratio: float | None
    low: float | None
    high: float | None
    above: float | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """What `bias` finds, kinds first. `between` is how far voices of a kind lie apart, `within` how
    far one voice's tolls do (standard deviations of logs); null where there was no ratio."""

    answer: str
    rows: tuple[BiasRow, ...]
    between: float | None
    within: float | None
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]


Key = tuple[str, Relation]


def bias(incidents: Iterable[Incident]) -> Bias:
    """How each voice's figures compare with others' on the same, pooled by what it counts.

    Raises NothingToAnalyse where no two voices gave a figure on the same toll.
    """
    found = contrasts(incidents)
    if not found:
        raise NothingToAnalyse(
            "No two voices gave a figure on the same toll, so there is nothing to compare. "
            "Widen the filters, or add reports of other speakers."
        )
    groups: dict[Key, list[Contrast]] = {}
    for one in found:
        groups.setdefault((one.voice, one.about), []).append(one)
    order = sorted(groups, key=lambda key: (RELATIONS.index(key[1]), -len(groups[key]), key[0]))
    ratios = [one for one in found if one.log is not None]
    fit = _fit(groups, order) if ratios else None
    kinds = [
        _row(None, about, [one for one in found if one.about == about], fit, n)
        for n, about in enumerate(RELATIONS)
        if any(one.about == about for one in found)
    ]
    fitted = {key: len(RELATIONS) + n for n, key in enumerate(_kept(groups, order))}
    voices = [_row(key[0], key[1], groups[key], fit, fitted.get(key)) for key in order]
    return Bias(
        answer=_answer(kinds, voices, found),
        rows=(*kinds, *voices),
        between=None if fit is None else round(fit.tau, 3),
        within=None if fit is None else round(fit.omega, 3),
        warnings=_warnings(kinds, voices),
        assumptions=ASSUMPTIONS,
    )


def _kept(groups: dict[Key, list[Contrast]], order: Sequence[Key]) -> list[Key]:
    """Voices with a ratio; of very many those with most."""
    able = [key for key in order if any(one.log is not None for one in groups[key])]
    return sorted(able, key=lambda key: (-len(groups[key]), key))[:MOST_VOICES]


def _fit(groups: dict[Key, list[Contrast]], order: Sequence[Key]) -> Pooled:
    kept = _kept(groups, order)
    number = len(RELATIONS)
    member = [RELATIONS.index(about) for _, about in kept]
    told = [
        (number + n, one.log, one.variance)
        for n, key in enumerate(kept)
        for one in groups[key]
        if one.log is not None and one.variance is not None
    ]
    design = np.zeros((len(told), number + len(kept)))
    design[np.arange(len(told)), [at for at, _, _ in told]] = 1.0
    values = np.array([log for _, log, _ in told])
    variance = np.array([var for _, _, var in told])

    def sums(omega: float) -> Sums:
        return of_contrasts(design, values, variance + omega**2)

    kinds = Kinds(np.zeros(number), np.full(number, WIDE))
    return pooled(sums, kinds, member)


def _row(
    voice: str | None,
    about: Relation,
    found: Sequence[Contrast],
    fit: Pooled | None,
    at: int | None,
) -> BiasRow:
    logs = [one.log for one in found if one.log is not None]
    needs = ENOUGH if voice is not None else ENOUGH_OF_KIND
    note = ""
    ratio = low = high = above = None
    if len(logs) < needs or fit is None or at is None:
        note = f"too few tolls ({len(logs)} of {needs}) to say"
    else:
        ratio = _factor(fit.mean(at))
        low, high = (_factor(end) for end in fit.interval(at))
        above = round(fit.above(at), 3)
    return BiasRow(
        voice=voice, about=about, tolls=len(found),
        incidents=len({one.incident for one in found}),
        higher=sum(one.higher for one in found),
        equal=sum(not one.higher and not one.lower for one in found),
        lower=sum(one.lower for one in found),
        zeros=len(found) - len(logs),
        median=_factor(median(logs)) if logs else None,
        ratio=ratio, low=low, high=high, above=above, note=note,
    )  # fmt: skip


def _factor(log: float) -> float:
    return float(f"{math.exp(log):.3g}")


def _answer(kinds: Sequence[BiasRow], voices: Sequence[BiasRow], found: Sequence[Contrast]) -> str:
    names = len({row.voice for row in voices})
    incidents = len({one.incident for one in found})
    out = [
        f"{several(names, 'voice')} gave figures beside others on {several(incidents, 'incident')}."
    ]
    for row in kinds:
        if row.ratio is not None and row.about != "neutral":
            out.append(
                f"Whoever counts {ABOUT[row.about].replace('it is', 'they are')} tells "
                f"{row.ratio:g} times what others do ({row.low:g} to {row.high:g}; "
                f"{several(row.tolls, 'toll')})."
            )
    sure = [row for row in voices if row.low is not None and row.high is not None
            and (row.low > 1 or row.high < 1)]  # fmt: skip
    for row in sure[:3]:
        out.append(
            f"{row.voice} on {ABOUT[row.about]}: {row.ratio:g} times ({row.low:g} to {row.high:g})."
        )
    if not any(row.ratio is not None for row in (*kinds, *voices)):
        out.append("On no kind of losses are there enough tolls to say whether figures differ.")
    elif not sure:
        out.append("No single voice surely tells more or less than others.")
    return " ".join(out)


def _warnings(kinds: Sequence[BiasRow], voices: Sequence[BiasRow]) -> tuple[str, ...]:
    few = [row for row in voices if row.note]
    out = []
    if few:
        out.append(
            f"Nothing can be said of {several(len(few), 'pair')} of a voice and whose losses it "
            f"counts: fewer than {ENOUGH} tolls each."
        )
    if {row.about for row in kinds} == {"neutral"}:
        out.append("No party to the fighting gives a figure that another voice gives too.")
    return tuple(out)
