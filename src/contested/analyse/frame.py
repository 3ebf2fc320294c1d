"""What analyses of claims have to know of actors and types, handed in as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Who belongs to whom, and which types a measure counts.

    `sides` gives for an actor the state or group at its top; a movement that governs a country
    stands for its state. `above` gives for an actor itself and all that it belongs to. `armed` are
    groups that are no state. `types` gives for a measure (``attacks``) the event types that it
    counts, `codebook` are all types that the record uses; a data set may have its own. Without any
    of this every actor stands for itself and every type counts.
    """

    sides: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    armed: frozenset[str] = frozenset()
    types: Mapping[str, frozenset[str]] = field(default_factory=dict)
    codebook: frozenset[str] = frozenset()

    def side(self, actor: str) -> str:
        """The state or group at the top of an actor; itself where nothing is known of it."""
        return self.sides.get(actor, actor)

    def belongs(self, actor: str, whole: str) -> bool:
        """Whether an actor is `whole` or a part of it."""
        return actor == whole or whole in self.above.get(actor, frozenset())
