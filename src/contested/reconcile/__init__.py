"""Claims to incidents: copies and origins, linking, tolls, responsibility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from contested.model import Claim, Incident, MatchReason, Report
from contested.model.ids import short_id
from contested.model.rules import LEARNING, RULES
from contested.reconcile.build import build
from contested.reconcile.constraints import NONE, Bound, Constraints
from contested.reconcile.explain import Evidence, explain
from contested.reconcile.features import Describer, Row
from contested.reconcile.link import Linked, Linking, link
from contested.reconcile.model import LinkModel
from contested.reconcile.options import Reconciling
from contested.reconcile.prepare import learnt
from contested.reconcile.scene import Options
from contested.reconcile.sources import Sources
from contested.reconcile.units import Unit, units
from contested.world import Ratings, World

__all__ = ["RULES", "Constraints", "Reconciling", "Sources", "reconcile"]


def reconcile(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    world: World,
    how: Reconciling | None = None,
) -> list[Incident]:
    """Gather claims into incidents, in order of time."""
    how = how or Reconciling()
    grouped = group(accounts(claims, reports), world, how.linking, constraints=how.constraints)
    return sorted(incidents(grouped, Sources.of(reports, world), how), key=in_time)


def in_time(incident: Incident) -> tuple[str, str]:
    """Sorts incidents by time, those without one first."""
    return (incident.when.earliest or "0") if incident.when else "0", incident.id


@dataclass(frozen=True, slots=True)
class Grouped:
    """Accounts of one happening each, in the order of the accounts, with why they were joined.

    `parts` names for each of `ordered` the first position that links connect it with.
    """

    ordered: list[Unit]
    rows: list[Row]
    groups: list[tuple[list[Unit], list[MatchReason]]]
    parts: list[int]
    model: LinkModel


def accounts(claims: Sequence[Claim], reports: Mapping[str, Report]) -> list[Unit]:
    """What is linked: accounts in the order of their ids."""
    return sorted(units(claims, reports), key=lambda u: (u.id, u.report))


def group(
    ordered: list[Unit],
    world: World,
    linking: Linking,
    rows: list[Row] | None = None,
    constraints: Constraints = NONE,
) -> Grouped:
    """Gather accounts, which are in the order of their ids, into happenings.

    What persons decided comes first and binds; see `Constraints`.
    """
    describer = Describer(world)
    rows = rows if rows is not None else [describer.row(unit) for unit in ordered]
    bound = Bound(constraints, ordered)
    linked = link(rows, linking, bound.decided())
    out = []
    for members, pairs in zip(linked.groups, linked.joined, strict=True):
        why = [*bound.reasons(members), *(reason(ordered, pair, linked) for pair in pairs)]
        out.append((sorted((ordered[n] for n in members), key=_position), why))
    out.sort(key=lambda each: _position(each[0][0]))
    return Grouped(ordered, rows, out, linked.parts, linked.model)


def incidents(grouped: Grouped, sources: Sources, how: Reconciling) -> Iterator[Incident]:
    """The incident of each group, one after the other.

    A rule that learns does so from the groups at hand: whoever wants `best` by it has to give
    all groups of a record.
    """
    options = prepared(grouped, sources, how)
    names = _names([members for members, _ in grouped.groups], how)
    for name, (members, joined) in zip(names, grouped.groups, strict=True):
        told = (c.id for unit in members for c in unit.claims)
        rule = how.constraints.rule_of(told, options.rule)
        own = options if rule == options.rule else replace(options, rule=rule)
        yield build(name, members, joined, sources, own, how.as_of)


def prepared(grouped: Grouped, sources: Sources, how: Reconciling) -> Options:
    """The options with the ratings that all incidents share, and what the rules have to learn."""
    ratings = Ratings(sources.world, how.judgements.reliability)
    options = replace(how.options(), ratings=ratings)
    if not learning(options.rule, how.constraints):
        return options
    told = [[c for unit in members for c in unit.claims] for members, _ in grouped.groups]
    return replace(options, biases=learnt(told, sources, options))


def learning(rule: str, constraints: Constraints) -> bool:
    """Whether a rule in force, in all incidents or in one, learns from the whole record."""
    return not LEARNING.isdisjoint({rule, *(each for _, each in constraints.rules)})


def _position(unit: Unit) -> tuple[str, int, str]:
    return unit.report, unit.start, unit.id


def reason(ordered: Sequence[Unit], pair: tuple[int, int], linked: Linked) -> MatchReason:
    """Why a pair was joined: each agreement in words, with its weight."""
    one, other = ordered[pair[0]], ordered[pair[1]]
    evidence: Evidence = explain(one, other, linked.levels[pair], linked.model)
    return MatchReason(
        claim=one.id,
        with_claim=other.id,
        evidence=evidence,
        weight=round(sum(weight for _, weight in evidence), 2),
    )


def _names(groups: Sequence[Sequence[Unit]], how: Reconciling) -> list[str]:
    """Ids that stay: the former incident of the very same claims, the old one that shares most,
    else one from the first claim."""
    homes: dict[str, set[str]] = {}
    for incident, members_before in how.previous.items():
        for name in members_before:
            homes.setdefault(name, set()).add(incident)
    wishes: list[tuple[int, int, str]] = []
    for n, members in enumerate(groups):
        shared: dict[str, int] = {}
        for unit in members:
            for claim in unit.claims:
                for incident in homes.get(claim.id, ()):
                    shared[incident] = shared.get(incident, 0) + 1
        wishes += [(-count, n, incident) for incident, count in shared.items()]
    same = {claims: name for name, claims in sorted(how.former.items(), reverse=True)}
    out: dict[int, str] = {}
    for n, members in enumerate(groups):
        held = frozenset(c.id for unit in members for c in unit.claims)
        if held in same:
            out[n] = same.pop(held)
    taken = set(out.values())
    reserved = set().union(how.previous, how.former, how.taken)
    for _, n, incident in sorted(wishes):
        if n not in out and incident not in taken:
            out[n] = incident
            taken.add(incident)
    for n, members in enumerate(groups):
        if n not in out:
            out[n] = next(name for name in fresh_names(members) if name not in reserved)
            reserved.add(out[n])
    return [out[n] for n in range(len(groups))]


def fresh_names(members: Sequence[Unit]) -> Iterator[str]:
    """Ids for an incident that has none, from its first claim; the first one is most wanted."""
    first = min(c.id for unit in members for c in unit.claims)
    yield short_id("i", first)
    for extra in count(1):
        yield short_id("i", first, extra)
