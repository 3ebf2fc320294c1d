"""The colours of sides: a group has one colour in every map, chart and network of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from contested.model import Incident
from contested.model.query import Query
from contested.serve.source import Source

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
                self._numbers = self._count(self._source.incidents(Query()))
                self._state = state
            return self._numbers

    def _count(self, incidents: Iterable[Incident]) -> dict[str, int]:
        named: Counter[str] = Counter()
        for incident in incidents:
            refs = (*incident.initiators, *incident.targets)
            named.update({self.top(ref.actor) for ref in refs if ref.actor})
        most = sorted(named, key=lambda side: (-named[side], side))[:NUMBER]
        return {side: number for number, side in enumerate(sorted(most))}
