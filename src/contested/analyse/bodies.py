"""Which body an actor stands for: an organ for its state or group, unknown words for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from contested.errors import UsageError
from contested.model import ActorRef, Speaker

PARTS = frozenset({"organ", "media_wing"})
"""Kinds of actors that are a part of another rather than a body of their own."""
STEPS = 12


class _Known(Protocol):
    """A row of the registry of actors."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def kind(self) -> str:
        """A state, an organ, an armed group, …"""

    @property
    def parent(self) -> str | None:
        """The id of what it belongs to."""


class Bodies:
    """The registry as an analysis of actors sees it: nodes, and what they are called.

    An organ stands for the body that it belongs to, unless `organs`; a faction stands for
    itself. `as_one` are pairs of ids of which the first counts as the second. An actor that the
    registry does not know is a node of its own, by its words in quotation marks: it is merged
    with nothing, and may be a person, so that no measure is made of it.
    Raises UsageError where `as_one` goes round.
    """

    def __init__(
        self,
        actors: Mapping[str, _Known],
        *,
        organs: bool = False,
        as_one: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._actors = actors
        self._organs = organs
        self._as_one = dict(as_one)
        for start in self._as_one:
            seen, now = {start}, self._as_one[start]
            while now in self._as_one and now not in seen:
                seen.add(now)
                now = self._as_one[now]
            if now in seen:
                raise UsageError(f"{start} counts as itself by a detour: leave one of them out.")

    @property
    def as_one(self) -> tuple[tuple[str, str], ...]:
        """The pairs that were asked to count as one."""
        return tuple(self._as_one.items())

    def of(self, ref: ActorRef) -> str:
        """The node of an actor as written."""
        return self.node(ref.actor, ref.as_written)

    def node(self, actor: str | None, words: str = "") -> str:
        """The node of an actor id, or of words that have none."""
        if actor is None:
            return f"“{' '.join(words.split()) or 'unnamed'}”"
        for _ in range(STEPS):
            if actor in self._as_one:
                actor = self._as_one[actor]
                continue
            known = self._actors.get(actor)
            if self._organs or known is None or known.kind not in PARTS or not known.parent:
                break
            actor = known.parent
        return actor

    def of_all(self, refs: Iterable[ActorRef]) -> tuple[str, ...]:
        """The nodes of several, each once."""
        return tuple(dict.fromkeys(self.of(ref) for ref in refs))

    def speaker(self, speakers: Sequence[Speaker]) -> str | None:
        """The node of whom the last speaker speaks for; None where it speaks for nobody known."""
        return self.node(speakers[-1].actor) if speakers and speakers[-1].actor else None

    def name(self, node: str) -> str:
        """What a node is called."""
        known = self._actors.get(node)
        return known.name if known else node

    @staticmethod
    def is_known(node: str) -> bool:
        """Whether it is an actor of the registry, not bare words."""
        return not node.startswith("“")
