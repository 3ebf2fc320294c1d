"""Which event answered which: what reports assert, and what only the timing suggests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.analyse.escalation.study import Study
from contested.analyse.events import Events, Floats, Ints
from contested.analyse.hawkes import intensities
from contested.model import AgreementClaim, Claim, EventClaim, Incident, StatementClaim

DAYS = 30
"""How far back an event is looked for that a report says was answered without saying which."""
FARTHEST = 400
NOTHING = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A passage that says that this answers that: its claim, its words, and who says so."""

    claim: str
    report: str
    quote: str
    words: str
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Of incident `then` it is said that it answers `first`; None where no report says which."""

    first: str | None
    then: str
    by: tuple[Assertion, ...]


def asserted(claims: Iterable[Claim], incidents: Sequence[Incident]) -> list[Said]:
    """All links between incidents that reports assert. What is denied is left out."""
    homes = {claim: incident.id for incident in incidents for claim in incident.claims}
    found: dict[tuple[str, str | None], list[Assertion]] = {}
    for claim in claims:
        if not isinstance(claim, EventClaim) or claim.in_response_to is None:
            continue
        then = homes.get(claim.id)
        if then is None or claim.stance == "denies":
            continue
        first = homes.get(claim.in_response_to.ref or "")
        key = then, None if first == then else first
        found.setdefault(key, []).append(_assertion(claim, claim.in_response_to.as_written))
    return [
        Said(first=first, then=then, by=tuple(by))
        for (then, first), by in sorted(found.items(), key=_order)
    ]


def other_answers(claims: Iterable[Claim]) -> list[Assertion]:
    """Statements and agreements that reports call an answer: told beside, links of no chain."""
    return [
        _assertion(claim, claim.in_response_to.as_written)
        for claim in claims
        if isinstance(claim, StatementClaim | AgreementClaim)
        and claim.in_response_to is not None
        and claim.stance != "denies"
    ]


def _order(item: tuple[tuple[str, str | None], list[Assertion]]) -> tuple[str, str]:
    return item[0][0], item[0][1] or ""


def _assertion(claim: EventClaim | StatementClaim | AgreementClaim, words: str) -> Assertion:
    voice = claim.voice
    return Assertion(
        claim=claim.id,
        report=claim.name,
        quote=claim.quote,
        words=words,
        speaker=(voice.actor or voice.name) if voice else None,
    )


def candidate(events: Events, rows: Mapping[str, int], then: str) -> str | None:
    """The latest earlier event, within a month, by a side that `then` attacks.

    A guess of ours: the report says that something was answered, not what.
    """
    row = rows.get(then)
    if row is None or not events.first[row]:
        return None
    attacked = set(events.sides[events.targets[row]])
    began = {actor for side, _ in events.initiators[row] for actor in events.sides[side]}
    last = int(events.last[row] or events.first[row])
    best: tuple[int, str] | None = None
    for name, other in rows.items():
        day = int(events.first[other])
        if other == row or not day or not last - DAYS <= day <= last:
            continue
        if day == last and int(events.first[row]) <= day and int(events.last[other]) >= last:
            continue
        theirs = {a for side, _ in events.initiators[other] for a in events.sides[side]}
        if attacked & theirs and not theirs & began:
            best = max(best or (0, ""), (day, name))
    return best[1] if best else None


def timed(found: Study, events: Events, least: float) -> dict[tuple[int, int], float]:
    """Pairs of rows of which the model says the first triggered the second, and how probably.

    The mean over draws of the part that the first has in the intensity at the second:
    A. Veen and F. P. Schoenberg, JASA 103 (2008); J. Zhuang, Y. Ogata and D. Vere-Jones, JASA 97
    (2002). Pairs below `least` are left out, and those of a side on which no statement is made.
    """
    told = np.array([found.silent(n) == "" for n in range(len(found.names))])
    keys, shares = [], []
    for process, points, rows in zip(found.fits, found.points, found.rows, strict=True):
        intensity = intensities(process, points)
        for lag in range(1, min(FARTHEST, len(points.times))):
            first, then = points.marks[:-lag], points.marks[lag:]
            decay = process.decay[then]
            fade = decay * np.exp(-decay * (points.times[lag:] - points.times[:-lag]))
            both = told[then] & told[first]
            share = both * process.excitation[then, first] * fade / intensity[lag:]
            kept = np.flatnonzero(share > NOTHING)
            if not len(kept) and float(fade.max()) * process.excitation.max() < NOTHING * float(
                intensity.min()
            ):
                break
            keys.append(rows[kept] * len(events) + rows[kept + lag])
            shares.append(share[kept])
    return _means(keys, shares, len(found.fits), len(events), least)


def _means(
    keys: list[Ints], shares: list[Floats], draws: int, size: int, least: float
) -> dict[tuple[int, int], float]:
    if not keys:
        return {}
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    mean = np.bincount(inverse, np.concatenate(shares), minlength=len(unique)) / draws
    kept = np.flatnonzero(mean >= least)
    return {(int(unique[n]) // size, int(unique[n]) % size): round(float(mean[n]), 4) for n in kept}
