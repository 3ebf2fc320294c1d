"""An incident from the accounts of one happening."""

from __future__ import annotations

from collections.abc import Sequence

from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Claim,
    EventClaim,
    Incident,
    MatchReason,
    Origin,
    Responsibility,
    ResponsibilityClaim,
    Toll,
    Where,
)
from contested.model.terms import IncidentStatus
from contested.reconcile.blame import responsibility
from contested.reconcile.credibility import grades, with_credibility
from contested.reconcile.distance import distance_km
from contested.reconcile.finest import finest_place, finest_time, finest_type
from contested.reconcile.scene import Options, scene_of
from contested.reconcile.sources import Sources
from contested.reconcile.toll import contradictions, tolls
from contested.reconcile.units import Unit


def build(
    incident_id: str,
    members: Sequence[Unit],
    joined: Sequence[MatchReason],
    sources: Sources,
    options: Options,
    as_of: str,
) -> Incident:
    """The incident that `members` tell of, with every derived value traceable to its claims."""
    claims: list[Claim] = [c for unit in members for c in unit.claims]
    events = [c for c in claims if isinstance(c, EventClaim)]
    scene = scene_of(claims, sources, options)
    graded = grades(claims, scene)
    found = with_credibility(
        tolls([c for c in claims if isinstance(c, CasualtiesClaim)], scene), graded
    )
    blame = responsibility([c for c in claims if isinstance(c, ResponsibilityClaim)], events, scene)
    told = sources.origins.describe(claims)
    accounts = [*_places(members), *contradictions(found)]
    competing = blame.accounts if blame.state == "competing" else ()
    return Incident(
        id=incident_id,
        type=finest_type([e.type for e in events], sources.world),
        where=finest_place([u.where for u in members if u.where is not None]),
        when=finest_time([u.when for u in members if u.when is not None]),
        initiators=_sides([e.initiators for e in events]),
        targets=_sides([e.targets for e in events]),
        status=_status(claims, found, blame, accounts, _vouching(claims, told, sources)),
        casualties=found,
        responsibility=blame,
        reports=tuple(dict.fromkeys(c.report for c in claims)),
        origins=told,
        claims=tuple(dict.fromkeys(c.id for c in claims)),
        why=tuple(joined),
        as_of=as_of,
        accounts=(*accounts, *competing),
        grades=graded,
    )


def _sides(groups: Sequence[tuple[ActorRef, ...]]) -> tuple[ActorRef, ...]:
    """Actors by id first; words only where no account names an actor."""
    known = {r.actor: r for refs in groups for r in refs if r.actor}
    if known:
        return tuple(known[a] for a in sorted(a for a in known if a))
    words = {r.as_written: r for refs in groups for r in refs}
    return tuple(words[w] for w in sorted(words))


def _vouching(claims: Sequence[Claim], told: Sequence[Origin], sources: Sources) -> int:
    """How many origins vouch for the happening.

    A side whose every word on it is hedged or denied corroborates nobody.
    """
    firm: set[str] = set()
    hedged: set[str] = set()
    for claim in claims:
        if claim.kind == "responsibility":
            continue
        side = claim.voice is not None and claim.voice.kind in ("party", "official")
        doubt = side and claim.stance in ("alleges", "unconfirmed", "denies")
        (hedged if doubt else firm).add(sources.origins.id_of(sources.origins.key(claim)))
    return sum(o.id not in hedged - firm for o in told)


def _places(members: Sequence[Unit]) -> list[str]:
    """Words on accounts that put it in different places, none of which holds the other."""
    named: dict[str, Where] = {}
    for unit in members:
        if unit.where is not None and (unit.where.radius_km or 0) <= 60:
            named.setdefault(unit.where.name, unit.where)
    places = sorted(named.values(), key=lambda w: w.name)
    for i, one in enumerate(places):
        for other in places[i + 1 :]:
            gap = distance_km(one, other)
            if gap is not None and gap > max(one.radius_km or 5, other.radius_km or 5):
                return [f"placed in {one.name} by one account, in {other.name} by another"]
    return []


def _status(
    claims: Sequence[Claim],
    found: Sequence[Toll],
    blame: Responsibility,
    accounts: Sequence[str],
    origins: int,
) -> IncidentStatus:
    if accounts or any(t.disputed for t in found) or blame.state == "competing":
        return "disputed"
    stances = {c.stance for c in claims if c.kind != "responsibility"} or {c.stance for c in claims}
    if stances == {"denies"}:
        return "denied"
    if stances <= {"unconfirmed", "alleges", "denies"}:
        return "unconfirmed"
    return "corroborated" if origins > 1 else "single_source"
