"""Why nothing fits: which filter names what neither the tables nor the record know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contested.model.edtf import bounds
from contested.model.query import Query
from contested.pipeline.filters import near_places, resolved
from contested.record import Store
from contested.world import World

EMPTY = (
    "The record is empty. `contested add PATH` reads reports in; `contested demo` shows a sample."
)
FEWER = "Nothing fits all the filters together; fewer find more."


def why_nothing(store: Store, world: World, query: Query) -> str:
    """In words, why an answer to `query` is empty."""
    if not store.counts().reports:
        return EMPTY
    if replace(query, limit=None, offset=0) == Query() or query.limit == 0:
        return ""
    return " ".join(_unknown(store, world, query)) or FEWER


def _unknown(store: Store, world: World, query: Query) -> Iterator[str]:
    if backwards := ends_before(query.since, query.until):
        yield backwards
    if query.place and not _any(store, world, Query(place=query.place)):
        yield no_place(query.place, world)
    if query.speaker and not _any(store, world, Query(speaker=query.speaker)):
        yield no_speaker(query.speaker)
    if query.report and not store.reports(Query(report=query.report)):
        yield (
            f"No report's name holds {query.report!r}, and no id begins so: "
            "`contested reports` lists them."
        )


def _any(store: Store, world: World, query: Query) -> bool:
    asked = resolved(query, world)
    return bool(store.incidents(asked)) or next(iter(store.claims(asked)), None) is not None


def ends_before(since: str | None, until: str | None) -> str:
    """In words, that a time ends before it begins; empty where it does not, or is no time."""
    if not since or not until:
        return ""
    try:
        first, last = bounds(since)[0], bounds(until)[1]
    except ValueError:
        return ""
    if first is None or last is None or first <= last:
        return ""
    return f"Nothing can fit: until {until} ends before since {since} begins. Swap the two."


def no_speaker(given: str) -> str:
    """In words, that nobody of that name speaks."""
    return f"Nobody in the record who is called {given!r} says anything."


def no_place(given: str, world: World) -> str:
    """In words, that no place of that name has anything, with the names that are near."""
    if world.places_named(given) or world.state_of(given):
        return f"Nothing in the record is placed in {given}."
    near = near_places(given, world)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return f"No place is called {given!r}, in the tables or in the record.{hint}"
