"""What a person should look at first: doubtful pairs and claims, by how useful an answer is.

The usefulness of an item is its uncertainty times its stake. Both are plain arithmetic:

- the uncertainty of a pair is 4p(1-p), where p follows from how far its match weight lies from
  the threshold; that of a claim comes from a low confidence c, as 1-c, the chance that it is
  wrong, from values carried over from another sentence (`CARRIED`) and from a figure that others
  dispute (`DISPUTED`), joined as independent doubts;
- the stake is 1 + log2(1 + deaths) + log2(1 + claims) of the incidents that hang on the answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from contested.model import Claim, Decision, Incident, Report
from contested.model.decision import holding
from contested.model.ids import digest
from contested.pipeline.standing import Judged

if TYPE_CHECKING:
    from contested.reconcile.doubt import Doubtful

LOW_CONFIDENCE = 0.6
"""Claims below it are looked at for it alone: about one in nine of the packaged sample."""
CARRIED, DISPUTED = 0.4, 0.6
ItemKind = Literal["pair", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """Something to look at.

    `claims` are the claim in doubt, or the main claims of both accounts; `incidents` those that
    hold them now, one where a pair is joined. `why` says what is doubtful. `seen` marks what it
    is about and its evidence: what was answered with the same mark does not come back.
    """

    kind: ItemKind
    claims: tuple[str, ...]
    incidents: tuple[str, ...]
    why: tuple[str, ...]
    uncertainty: float
    stake: float
    usefulness: float
    weight: float | None = None
    confidence: float | None = None
    evidence: tuple[tuple[str, float], ...] = ()
    skipped: int = 0
    seen: str = ""

    @property
    def joined(self) -> bool:
        """Whether both accounts are in one incident now."""
        return self.kind == "pair" and len(self.incidents) == 1


@dataclass(frozen=True, slots=True)
class Material:
    """The record as it is when a queue is made."""

    claims: Sequence[Claim]
    reports: Mapping[str, Report]
    incidents: Sequence[Incident]
    judged: Judged


def queue(material: Material, doubts: Iterable[Doubtful]) -> list[ReviewItem]:
    """All that is open, the most useful first, what somebody skipped last."""
    answered, skips = _answered(material.judged.decisions)
    by_id = {claim.id: claim for claim in material.claims}
    homes = {claim: one for one in material.incidents for claim in one.claims}
    items = [*_pairs(material, doubts, by_id, homes), *_claims(material, homes)]
    skipped = {seen: skips.count(seen) for seen in skips}
    fresh = [
        replace(item, skipped=skipped.get(item.seen, 0))
        for item in items
        if item.seen not in answered
    ]
    return sorted(fresh, key=lambda i: (i.skipped, -i.usefulness, i.claims))


def _answered(decisions: Sequence[Decision]) -> tuple[frozenset[str], list[str]]:
    """What was answered in a review, and what was skipped in one."""
    standing = [one for one in holding(decisions) if one.seen]
    answered = frozenset(str(one.seen) for one in standing if one.act != "skip")
    return answered, [str(one.seen) for one in standing if one.act == "skip"]


def _settled(judged: Judged, acts: frozenset[str]) -> list[frozenset[str]]:
    """Claims on which somebody decided outside of a review: these are not asked again."""
    return [
        judged.decided.touched[one.id]
        for one in holding(judged.decisions)
        if one.act in acts and one.seen is None and one.id in judged.decided.touched
    ]


# ---- pairs -----------------------------------------------------------------------------------


def _pairs(
    material: Material,
    doubts: Iterable[Doubtful],
    by_id: Mapping[str, Claim],
    homes: Mapping[str, Incident],
) -> Iterator[ReviewItem]:
    """Pairs that joined an incident, and of two incidents the pair that agrees best."""
    settled = _settled(material.judged, frozenset({"merge", "split", "confirm"}))
    joining = {
        frozenset((why.claim, why.with_claim)) for one in material.incidents for why in one.why
    }
    best: dict[tuple[str, ...], Doubtful] = {}
    for doubt in doubts:
        one, other = doubt.one[0], doubt.other[0]
        if one not in homes or other not in homes:
            continue
        mine, theirs = homes[one].id, homes[other].id
        if mine == theirs and frozenset((one, other)) not in joining:
            continue
        if any(one in group and other in group for group in settled):
            continue
        key = (one, other) if mine == theirs else tuple(sorted((mine, theirs)))
        if key not in best or doubt.weight > best[key].weight:
            best[key] = doubt
    for doubt in best.values():
        yield _pair(doubt, by_id, homes)


def _pair(doubt: Doubtful, by_id: Mapping[str, Claim], homes: Mapping[str, Incident]) -> ReviewItem:
    mains = sorted((doubt.one[0], doubt.other[0]))
    incidents = {homes[main].id: homes[main] for main in mains}
    share = 1 / (1 + 2.0**-doubt.distance)
    levels = sorted(name for name, _ in doubt.evidence)
    joined = len(incidents) == 1
    why = "the evidence that joined them is weak" if joined else "much speaks for one happening"
    return _item(
        "pair",
        tuple(mains),
        incidents.values(),
        (why,),
        4 * share * (1 - share),
        mark=[*(_told(by_id[main]) for main in mains), *levels],
        weight=doubt.weight,
        evidence=doubt.evidence,
    )


# ---- claims ----------------------------------------------------------------------------------


def _claims(material: Material, homes: Mapping[str, Incident]) -> Iterator[ReviewItem]:
    settled = frozenset().union(
        *_settled(material.judged, frozenset({"confirm", "credibility"})),
        *({each.id} for each in material.claims if _by_hand(each, material.judged)),
    )
    against = {claim: other for one in material.incidents for claim, other in _disputes(one)}
    for claim in material.claims:
        if claim.id in settled:
            continue
        doubts = list(_doubts(claim, against.get(claim.id, ())))
        if doubts:
            sure = math.prod(1 - weight for _, weight in doubts)
            home = homes.get(claim.id)
            yield _item(
                "claim",
                (claim.id,),
                [home] if home else [],
                tuple(why for why, _ in doubts),
                1 - sure,
                confidence=claim.confidence,
                mark=[claim.id, f"{claim.confidence:.2f}", *against.get(claim.id, ())],
            )


def _by_hand(claim: Claim, judged: Judged) -> bool:
    """Whether it was last corrected outside of a review."""
    by_id = {one.id: one for one in judged.decisions} if claim.decisions else {}
    return bool(by_id) and by_id[claim.decisions[-1]].seen is None


def _doubts(claim: Claim, against: Sequence[str]) -> Iterator[tuple[str, float]]:
    confidence = claim.confidence
    if confidence < LOW_CONFIDENCE:
        yield "low confidence", 1 - confidence
    if claim.carried:
        yield f"{', '.join(claim.carried)} taken from another sentence", CARRIED
    if against:
        yield f"disputed: others say {', '.join(against)}", DISPUTED


def _disputes(incident: Incident) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The claims of disputed tolls, each with the figures of other origins."""
    for toll in incident.casualties:
        if not toll.disputed:
            continue
        for figure in toll.according_to:
            others = {
                each.count.as_written or str(each.count.low)
                for each in toll.according_to
                if each.origin != figure.origin and each.count.low != figure.count.low
            }
            for claim in figure.claims:
                if others:
                    yield claim, tuple(sorted(others))


