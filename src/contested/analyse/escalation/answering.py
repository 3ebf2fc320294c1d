"""Who answers whom: the fitted process as a table and as words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from contested.analyse.answer import Band, band, listed, number
from contested.analyse.draws import Draws
from contested.analyse.escalation.study import MOST_FITS, Study, StudyOptions, study
from contested.analyse.hawkes import goodness

CLEAR = 0.02
"""A link is clear where even the low end of its interval is above this: one answer in fifty."""
TOO_FEW = "too few events"
POOR = 0.01
MOST_TOLD = 3
CHECKED = 20
MOST_LEFT_OUT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """How events of `asks` are followed by events of `answers`.

    `follow` is the expected number of direct answers to one event (an entry of the branching
    matrix); `share` the part of the answering side's events that such answers make up. `clear`
    is whether the interval keeps away from none. Where too little is known, `follow` is null and
    `note` says why.
    """

    asks: str
    answers: str
    asking_events: int
    answering_events: int
    follow: Band | None
    share: float | None
    clear: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One side: its events (mean of the draws) and the part that the baseline makes up."""

    name: str
    events: int
    unprompted: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """What `escalation` finds. `radius` is the branching ratio, `half_life` in days.

    `half_life` is null where the data do not tell it. `naive_radius` comes from the record as it
    stands, duplicates and all. `fits` says in words how well the model describes the events.
    """

    answer: str
    rows: tuple[Answering, ...]
    dimensions: tuple[Dimension, ...]
    radius: Band
    half_life: Band | None
    naive_radius: float | None
    fits: str
    start: str
    end: str
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def escalation(draws: Draws, options: StudyOptions | None = None) -> Escalation:
    """Who answers whom, over all draws. Raises TooFew where too few events stand behind it."""
    asked = options or StudyOptions()
    return escalation_of(study(draws, asked), draws, asked)


def escalation_of(found: Study, draws: Draws, asked: StudyOptions) -> Escalation:
    """The same from a study that was made before."""
    rows = [
        _row(found, answering, asking)
        for asking in range(len(found.names))
        for answering in range(len(found.names))
    ]
    rows += _silent(found, asked)
    told = found.edges < 0.5
    half_life = found.half_life() if told else None
    fits = _fits(found)
    first, last = (
        dt.date.fromordinal(found.start + days).isoformat() for days in (0, round(found.length) - 1)
    )
    return Escalation(
        answer=_answer(found, rows, half_life, fits),
        rows=tuple(rows),
        dimensions=tuple(_dimension(found, n) for n in range(len(found.names))),
        radius=found.radius(),
        half_life=half_life,
        naive_radius=found.naive.process.radius if found.naive else None,
        fits=fits,
        start=first,
        end=last,
        assumptions=(*_assumptions(found, asked), *draws.assumptions()),
        warnings=(*found.warnings, *_more_warnings(found)),
    )


def _row(found: Study, answering: int, asking: int) -> Answering:
    follow = found.excitation(answering, asking)
    counts = found.told.counts
    note = found.silent(answering) or found.silent(asking)
    return Answering(
        asks=found.names[asking],
        answers=found.names[answering],
        asking_events=round(counts[asking]),
        answering_events=round(counts[answering]),
        follow=follow,
        share=min(1.0, follow.best * float(counts[asking] / counts[answering])),
        clear=follow.low > CLEAR and not note,
        note=note,
    )


def _silent(found: Study, asked: StudyOptions) -> list[Answering]:
    """Sides of which no pair is told, and why."""
    enough = asked.dimensions.enough
    return [
        Answering(
            asks=name,
            answers=name,
            asking_events=round(count),
            answering_events=round(count),
            follow=None,
            share=None,
            clear=False,
            note=f"{TOO_FEW}: {count:.0f}, below {enough}"
            if count < enough
            else f"not among the {asked.dimensions.most} with most events",
        )
        for name, count in found.told.few[:MOST_LEFT_OUT]
    ]


def _dimension(found: Study, n: int) -> Dimension:
    shares = []
    for process, points in zip(found.fits, found.points, strict=True):
        expected = float(process.rates[n] @ process.baseline.whole())
        shares.append(min(1.0, expected / max(1, int(points.counts()[n]))))
    return Dimension(
        name=found.names[n], events=round(found.told.counts[n]), unprompted=band(shares)
    )


