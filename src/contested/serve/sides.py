"""The colours of sides: a group has one colour in every map, chart and network of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from contested.model import Incident
from contested.serve.board import Incidents
from contested.serve.source import Source

ROLES = ("initiator", "target")

NUMBER = 7
"""Sides with a colour of their own; the colour `NUMBER` is that of all others."""


class Sides:
    """Gives an actor the number of its side's colour, 0 to `NUMBER`.

    A side is the topmost group or state above an actor. The sides that most incidents name have
    colours of their own, in the order of their ids, so that a further incident seldom moves them.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._state: str | None = None
        self._numbers: dict[str, int] = {}
        self._lock = Lock()

    def top(self, actor: str) -> str:
        """The topmost actor above `actor`, itself if none is."""
        actors = self._source.record.world.actors
        seen = {actor}
        while (known := actors.get(actor)) and known.parent and known.parent not in seen:
            actor = known.parent
            seen.add(actor)
        return actor

    def of(self, actor: str | None) -> int:
        """The number of an actor's colour; that of all others where it has none of its own."""
        if actor is None:
            return NUMBER
        return self.numbers().get(self.top(actor), NUMBER)

    def of_incident(self, incident: Incident) -> int:
        """The colour of who began an incident; that of all others where it is not one side."""
        numbers = {self.of(ref.actor) for ref in incident.initiators}
        return numbers.pop() if len(numbers) == 1 else NUMBER

    def numbers(self) -> dict[str, int]:
        """The sides that have a colour, with its number."""
        state = self._source.state()
        with self._lock:
            if state != self._state:
                self._numbers = self._count(self._source.board.incidents())
                self._state = state
            return self._numbers

    def of_rows(self, incidents: Incidents) -> NDArray[np.int64]:
        """The number of the colour of each row, as `of_incident` gives it."""
        numbers = [self._of_initiators(lines or "") for lines in incidents.words["actors"].all]
        found: NDArray[np.int64] = np.array(numbers or [NUMBER], np.int64)[incidents["actors"]]
        return found

    def _of_initiators(self, lines: str) -> int:
        begun = {self.of(actor) for role, actor in _named(lines) if role == "initiator"}
        return begun.pop() if len(begun) == 1 else NUMBER

    def _count(self, incidents: Incidents) -> dict[str, int]:
        named: Counter[str] = Counter()
        words = incidents.words["actors"].all
        numbers = np.bincount(incidents["actors"], minlength=len(words)).tolist()
        for lines, number in zip(words, numbers, strict=True):
            acting = {self.top(who) for role, who in _named(lines or "") if role in ROLES}
            named.update(dict.fromkeys(acting, number))
        most = sorted(named, key=lambda side: (-named[side], side))[:NUMBER]
        return {side: number for number, side in enumerate(sorted(most)) if named[side]}


def _named(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.split("\n"):
        role, _, actor = line.partition(" ")
        if actor:
            yield role, actor
