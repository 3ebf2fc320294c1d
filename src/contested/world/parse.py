"""Lines of each table as rows."""

from __future__ import annotations

from typing import get_args

from contested.model.terms import Relation
from contested.world.rows import (
    ACTOR_KINDS,
    ALIAS_REGISTERS,
    ALIAS_USES,
    PHASED_KINDS,
    RATED_KINDS,
    TIED_KINDS,
    Actor,
    Alias,
    EventType,
    LoopRow,
    Outlet,
    PartyBias,
    Person,
    PhaseWord,
    Reliability,
    RoleWord,
    Source,
    TieWord,
)
from contested.world.tables import Line


def source(line: Line) -> Source:
    """A line of ``sources.csv``."""
    return Source(
        id=line.need("id"),
        title=line.need("title"),
        url=line.get("url"),
        licence=line.need("licence"),
        retrieved=line.get("retrieved"),
    )


def actor(line: Line) -> Actor:
    """A line of ``actors.csv``."""
    return Actor(
        id=line.need("id"),
        name=line.need("name"),
        kind=line.one_of("kind", ACTOR_KINDS),
        parent=line.maybe("parent"),
        country=line.maybe("country"),
        organ=line.maybe("organ"),
        start=line.maybe("start"),
        end=line.maybe("end"),
        ucdp_id=line.integer("ucdp_id"),
        source=line.source(),
    )


def alias(line: Line) -> Alias:
    """A line of ``aliases.csv``."""
    return Alias(
        text=line.need("alias"),
        actor=line.need("actor"),
        use=line.one_of("use", ALIAS_USES, "name"),
        register=line.one_of("register", ALIAS_REGISTERS, "neutral"),
        note=line.get("note"),
        source=line.source(),
    )


def person(line: Line) -> Person:
    """A line of ``persons.csv``."""
    return Person(
        name=line.need("name"),
        aliases=line.several("aliases"),
        role=line.need("role"),
        actor=line.need("actor"),
        start=line.maybe("start"),
        end=line.maybe("end"),
        source=line.source(),
    )


def role(line: Line) -> RoleWord:
    """A line of ``roles.csv``."""
    return RoleWord(
        word=line.need("word"),
        role=line.need("role"),
        organ=line.maybe("organ"),
        official=line.yes("official"),
        source=line.source(),
    )


def outlet(line: Line) -> Outlet:
    """A line of ``outlets.csv``."""
    return Outlet(
        id=line.need("id"),
        name=line.need("name"),
        aliases=line.several("aliases"),
        domain=line.maybe("domain"),
        country=line.maybe("country"),
        kind=line.need("kind"),
        source=line.source(),
    )


def event_type(line: Line) -> EventType:
    """A line of ``codebook.csv``."""
    return EventType(
        id=line.need("id"),
        parent=line.maybe("parent"),
        name=line.need("name"),
        definition=line.need("definition"),
        near=line.several("near"),
        covers=line.several("covers"),
        acled_event=line.maybe("acled_event"),
        acled_sub_event=line.maybe("acled_sub_event"),
        ucdp=line.maybe("ucdp"),
        gtd=line.maybe("gtd"),
        plover=line.maybe("plover"),
        cameo=line.maybe("cameo"),
        violent=line.yes("violent"),
        source=line.source(),
    )


def reliability(line: Line) -> Reliability:
    """A line of ``reliability.csv``; a letter needs its reason."""
    return Reliability(
        subject=line.need("subject"),
        kind=line.one_of("kind", RATED_KINDS),
        letter=line.one_of("letter", frozenset("ABCDEF")),  # type: ignore[arg-type]
        reason=line.need("reason"),
        source=line.source(),
        own=line.own,
    )


def party_bias(line: Line) -> PartyBias:
    """A line of ``party_bias.csv``."""
    return PartyBias(
        relation=line.one_of("relation", frozenset(get_args(Relation))),
        log_bias=line.number_in("log_bias", -3, 3),
        sd=line.number_in("sd", 0.01, 3),
        reason=line.need("reason"),
        source=line.source(),
    )


def tie(line: Line) -> TieWord:
    """A line of ``ties.csv``."""
    return TieWord(
        kind=line.one_of("kind", TIED_KINDS),
        term=line.need("term"),
        arrow=line.need("arrow"),
        sign=int(line.number_in("sign", -1, 1)),
        mutual=line.yes("mutual"),
        words=line.need("words"),
        source=line.source(),
    )


def loop(line: Line) -> LoopRow:
    """A line of ``loops.csv``. Raises `TableError` for steps that are no loop."""
    steps = line.several("steps")
    if len(steps) < 2 or len(set(steps)) != len(steps):
        raise line.fail("`steps` are no loop.", "Write two or more unlike phases, parted by |.")
    return LoopRow(name=line.need("name"), steps=steps, source=line.source())


def phase(line: Line) -> PhaseWord:
    """A line of ``phases.csv``."""
    return PhaseWord(
        kind=line.one_of("kind", PHASED_KINDS),
        term=line.need("term"),
        act=line.get("act"),
        phase=line.need("phase"),
        source=line.source(),
    )