# ---- both ------------------------------------------------------------------------------------


def _item(
    kind: ItemKind,
    claims: tuple[str, ...],
    incidents: Iterable[Incident],
    why: tuple[str, ...],
    uncertainty: float,
    *,
    mark: Sequence[str],
    weight: float | None = None,
    confidence: float | None = None,
    evidence: tuple[tuple[str, float], ...] = (),
) -> ReviewItem:
    found = list(incidents)
    deaths = sum(_deaths(one) for one in found)
    hanging = sum(len(one.claims) for one in found) or 1
    stake = 1 + math.log2(1 + deaths) + math.log2(1 + hanging)
    return ReviewItem(
        kind=kind,
        claims=claims,
        incidents=tuple(sorted(one.id for one in found)),
        why=why,
        uncertainty=round(uncertainty, 3),
        stake=round(stake, 2),
        usefulness=round(uncertainty * stake, 2),
        weight=weight,
        confidence=confidence,
        evidence=evidence,
        seen=digest(kind, *mark)[:16],
    )


def _deaths(incident: Incident) -> int:
    killed = [toll for toll in incident.casualties if toll.effect == "killed"]
    return sum(toll.best or toll.low or 0 for toll in killed)


def _told(claim: Claim) -> str:
    """A claim by its words: a pair stays the same question when its claims are read anew."""
    return f"{claim.report} {claim.kind} {claim.quote}"
