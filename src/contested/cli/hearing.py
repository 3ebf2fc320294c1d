"""An answer of a command for somebody else than a terminal: the web pages ask in this way.

While somebody listens (`listening`), what a command of `contested analyse` would print is kept in
a `Heard`, and the record that it reads is the one that was lent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contested.analyse.answer import Answer
    from contested.pipeline import Record


@dataclass(frozen=True, slots=True)
class Table:
    """A table for the eye: names of columns, which of them hold numbers, and rows of words."""

    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Heard:
    """What a command answered. `steps` tells while it works what it has come to."""

    record: Record
    found: Answer | None = None
    chart: dict[str, Any] | None = None
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    again: str = ""

    def write(self, text: str) -> int:
        """Take what is printed, as a file does."""
        self.words.append(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: all is kept."""

    def tabled(self, columns: Sequence[Any]) -> None:
        """Take the columns of a table, where it has rows."""
        if not columns or not columns[0].cells:
            return
        rows = zip(*([str(cell) for cell in one.cells] for one in columns), strict=True)
        heads = tuple(one.head for one in columns)
        self.tables.append(Table(heads, tuple(one.right for one in columns), tuple(rows)))


_LISTENER: ContextVar[Heard | None] = ContextVar("listener", default=None)


def listener() -> Heard | None:
    """Who listens now, if anybody."""
    return _LISTENER.get()


def step(words: str) -> None:
    """Tell whoever listens what is being done now."""
    heard = _LISTENER.get()
    if heard is not None:
        heard.steps.append(words)


@contextmanager
def listening(heard: Heard) -> Iterator[Heard]:
    """Listen to the commands that this thread runs meanwhile; they read its record."""
    token = _LISTENER.set(heard)
    try:
        yield heard
    finally:
        _LISTENER.reset(token)