def _fits(found: Study) -> str:
    """Time rescaling over some draws, the middle p-value of each side."""
    poor, tested = [], 0
    for n, name in enumerate(found.names):
        pairs = list(zip(found.fits, found.points, strict=True))[:CHECKED]
        values = [good.p_value for p, q in pairs if (good := goodness(p, q, n))]
        tested += bool(values)
        if values and float(np.median(values)) < POOR:
            poor.append(name)
    if not tested:
        return "Too few events to test how well it fits."
    if poor:
        return (
            f"The model does not describe well when events of {listed(poor)} come (Kolmogorov-"
            "Smirnov after time rescaling): take its figures there as a rough summary."
        )
    return "The waiting times are such as the model expects (Kolmogorov-Smirnov, time rescaling)."


def _answer(found: Study, rows: list[Answering], half_life: Band | None, fits: str) -> str:
    radius = found.radius()
    total = sum(found.told.counts)
    out = [
        f"{total:,.0f} events of {listed(found.names)}. Branching ratio {radius.words()}: "
        + _meaning(radius)
    ]
    if half_life is None:
        out.append("How fast answers come cannot be told from these data.")
    else:
        out.append(f"Half of the direct answers come within {half_life.words()} days.")
    out.append(_pairs(rows, found.told.named))
    if found.naive is not None and abs(found.naive.process.radius - radius.best) >= 0.02:
        out.append(
            f"The record as it stands would give {number(found.naive.process.radius)}: what may "
            "be one happening and reported twice looks like an answer."
            if found.naive.process.radius > radius.best
            else f"The record as it stands would give {number(found.naive.process.radius)}."
        )
    out.append(fits)
    return " ".join(out)


def _meaning(radius: Band) -> str:
    if radius.best >= 1:
        return "the fit explodes, each event brings more than one other."
    if radius.low < CLEAR:
        return "events may well come without answering each other at all."
    return f"an event brings about {number(radius.best / (1 - radius.best), 2)} more in the end."


def _pairs(rows: list[Answering], named: int) -> str:
    if named < 2:
        return "With one side alone nobody can be said to answer another."
    asked = [row for row in rows if not row.note and row.asks != row.answers]
    cross = [row for row in asked if row.clear]
    possible = len(asked)
    if not possible:
        return "Who answers whom cannot be told: nobody says who began."
    if not cross:
        return f"Of {possible} pairs of sides none clearly answers the other."
    cross.sort(key=lambda row: -row.follow.best if row.follow else 0.0)
    told = [
        f"{row.answers} answers {row.asks} ({row.follow.words(2)} after each)"
        for row in cross[:MOST_TOLD]
        if row.follow
    ]
    by_chance = f"; of {possible} pairs about {max(1, round(possible * 0.05))} would by chance"
    return f"Clear: {listed(told)}{by_chance}."


def _more_warnings(found: Study) -> list[str]:
    out = []
    if share := found.exploding():
        out.append(
            f"In {share:.0%} of the draws the fitted process explodes (branching ratio 1 or more): "
            "a rise that the baseline cannot follow is taken for answers. Allow it more pieces."
        )
    if found.edges >= 0.5:
        out.append(
            "The half-life lies at the bound of what was searched: there is hardly any answering "
            "to time, or it is slower than the time watched can show."
        )
    return out


def _assumptions(found: Study, asked: StudyOptions) -> list[str]:
    baseline = found.fits[0].baseline
    shape = "smooth pieces" if baseline.degree else "steps"
    pieces = len(baseline.edges) - 1
    chosen = "chosen by BIC" if asked.pieces is None else "as asked"
    return [
        "Hawkes process, exponential kernels, "
        + ("one decay for all." if asked.decays == "one" else "a decay of each answering side."),
        f"Baseline of {pieces} {shape} ({chosen}); what it cannot follow looks like answers.",
        "Each event is put at a random time of its day, anew in every draw.",
        "A pair marked * is no statement: who began is not known, or a side is a mixture.",
        "Events answer only earlier ones in the list; what nobody reported answers nothing and is "
        "answered by nothing. To follow is not to be caused by.",
        "An event of several initiators counts for that of them with most events.",
        f"Intervals: 90% of fits over draws (at most {MOST_FITS}), each with a bootstrap copy, and "
        "what corrects them for estimates that few events make too low.",
        f"No statement on a side with fewer than {asked.dimensions.enough} events: from so few the "
        "interval of a pair is about as wide as all that is plausible.",
    ]
