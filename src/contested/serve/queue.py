"""What is open for review, as pages ask it: made once for a state of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from contested.pipeline.review import ReviewItem
from contested.pipeline.reviewing import Reviewing
from contested.serve.source import Source

ENOUGH = 25
LOOKED_AT = 8 * ENOUGH
DECIDED = frozenset({"decision", "incidents", "revised"})
"""What the log calls a decision and what follows from it."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is open, the most useful first; `known` decisions had been made by then."""

    items: tuple[ReviewItem, ...]
    known: int

    def find(self, seen: str) -> ReviewItem | None:
        """The item of that mark."""
        return next((item for item in self.items if item.seen == seen), None)

    def after(self, passed: Sequence[str]) -> ReviewItem | None:
        """The most useful item that was not passed over."""
        return next((item for item in self.items if item.seen not in passed), None)


class Queue:
    """Keeps the queue of a record until something is written to it."""

    def __init__(self) -> None:
        self._state: str | None = None
        self._at = ""
        self._made = Open((), 0)
        self._open = Open((), 0)
        self._lock = Lock()

    def open(self, source: Source) -> Open:
        """What is open now.

        Where persons only decided since it was made, what they decided on is taken out; it is made
        anew after `ENOUGH` decisions, an undo, or a report. So the next question is there at once.
        """
        with self._lock:
            state = source.state()
            if state != self._state:
                if self._state is None or not self._answered(source):
                    walk = Reviewing(source.record)
                    self._open = self._made = Open(tuple(walk.queue), walk.known)
                    self._at = state
                self._state = state
            return self._open

    def _answered(self, source: Source) -> bool:
        """Take out what was decided on; false where that is not all that happened."""
        entries = source.record.store.log(LOOKED_AT)
        states = [f"{one.at.isoformat()} {one.what} {one.subject}" for one in entries]
        if self._at not in states:
            return False
        since = entries[: states.index(self._at)]
        new = source.record.store.decisions()[self._made.known :]
        if len(new) > ENOUGH or any(one.act == "undo" for one in new):
            return False
        if not all(one.what in DECIDED for one in since):
            return False
        seen = {one.seen for one in new}
        touched = {each.claim for one in new if one.act != "skip" for each in one.anchors}
        items = tuple(
            item
            for item in self._made.items
            if item.seen not in seen and not touched & set(item.claims)
        )
        self._open = Open(items, self._made.known)
        return bool(items)

    def number(self, source: Source) -> int | None:
        """How many are open, where that is known without making the queue."""
        return len(self._open.items) if self._state == source.state() else None


_QUEUES: WeakKeyDictionary[Source, Queue] = WeakKeyDictionary()
_LOCK = Lock()


def queue_of(source: Source) -> Queue:
    """The queue of a source, one for as long as it is served."""
    with _LOCK:
        return _QUEUES.setdefault(source, Queue())
