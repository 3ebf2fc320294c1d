"""What a query means in the light of the world tables: actors with all that is theirs, event
types with their kinds, and the filters that a store leaves to us."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol, TypeVar, get_args

from contested.errors import UsageError
from contested.model.query import Query
from contested.model.terms import AgreementType
from contested.world import Place, World, fold

OTHER_TYPES: tuple[str, ...] = get_args(AgreementType)


class _Typed(Protocol):
    @property
    def status(self) -> str: ...


T = TypeVar("T", bound=_Typed)


def resolved(query: Query, world: World) -> Query:
    """The query with each actor's organs and factions, and each spelling of its place.

    An actor may be given by id or by a name of it, a speaker too. Raises UsageError if no actor
    or no type is called so.
    """
    if query.type is not None:
        check_type(query.type, world)
    if query.place is not None:
        query = replace(query, spellings=(*query.spellings, *spellings(query.place, world)))
    if not query.actors:
        return query
    wanted = {actor for given in query.actors for actor in actor_ids(given, world)}
    family = [actor for actor in world.actors if not wanted.isdisjoint(world.ancestors(actor))]
    return replace(query, actors=tuple(sorted(family)))


def actor_ids(given: str, world: World) -> list[str]:
    """The actors of that id or name. Raises UsageError with the nearest where there is none."""
    if given in world.actors:
        return [given]
    key = fold(given)
    found = {alias.actor for alias in world.aliases if fold(alias.text) == key}
    found |= {actor.id for actor in world.actors.values() if fold(actor.name) == key}
    if found:
        return sorted(found)
    near = near_actors(given, world)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise UsageError(
        f"No actor is called {given!r}.{hint} `contested actors WORDS` finds the id of one."
    )


def near_actors(given: str, world: World) -> list[str]:
    """Ids of actors that are written nearly so, the likelier first."""
    known = {fold(alias.text): alias.actor for alias in world.aliases}
    known |= {actor: actor for actor in world.actors}
    near = difflib.get_close_matches(fold(given), known, n=5, cutoff=0.6)
    return list(dict.fromkeys(known[name] for name in near))


def spellings(given: str, world: World) -> tuple[str, ...]:
    """The names of the place that `given` most likely means; of a country its code instead,
    because its name stands in no claim about a town in it."""
    places = world.places_named(given)
    if not places:
        return ()
    first = places[0]
    if first.kind == "country" and first.country:
        return (first.country, *_names(first))
    same = [one for one in places if (one.admin1, one.country) == (first.admin1, first.country)]
    return tuple(dict.fromkeys(name for one in same for name in _names(one)))


def _names(place: Place) -> tuple[str, ...]:
    return (place.name, *place.names)


def near_places(given: str, world: World) -> list[str]:
    """Names of places that are written nearly so, the likelier first."""
    key = fold(given)
    known = {fold(place.name): place.name for place in world.known_places()}
    near = difflib.get_close_matches(key, known, n=3, cutoff=0.75)
    return [known[name] for name in near]


def check_type(given: str, world: World) -> None:
    """Raise UsageError, with the nearest, where no type of event or agreement is called so."""
    if given in (*world.event_types, *OTHER_TYPES):
        return
    near = near_types(given, world)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise UsageError(
        f"No type is called {given!r}.{hint} docs/codebook.md lists those of events; agreements "
        f"have {', '.join(OTHER_TYPES)}."
    )


def near_types(given: str, world: World) -> list[str]:
    """Ids of types that are written nearly so, the likelier first."""
    known = (*world.event_types, *OTHER_TYPES)
    return difflib.get_close_matches(given.lower().replace(" ", "_"), known, n=3, cutoff=0.6)


class Sieve:
    """What the store is asked (`query`), and what is left out of its answer (`sift`).

    The store knows one type of event; here a type stands for all types under it, and the
    status of claims can be asked for. Where that is so, or where the answer is `whole` sorted
    anew, the limit is kept here.
    """

    def __init__(self, query: Query, world: World, *, on_status: bool, whole: bool = False) -> None:
        self._types = _types(query.type, world)
        self._status = query.status if on_status else ()
        self._limit, self._offset = query.limit, query.offset
        changes: dict[str, object] = {}
        if self._types:
            changes["type"] = None
        if self._status:
            changes["status"] = ()
        self._mine = bool(changes) or whole
        if self._mine:
            query = replace(query, **changes, limit=None, offset=0)  # type: ignore[arg-type]
        self.query = query

    def sift(self, things: Iterable[T]) -> Iterator[T]:
        """Those that fit, as many as were asked for."""
        if not self._mine:
            yield from things
            return
        fit = (thing for thing in things if self._fits(thing))
        last = None if self._limit is None else self._offset + self._limit
        yield from islice(fit, self._offset, last)

    def _fits(self, thing: _Typed) -> bool:
        if self._types and getattr(thing, "type", None) not in self._types:
            return False
        return not self._status or thing.status in self._status


def types_under(given: str, world: World) -> frozenset[str]:
    """A type with all event types under it."""
    return _types(given, world) or frozenset((given,))


def _types(given: str | None, world: World) -> frozenset[str]:
    """All event types under `given`; none where it has none under it."""
    if given is None or given not in world.event_types:
        return frozenset()
    under = {one for one in world.event_types if given in world.type_path(one)}
    return frozenset(under) if len(under) > 1 else frozenset()
