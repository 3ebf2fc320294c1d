"""Which actor acts through which organ: what the tables of actors say, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from contested.analyse.events import Events
from contested.world import World

ORGAN = "organ"


def heads(world: World) -> Mapping[str, str]:
    """Every organ (an army, a ministry) with the actor of which it is one in the end."""
    found = {}
    for id in world.actors:
        head = id
        while world.actors[head].kind == ORGAN and (above := world.actors[head].parent):
            head = above
        if head != id:
            found[id] = head
    return found


def folded(events: Events, tables: Path | None = None) -> Events:
    """The events with each organ named as the actor of which it is one. Raises TableError."""
    known = heads(World.load(tables))
    sides = tuple(
        tuple(sorted({known.get(actor, actor) for actor in side})) for side in events.sides
    )
    return replace(events, sides=sides)
