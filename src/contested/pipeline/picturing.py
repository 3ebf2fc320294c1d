"""Claims, reports' days and the registry put together for the network and the system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contested.analyse.bodies import Bodies
from contested.errors import UsageError
from contested.model import Claim, Incident, When
from contested.model.edtf import bounds
from contested.model.query import Query
from contested.pipeline.filters import actor_ids

if TYPE_CHECKING:
    from contested.analyse.draws import DrawOptions
    from contested.analyse.events import Events
    from contested.analyse.network import Network, NetworkOptions
    from contested.analyse.system import Scene, Scheme, System, SystemOptions
    from contested.analyse.voiced import Odds
    from contested.pipeline.facade import Record
    from contested.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How actors are looked at: their `organs` apart, and pairs that count `as_one`."""

    organs: bool = False
    as_one: tuple[tuple[str, str], ...] = ()

    def bodies(self, world: World) -> Bodies:
        """The registry seen so. Raises UsageError for an unknown actor."""
        pairs = [(_one(one, world), _one(other, world)) for one, other in self.as_one]
        return Bodies(world.actors, organs=self.organs, as_one=pairs)


def _one(given: str, world: World) -> str:
    found = actor_ids(given, world)
    if len(found) > 1:
        raise UsageError(f"{given!r} names {', '.join(found)}: write the id of one of them.")
    return found[0]


def pairs(given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """``one=other`` as pairs. Raises UsageError for anything else."""
    out = []
    for text in given:
        one, equals, other = text.partition("=")
        if not (equals and one.strip() and other.strip()):
            raise UsageError(
                f"--as-one {text}: write two actors, as in afghanistan=afghan-taliban."
            )
        out.append((one.strip(), other.strip()))
    return tuple(out)


def day(given: str | None, *, last: bool = False, option: str = "--since") -> str | None:
    """The first or last day of an EDTF date, as ISO. Raises UsageError for what is none."""
    if given is None:
        return None
    try:
        ends = bounds(given)
    except ValueError as error:
        raise UsageError(f"{option} {given}: {error}.") from error
    chosen = ends[1] if last else ends[0]
    return chosen.isoformat() if chosen else None


def timeless(query: Query) -> Query:
    """The query without its time: an undated tie is placed by its report, not left out."""
    return replace(query, since=None, until=None)


def material(record: Record, query: Query) -> tuple[list[Claim], Mapping[str, When | None]]:
    """Claims that fit but for the time, and when each report was published."""
    published = {stored.report.id: stored.report.published for stored in record.store.reports()}
    return list(record.claims(timeless(query))), published


def network_of(
    record: Record,
    query: Query,
    picture: Picture,
    odds: Odds,
    count: int = 200,
    seed: int = 1,
) -> Network:
    """The network of what fits. Raises NothingToAnalyse where there is none."""
    from contested.analyse.network import NetworkOptions, network

    options: NetworkOptions = NetworkOptions(
        odds=odds,
        count=count,
        seed=seed,
        since=day(query.since),
        until=day(query.until, last=True, option="--until"),
    )
    claims, published = material(record, query)
    world = record.world
    return network(claims, world.ties, picture.bodies(world), published, options)


def scheme(world: World) -> Scheme:
    """The tables by which claims and events are read as arrows and phases."""
    from contested.analyse.system import Kinds, Phases, Scheme

    types = world.event_types
    clashes = frozenset(one for one in types if "armed_clash" in world.type_path(one))
    attacks = frozenset(one for one, row in types.items() if row.violent) - clashes
    named = {row.term: row.phase for row in world.phases.values() if row.kind == "event"}
    events = {
        one: phase
        for one in types
        if (phase := next((named[up] for up in world.type_path(one) if up in named), None))
    }
    acts = {(r.term, r.act): r.phase for r in world.phases.values() if r.kind == "agreement"}
    violent = frozenset(phase for one, phase in events.items() if types[one].violent)
    return Scheme(
        words=world.ties,
        kinds=Kinds(attacks=attacks, clashes=clashes, known=frozenset(types)),
        phases=Phases(events=events, known=frozenset(types), acts=acts, violent=violent),
        loops=world.loops,
    )


def scene_of(
    record: Record,
    query: Query,
    picture: Picture,
    options: SystemOptions,
    drawing: DrawOptions,
) -> Scene:
    """The record as arrows and loops. Raises NothingToAnalyse where there is none."""
    from contested.analyse.draws import draw
    from contested.analyse.system import scene

    claims, published = material(record, query)
    world = record.world
    found = record.events(query)
    incidents = record.incidents(query)
    draws = draw(with_victims(found, incidents), drawing) if len(found) else None
    bodies = picture.bodies(world)
    return scene(claims, draws, scheme(world), bodies, published, options, incidents)


def system_of(
    record: Record,
    query: Query,
    picture: Picture,
    options: SystemOptions,
    drawing: DrawOptions,
    before: Record | None = None,
) -> System:
    """The system of what fits; with `before`, the record at an earlier moment, what changed."""
    from contested.analyse.system import system
    from contested.errors import NothingToAnalyse

    now = scene_of(record, query, picture, options, drawing)
    if before is None:
        return system(now, options)
    try:
        former = scene_of(before, query, picture, options, drawing)
    except NothingToAnalyse as error:
        raise NothingToAnalyse(f"At the earlier moment: {error}") from error
    return system(now, options, former)


def with_victims(events: Events, incidents: Iterable[Incident]) -> Events:
    """Where no known actor is named as the target, the side of the victims is taken for it."""
    sides = {one.id: _victims(one) for one in incidents}
    known = list(events.sides)
    targets = events.targets.copy()
    for row, id_ in enumerate(events.ids):
        named = [name for name in known[targets[row]] if Bodies.is_known(name)]
        harmed = sides.get(id_, ())
        if named or not harmed:
            continue
        if harmed not in known:
            known.append(harmed)
        targets[row] = known.index(harmed)
    return replace(events, sides=tuple(known), targets=targets)


def _victims(incident: Incident) -> tuple[str, ...]:
    began = {ref.actor for ref in incident.initiators} | set(incident.responsibility.actors)
    found = {
        figure.side
        for toll in incident.casualties
        if not toll.attackers
        for figure in toll.according_to
        if figure.side and figure.side not in began
    }
    return tuple(sorted(found))


def system_of_events(
    events: Events, picture: Picture, options: SystemOptions, drawing: DrawOptions
) -> System:
    """The system of a data set's rows alone: attacks and clashes, no ties, terms or words."""
    from contested.analyse.draws import draw
    from contested.analyse.system import scene, system
    from contested.world import World

    world = World.load()
    draws = draw(events, drawing)
    made = scene((), draws, scheme(world), picture.bodies(world), {}, options)
    return system(made, options)
