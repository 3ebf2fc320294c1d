"""The world tables: actors, names, persons in public roles, outlets, event types, places.

>>> world = World.load()
>>> world.organ("pakistan", "police")
'pakistan-police'
"""

from contested.world.atlas import Atlas
from contested.world.names import fold
from contested.world.ratings import Ratings
from contested.world.rows import (
    Actor,
    Alias,
    EventType,
    Outlet,
    Person,
    PhaseWord,
    Place,
    Reliability,
    RoleWord,
    Source,
    TieWord,
)
from contested.world.world import World

__all__ = [
    "Actor",
    "Alias",
    "Atlas",
    "EventType",
    "Outlet",
    "Person",
    "PhaseWord",
    "Place",
    "Ratings",
    "Reliability",
    "RoleWord",
    "Source",
    "TieWord",
    "World",
    "fold",
]
