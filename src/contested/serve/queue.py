"""What is open for review, as pages ask it: made once for a state of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from contested.pipeline.review import ReviewItem
from contested.pipeline.reviewing import Reviewing
from contested.serve.source import Source


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
        self._open = Open((), 0)
        self._lock = Lock()

    def open(self, source: Source) -> Open:
        """What is open now."""
        with self._lock:
            state = source.state()
            if state != self._state:
                walk = Reviewing(source.record)
                self._open = Open(tuple(walk.queue), walk.known)
                self._state = state
            return self._open

    def number(self, source: Source) -> int | None:
        """How many are open, where that is known without making the queue."""
        return len(self._open.items) if self._state == source.state() else None


_QUEUES: WeakKeyDictionary[Source, Queue] = WeakKeyDictionary()
_LOCK = Lock()


def queue_of(source: Source) -> Queue:
    """The queue of a source, one for as long as it is served."""
    with _LOCK:
        return _QUEUES.setdefault(source, Queue())
