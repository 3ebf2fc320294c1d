"""What the lists show: overview, agreements, statistics, actors, finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from contested.model import AgreementClaim, Claim, Incident, StatisticClaim
from contested.publish.words import count_in_words, phrase
from contested.record import Hit
from contested.serve import words
from contested.serve.addresses import claim_address
from contested.serve.source import Source

_FOUND = re.compile(r"(\[\[|\]\])")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One agreement or statistic in a list, with its voice and where it stands."""

    id: str
    when: str
    what: str
    value: str
    who: str
    where: str
    voice: str
    stance: str
    quote: str
    address: str


def claim_lines(source: Source, claims: Iterable[Claim]) -> list[ClaimLine]:
    """Claims in the order given: the report's name as `who`, what is claimed as `what`."""
    claims = list(claims)
    titles = source.titles(claim.report for claim in claims)
    source.ask_outlets(claim.id for claim in claims if not claim.speakers)
    return [
        ClaimLine(
            id=claim.id,
            when="",
            what=words.claimed(claim, source.actor_name),
            value=claim.kind,
            who=titles[claim.report],
            where="",
            voice=source.voice(claim.speakers, (claim.id,)),
            stance=claim.stance,
            quote=" ".join(claim.quote.split()),
            address=claim_address(claim),
        )
        for claim in claims
    ]


def agreement_lines(source: Source, claims: Iterable[AgreementClaim]) -> list[ClaimLine]:
    """Agreements by their time, those of unknown time last."""
    found = sorted(claims, key=lambda c: ((c.when and c.when.earliest) or "9", c.id))
    return [
        ClaimLine(
            id=claim.id,
            when=words.date_in_words(claim.when),
            what=f"{phrase(claim.type)} {phrase(claim.act)}",
            value="" if claim.duration_days is None else f"{claim.duration_days:g} days",
            who=_sides(source, claim),
            where=words.place_in_full(claim.where) if claim.where else "",
            voice=source.voice(claim.speakers, (claim.id,)),
            stance=claim.stance,
            quote=" ".join(claim.quote.split()),
            address=claim_address(claim),
        )
        for claim in found
    ]


def _sides(source: Source, claim: AgreementClaim) -> str:
    parties = words.names_of(claim.parties, source.actor_name)
    mediators = words.names_of(claim.mediators, source.actor_name)
    return " · ".join(filter(None, (parties, mediators and f"mediated by {mediators}")))


def statistic_lines(source: Source, claims: Iterable[StatisticClaim]) -> list[ClaimLine]:
    """Statistics by what they measure and their period."""
    found = sorted(claims, key=lambda c: (c.measure, (c.period and c.period.earliest) or "9", c.id))
    return [
        ClaimLine(
            id=claim.id,
            when=words.date_in_words(claim.period) if claim.period else "period unknown",
            what=phrase(claim.measure) + _victims(claim),
            value=_value(claim),
            who=source.actor_name(claim.actor) if claim.actor else "",
            where=words.place_in_full(claim.where) if claim.where else "",
            voice=source.voice(claim.speakers, (claim.id,)),
            stance=claim.stance,
            quote=" ".join(claim.quote.split()),
            address=claim_address(claim),
        )
        for claim in found
    ]


def _victims(claim: StatisticClaim) -> str:
    return f", {phrase(claim.victims)}" if claim.victims not in (None, "unknown") else ""


def _value(claim: StatisticClaim) -> str:
    change = "" if claim.change_percent is None else f"{claim.change_percent:+g} %"
    parts = (count_in_words(claim.count), change, claim.direction or "")
    return ", ".join(part for part in parts if part) or "not given as a number"


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor of the record and in how many incidents it is named."""

    id: str
    name: str
    kind: str
    part_of: str
    initiator: int
    target: int
    voice: int


def actor_lines(source: Source, incidents: Iterable[Incident]) -> list[ActorLine]:
    """States, groups and organs that the incidents name, by name."""
    begun: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for incident in incidents:
        begun.update({ref.actor for ref in incident.initiators if ref.actor})
        hit.update({ref.actor for ref in incident.targets if ref.actor})
        heard.update(_heard(incident))
    lines = []
    for id in {*begun, *hit, *heard}:
        known = source.record.world.actors.get(id)
        above = source.actor_name(known.parent) if known and known.parent else ""
        kind = phrase(known.kind) if known else "not in the actor table"
        name = source.actor_name(id)
        lines.append(ActorLine(id, name, kind, above, begun[id], hit[id], heard[id]))
    return sorted(lines, key=lambda line: (line.name.casefold(), line.id))


def _heard(incident: Incident) -> set[str]:
    chains = [f.speakers for toll in incident.casualties for f in toll.according_to]
    chains += [voice.speakers for voice in incident.responsibility.according_to]
    return {chain[-1].actor for chain in chains if chain and chain[-1].actor}


@dataclass(frozen=True, slots=True)
class HitLine:
    """A find, its words cut where the search marks them."""

    kind: str
    title: str
    address: str
    parts: tuple[tuple[str, bool], ...]


def hit_lines(hits: Iterable[Hit]) -> list[HitLine]:
    """Finds with addresses; of claims on the same words the first one.

    What stands between the marks is found text, and only text.
    """
    once: dict[tuple[str, str, str], Hit] = {}
    for hit in hits:
        once.setdefault((hit.kind, hit.report, hit.snippet), hit)
    return [
        HitLine(
            kind=hit.kind,
            title=hit.title or hit.name,
            address=f"/reports/{hit.report}"
            + (f"?claim={hit.id}#{hit.id}" if hit.kind == "claim" else ""),
            parts=tuple(_parts(hit.snippet)),
        )
        for hit in once.values()
    ]


def _parts(snippet: str) -> Iterable[tuple[str, bool]]:
    found = False
    for part in _FOUND.split(snippet):
        if part in ("[[", "]]"):
            found = part == "[["
        elif part:
            yield part, found
