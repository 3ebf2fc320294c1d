"""How credible each claim is in the light of the others, on the Admiralty code's 1 to 6.

NATO AJP-2.1 (STANAG 2511) asks whether other sources confirm an item, agree with it or contradict
it. Here: of the independent origins that speak of the same matter of the same incident, how many
say the same, how many something that can hold beside it, and how many something that cannot.

======================================  =========================
others                                  credibility
======================================  =========================
nobody else speaks of it                6, cannot be judged
one or more say the same, none differs  1, confirmed
more say the same than contradict it    2, probably true
none contradicts, some fit it           3, possibly true
as many say the same as contradict it   3, possibly true
fewer say the same than contradict it   4, doubtful
two or more contradict, none agrees     5, improbable
======================================  =========================

Whose claim it is, and how reliable that source is, does not enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from contested.errors import UsageError
from contested.model import (
    CasualtiesClaim,
    Claim,
    EventClaim,
    Figure,
    Grade,
    ResponsibilityClaim,
    Toll,
)
from contested.model.ratings import NUMBERS
from contested.reconcile.distance import distance_km
from contested.reconcile.scene import Scene

Bearing = Literal["same", "fits", "contradicts", "nothing"]
RULE = "the rule"


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what is asked of it again and again."""

    claim: Claim
    origin: str
    named: bool
    said: str


def grades(claims: Sequence[Claim], scene: Scene) -> tuple[Grade, ...]:
    """Both signs of every claim of an incident. Raises UsageError for a number that is none."""
    ordered = sorted(claims, key=lambda c: (c.report, c.start, c.id))
    matters: dict[tuple[str, ...], list[_Told]] = {}
    for claim in ordered:
        named = claim.voice is not None and bool(claim.voice.actor)
        told = _Told(claim, scene.origins.key(claim), named, scene.said(claim) or "")
        matters.setdefault(_matter(claim), []).append(told)
    return tuple(_grade(claim, matters[_matter(claim)], scene) for claim in ordered)


def _matter(claim: Claim) -> tuple[str, ...]:
    """Of what a claim speaks: only claims of one matter bear on each other."""
    if isinstance(claim, CasualtiesClaim):
        return claim.kind, claim.effect, claim.victims
    return (claim.kind,)


def with_credibility(tolls: Sequence[Toll], graded: Sequence[Grade]) -> tuple[Toll, ...]:
    """The tolls, each figure with the best credibility that one of its claims has."""
    numbers = {grade.claim: grade.credibility for grade in graded}

    def number(figure: Figure) -> Figure:
        return replace(figure, credibility=min((numbers[c] for c in figure.claims), default=6))

    return tuple(
        replace(toll, according_to=tuple(number(figure) for figure in toll.according_to))
        for toll in tolls
    )


def _grade(claim: Claim, others: Sequence[_Told], scene: Scene) -> Grade:
    rating = scene.ratings.of(claim.speakers, scene.reports.get(claim.report))
    number, because, by = _credibility(claim, others, scene)
    return Grade(
        claim=claim.id,
        subject=rating.subject,
        reliability=rating.letter,
        reliability_by=rating.set_by,
        credibility=number,  # type: ignore[arg-type]
        credibility_because=because,
        credibility_by=by,
    )


def _credibility(claim: Claim, others: Sequence[_Told], scene: Scene) -> tuple[int, str, str]:
    decided = scene.options.judgements.credibility.get(claim.id)
    if decided is not None:
        value, reason, author = decided
        if str(value) not in map(str, NUMBERS):
            raise UsageError(f"The credibility of {claim.id} is set to {value!r}. Use 1 to 6.")
        return int(value), reason, author
    same, fits, against = _tally(claim, others, scene)
    return *judged(len(same), len(fits), len(against), ", ".join(sorted(against.values()))), RULE


def judged(same: int, fits: int, against: int, who: str = "") -> tuple[int, str]:
    """The number for so many independent origins, and why (see the table above)."""
    words = f"{_origins(same)} the same" if same else "no other origin says the same"
    clash = f"; {_contradict(against)}" + (f" ({who})" if who else "") if against else ""
    if not (same or fits or against):
        return 6, "no other origin speaks of it"
    if not against:
        return (1, words) if same else (3, "others tell of it and what they say fits")
    if same > against:
        return 2, words + clash
    if same == against:
        return 3, words + clash
    return (5 if against > 1 and not same else 4), words + clash


