"""The world tables as one object: who there is, what they are called, where things are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from contested.world import parse
from contested.world.atlas import Atlas
from contested.world.names import fold
from contested.world.rows import (
    Actor,
    Alias,
    EventType,
    Outlet,
    PartyBias,
    Person,
    PhaseWord,
    Place,
    Reliability,
    RoleWord,
    Source,
    TieWord,
)
from contested.world.tables import OWN, Folder, Line, read

ANCESTOR_STEP = 0.15
NEAR = 0.4
COUSIN = 0.6
UNRELATED = 1.0

T = TypeVar("T")


class _Node(Protocol):
    """A row of a tree."""

    @property
    def parent(self) -> str | None:
        """The id of the row above."""


N = TypeVar("N", bound=_Node)


class World:
    """Actors, aliases, persons, roles, outlets, event types, sources; places when first asked for.

    Make one with `World.load`. All tables are read-only.
    """

    def __init__(self, folders: Sequence[Folder]) -> None:
        """Read and check all tables but the places. Raises `TableError`."""
        self._folders = tuple(folders)
        self._lines: dict[str, tuple[str, ...]] = {}
        sources = read(folders, "sources.csv", ("id", "title", "licence"), parse.source, _id)
        self.sources: Mapping[str, Source] = MappingProxyType(
            {OWN: Source(OWN, "Your own tables", "", "yours", "")}
            | {k: row for k, (_, row) in sources.items()}
        )
        self.actors: Mapping[str, Actor] = self._tree(
            "actors.csv", ("id", "name", "kind"), parse.actor
        )
        self.event_types: Mapping[str, EventType] = self._tree(
            "codebook.csv", ("id", "name", "definition"), parse.event_type
        )
        self.outlets: tuple[Outlet, ...] = self._list(
            "outlets.csv", ("id", "name", "kind"), parse.outlet, _id
        )
        self.aliases: tuple[Alias, ...] = self._list(
            "aliases.csv", ("alias", "actor"), parse.alias, lambda a: (a.text, a.actor)
        )
        self.persons: tuple[Person, ...] = self._list(
            "persons.csv",
            ("name", "role", "actor"),
            parse.person,
            lambda p: (p.name, p.role, p.actor, p.start),
        )
        self.roles: tuple[RoleWord, ...] = self._list(
            "roles.csv", ("word", "role"), parse.role, lambda r: r.word.casefold()
        )

    @cached_property
    def reliability(self) -> Mapping[tuple[str, str], Reliability]:
        """Letters by kind and subject (a person's name folded). Raises `TableError`."""
        rows = self._list(
            "reliability.csv",
            ("subject", "kind", "letter", "reason"),
            parse.reliability,
            _rated,
        )
        return MappingProxyType({_rated(row): row for row in rows})

    @cached_property
    def party_bias(self) -> Mapping[str, PartyBias]:
        """What is assumed of voices by how they stand to the victims. Raises `TableError`."""
        rows = self._list(
            "party_bias.csv",
            ("relation", "log_bias", "sd", "reason"),
            parse.party_bias,
            lambda row: row.relation,
        )
        return MappingProxyType({row.relation: row for row in rows})

    @cached_property
    def ties(self) -> Mapping[tuple[str, str], TieWord]:
        """What each term is as a tie between actors, by kind and term. Raises `TableError`."""
        rows = self._list(
            "ties.csv",
            ("kind", "term", "arrow", "sign", "mutual", "words"),
            parse.tie,
            lambda row: (row.kind, row.term),
        )
        return MappingProxyType({(row.kind, row.term): row for row in rows})

    @cached_property
    def phases(self) -> Mapping[tuple[str, str, str], PhaseWord]:
        """Phases by kind, term and act. Raises `TableError`."""
        rows = self._list(
            "phases.csv",
            ("kind", "term", "act", "phase"),
            parse.phase,
            lambda row: (row.kind, row.term, row.act),
        )
        return MappingProxyType({(row.kind, row.term, row.act): row for row in rows})

    @cached_property
    def loops(self) -> Mapping[str, tuple[str, ...]]:
        """Named sequences of phases that come back to the first. Raises `TableError`."""
        rows = self._list("loops.csv", ("name", "steps"), parse.loop, lambda row: row.name)
        return MappingProxyType({row.name: row.steps for row in rows})

    @classmethod
    def load(cls, extra: Path | None = None) -> World:
        """The packaged tables, with those of the folder `extra` laid over them.

        A row of `extra` with a known id takes the place of ours; a new id is added. The packaged
        tables alone are read once and shared. Raises `TableError` with the file and the line.
        """
        return _packaged() if extra is None else cls((Folder(None), Folder(Path(extra))))

    @cached_property
    def atlas(self) -> Atlas:
        """The places by id and by name. Read on first use; raises `TableError`."""
        return Atlas(self._folders, self._known_source)

    @property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return self.atlas.by_id

    def known_places(self) -> Iterator[Place]:
        """Places that many have heard of: all but the gazetteer's small towns and districts."""
        return self.atlas.known()

    def wide_names(self) -> Iterator[str]:
        """Folded names of countries and provinces."""
        return self.atlas.wide_names()

    def own_places(self) -> Iterator[Place]:
        """Places of ``places.csv``, the packaged and the caller's."""
        return self.atlas.supplement()

    def begins_place(self, words: str) -> bool:
        """Whether some place's name is `words`, or begins with them and goes on."""
        return self.atlas.begins(words)

    def places_named(self, name: str) -> tuple[Place, ...]:
        """Places of that name without case, accents and hyphens; the likelier first."""
        return self.atlas.named(name)

    def ancestors(self, actor_id: str) -> tuple[str, ...]:
        """The actor and all that it belongs to, itself first. Raises KeyError if unknown."""
        found = self._lines.get(actor_id)
        if found is None:
            found = self._lines[actor_id] = _path(self.actors, actor_id)
        return found

    def organ(self, state_actor_id: str, organ: str, on: str | None = None) -> str | None:
        """The actor that is that organ of that state or group, or None.

        `on` is an EDTF date; without it the organ that exists today is meant. The organ nearest
        to the state wins; None where there is none, or several are equally near.
        """
        found = self._organs.get((state_actor_id, organ), ())
        living = [(depth, a.id) for depth, a in found if _exists(a, on)]
        if not living:
            return None
        nearest = min(depth for depth, _ in living)
        names = [actor_id for depth, actor_id in living if depth == nearest]
        return names[0] if len(names) == 1 else None

    def state_of(self, iso2: str) -> str | None:
        """The id of the state with that ISO 3166-1 alpha-2 code, or None."""
        return self._states.get(iso2.upper())

    def type_path(self, type_id: str) -> tuple[str, ...]:
        """The event type and all types above it, itself first. Raises KeyError if unknown."""
        return _path(self.event_types, type_id)

    def type_distance(self, a: str, b: str) -> float:
        """How far two event types are apart: 0 the same, 1 unrelated. Raises KeyError.

        A step up or down one branch counts `ANCESTOR_STEP`; types that reports use for one
        another (`near`) count `NEAR`, two of one branch `COUSIN`. The root says nothing of what
        happened: from it to a type counts `NEAR`.
        """
        up, down = self.type_path(a), self.type_path(b)
        if a == b:
            return 0.0
        if len(up) == 1 or len(down) == 1:
            return NEAR
        if a in down or b in up:
            steps = down.index(a) if a in down else up.index(b)
            return min(ANCESTOR_STEP * steps, NEAR)
        if self._are_near(up[:-1], down[:-1]):
            return NEAR
        return COUSIN if up[-2] == down[-2] else UNRELATED

    def type_holds(self, coarser: str, finer: str) -> bool:
        """Whether whoever says `coarser` leaves open that it was `finer`.

        A type holds all below it in the tree, and what it `covers` with all below that. One that
        the codebook lacks holds none and is held by none.
        """
        if coarser not in self._above or finer not in self._above:
            return False
        return coarser in self._above[finer] and finer not in self._above[coarser]

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        """For each type those that tell less closely of the same, with itself."""
        covering: dict[str, list[str]] = {}
        for one in self.event_types.values():
            for other in one.covers:
                covering.setdefault(other, []).append(one.id)
        return {one: self._all_above(one, covering) for one in self.event_types}

    def _all_above(self, one: str, covering: Mapping[str, Sequence[str]]) -> frozenset[str]:
        found: set[str] = set()
        waiting = [one]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                parent = self.event_types[at].parent
                waiting += [*covering.get(at, ()), *([parent] if parent else ())]
        return frozenset(found)

    def _are_near(self, up: Sequence[str], down: Sequence[str]) -> bool:
        types = self.event_types
        return any(y in types[x].near or x in types[y].near for x in up for y in down)

    @cached_property
    def _states(self) -> Mapping[str, str]:
        return {a.country: a.id for a in self.actors.values() if a.kind == "state" and a.country}

    @cached_property
    def _organs(self) -> Mapping[tuple[str, str], list[tuple[int, Actor]]]:
        """Organs by owner and function, each with how many steps it is from the top.

        A state also has the organs of whoever governs its country, such as those of a movement
        that took its capital.
        """
        out: dict[tuple[str, str], list[tuple[int, Actor]]] = {}
        for actor in self.actors.values():
            if actor.organ is None:
                continue
            above = self.ancestors(actor.id)[1:]
            state = self._states.get(actor.country or "")
            owners = dict.fromkeys(above) | ({state: None} if state else {})
            for owner in owners:
                out.setdefault((owner, actor.organ), []).append((len(above), actor))
        return out

    def _known_source(self, line: Line) -> None:
        key = line.source()
        if key not in self.sources:
            raise line.fail(f"source {key!r} is not in sources.csv.", "Add it there.")

    def _list(
        self,
        name: str,
        columns: Sequence[str],
        parser: Callable[[Line], T],
        key: Callable[[T], object],
    ) -> tuple[T, ...]:
        rows = read(self._folders, name, columns, parser, key)
        for line, _ in rows.values():
            self._known_source(line)
            actor = line.get("actor")
            if actor and actor not in self.actors:
                raise line.fail(f"no actor {actor!r} in actors.csv.", "Add it, or correct the id.")
        return tuple(row for _, row in rows.values())

    def _tree(
        self, name: str, columns: Sequence[str], parser: Callable[[Line], N]
    ) -> Mapping[str, N]:
        rows = read(self._folders, name, columns, parser, _id)
        nodes = {key: row for key, (_, row) in rows.items()}
        for key, (line, row) in rows.items():
            self._known_source(line)
            for other in (row.parent, *line.several("near"), *line.several("covers")):
                if other and other not in nodes:
                    raise line.fail(
                        f"{other!r} is no id of this table.", "Add it, or correct the id."
                    )
            _check_cycle(nodes, key, line)
        return MappingProxyType(nodes)


@lru_cache(maxsize=1)
def _packaged() -> World:
    return World((Folder(None),))


def _rated(row: Reliability) -> tuple[str, str]:
    return row.kind, fold(row.subject) if row.kind == "person" else row.subject


def _id(row: object) -> str:
    return str(row.id)  # type: ignore[attr-defined]


def _path(nodes: Mapping[str, _Node], start: str) -> tuple[str, ...]:
    out = [start]
    above = nodes[start].parent
    while above is not None:
        out.append(above)
        above = nodes[above].parent
    return tuple(out)


def _check_cycle(nodes: Mapping[str, _Node], start: str, line: Line) -> None:
    seen = {start}
    above = nodes[start].parent
    while above is not None and above in nodes:
        if above in seen:
            raise line.fail(f"{start!r} is its own ancestor.", "Correct the parent column.")
        seen.add(above)
        above = nodes[above].parent


def _exists(actor: Actor, on: str | None) -> bool:
    if on is None:
        return actor.end is None
    begun = actor.start is None or actor.start[: len(on)] <= on
    return begun and (actor.end is None or on[: len(actor.end)] <= actor.end)
