"""Whom a reliability is about: an outlet, an actor, or a voice of the record by its words."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from contested.errors import UsageError
from contested.model.query import Query
from contested.pipeline.filters import actor_ids
from contested.world import World, fold

if TYPE_CHECKING:
    from contested.pipeline.facade import Record


def source_of(given: str, record: Record) -> str:
    """The id of the outlet or actor of that id or name; else the words of a voice of the record.

    Raises UsageError, with the nearest names, where nobody is called so.
    """
    outlet = _outlet(given, record.world)
    if outlet is not None:
        return outlet
    try:
        found = actor_ids(given, record.world)
    except UsageError:
        found = []
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{given!r} is the name of several: {', '.join(found)}. Write the id.")
    key = fold(given)
    for claim in record.store.claims(Query(speaker=given)):
        for speaker in claim.speakers:
            if fold(speaker.name) == key:
                return speaker.name
    for stored in record.store.reports():
        if stored.report.outlet and fold(stored.report.outlet.value) == key:
            return stored.report.outlet.value
    names = [one.name for one in record.world.outlets]
    names += [one.name for one in record.world.actors.values()]
    near = difflib.get_close_matches(given, names, n=3, cutoff=0.7)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise UsageError(
        f"No outlet, actor or speaker of the record is called {given!r}.{hint} "
        "`contested actors WORDS` finds actors, `contested claims` shows who speaks."
    )


def _outlet(given: str, world: World) -> str | None:
    key = fold(given)
    for one in world.outlets:
        if given == one.id or key in map(fold, (one.name, *one.aliases)):
            return one.id
    return None