def _origins(number: int) -> str:
    return "another origin says" if number == 1 else f"{number} other origins say"


def _contradict(number: int) -> str:
    return "one contradicts it" if number == 1 else f"{number} contradict it"


def _tally(
    claim: Claim, others: Sequence[_Told], scene: Scene
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Origins that say the same, that fit, and that contradict: each once, by its last word."""
    bearing = _BEARINGS.get(claim.kind)
    mine = next(t for t in others if t.claim is claim)
    found: dict[str, tuple[tuple[str, int], Bearing, Claim]] = {}
    for other in others:
        if bearing is None or not _independent(mine, other):
            continue
        told = bearing(claim, other.claim, scene)
        if told == "nothing":
            continue
        rank = (other.said, ("contradicts", "fits", "same").index(told))
        if other.origin not in found or rank > found[other.origin][0]:
            found[other.origin] = (rank, told, other.claim)

    def of(kind: Bearing) -> dict[str, str]:
        return {key: scene.name(c) for key, (_, told, c) in found.items() if told == kind}

    return of("same"), of("fits"), of("contradicts")


def _independent(one: _Told, other: _Told) -> bool:
    """Whether another claim comes from elsewhere.

    What a report tells in its own voice beside people whom it quotes most likely comes from them.
    """
    if one.origin == other.origin:
        return False
    return one.claim.report != other.claim.report or (one.named and other.named)


def _casualties(one: Claim, other: Claim, scene: Scene) -> Bearing:
    if not isinstance(one, CasualtiesClaim) or not isinstance(other, CasualtiesClaim):
        return "nothing"
    if one.part_of or other.part_of:
        return "nothing"
    a, b = one.count, other.count
    apart = _below(a.high, b.low) or _below(b.high, a.low)
    if (one.stance == "denies") != (other.stance == "denies"):
        return "nothing" if apart else "contradicts"
    if apart:
        near = "about" in (a.qualifier, b.qualifier)
        return "fits" if near or _rose(one, other, scene) else "contradicts"
    return "same" if (a.low, a.high) == (b.low, b.high) else "fits"


def _rose(one: CasualtiesClaim, other: CasualtiesClaim, scene: Scene) -> bool:
    """Whether the higher number is the later one, and not both voices are parties."""
    days = scene.said(one) or "", scene.said(other) or ""
    if not all(days) or days[0] == days[1] or (scene.has_stake(one) and scene.has_stake(other)):
        return False
    lows = one.count.low or 0, other.count.low or 0
    return (days[0] < days[1]) == (lows[0] < lows[1])


def _below(top: int | None, bottom: int | None) -> bool:
    return top is not None and bottom is not None and top < bottom


def _event(one: Claim, other: Claim, _: Scene) -> Bearing:
    """Two accounts of the happening: the same unless one denies it, or puts it elsewhere."""
    if not isinstance(one, EventClaim) or not isinstance(other, EventClaim):
        return "nothing"
    if (one.stance == "denies") != (other.stance == "denies"):
        return "contradicts"
    if one.where is not None and other.where is not None:
        gap = distance_km(one.where, other.where)
        reach = (one.where.radius_km or 5) + (other.where.radius_km or 5)
        if gap is not None and gap > reach:
            return "contradicts"
    mine, theirs = ({r.actor for r in e.initiators if r.actor} for e in (one, other))
    return "fits" if mine and theirs and not mine & theirs else "same"


def _responsibility(one: Claim, other: Claim, _: Scene) -> Bearing:
    if not isinstance(one, ResponsibilityClaim) or not isinstance(other, ResponsibilityClaim):
        return "nothing"
    sides = {"claims": 1, "is_blamed": 1, "denies": -1}
    if one.act not in sides or other.act not in sides or not one.actor or not other.actor:
        return "nothing"
    if one.actor == other.actor:
        return "same" if sides[one.act] == sides[other.act] else "contradicts"
    return "contradicts" if one.act == other.act == "claims" else "nothing"


_BEARINGS: dict[str, Callable[[Claim, Claim, Scene], Bearing]] = {
    "casualties": _casualties,
    "event": _event,
    "responsibility": _responsibility,
}
