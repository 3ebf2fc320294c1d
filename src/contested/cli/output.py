"""Printing: tables for the eye, JSON and CSV for programs."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from contested.cli.options import Format
from contested.model import to_plain
from contested.publish import What, exporter
from contested.publish.lines import one_line
from contested.publish.tables import cell

PIPE_WIDTH = 110
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One column of a table for the eye.

    `share` is its part of the width that is left over; 0 keeps the words on one line.
    """

    head: str
    value: Callable[[T], object]
    share: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """A kind of list: its columns, how it becomes plain data, what stands for nothing."""

    fields: Sequence[Field[T]]
    nothing: str
    plain: Callable[[T], dict[str, Any]] = to_plain
    what: What | None = None

    def print(self, things: Iterable[T], form: Format) -> None:
        """Print `things` to standard output."""
        if form is Format.TABLE:
            self._table(list(things))
        elif form is Format.JSONL:
            for thing in things:
                sys.stdout.write(one_line(self.plain(thing)) + "\n")
        elif form is Format.JSON:
            self._array(things)
        elif self.what:
            exporter("csv", self.what).write(self.what, things, sys.stdout)  # type: ignore[arg-type]
        else:
            self._csv(things)

    def _array(self, things: Iterable[T]) -> None:
        between = "["
        for thing in things:
            sys.stdout.write(f"{between}\n{one_line(self.plain(thing))}")
            between = ","
        sys.stdout.write("[]\n" if between == "[" else "\n]\n")

    def _csv(self, things: Iterable[T]) -> None:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        head: list[str] = []
        for thing in things:
            plain = self.plain(thing)
            if not head:
                head = list(plain)
                writer.writerow(head)
            writer.writerow([cell(_flat(plain[name])) for name in head])

    def _table(self, things: list[T]) -> None:
        if not things:
            note(self.nothing)
            return
        screen = console()
        if not screen.is_terminal:
            _plain_table(self.fields, things)
            return
        screen.print(self.table(things))

    def table(self, things: Iterable[T]) -> Table:
        """`things` as a table for a screen."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for field in self.fields:
            table.add_column(
                field.head,
                justify="right" if field.right else "left",
                no_wrap=not field.share,
                ratio=field.share or None,
                overflow="fold",
            )
        for thing in things:
            table.add_row(*(Text(_words(field.value(thing))) for field in self.fields))
        table.expand = any(field.share for field in self.fields)
        return table


def _plain_table(fields: Sequence[Field[T]], things: list[T]) -> None:
    """A line a thing, whole words, no colours: for pipes and files."""
    rows = [[field.head for field in fields]]
    rows += [[_words(field.value(thing)) for field in fields] for thing in things]
    widths = [max(len(row[i]) for row in rows) for i in range(len(fields))]
    for row in rows:
        parts = [
            text.rjust(width) if field.right else text.ljust(width)
            for text, width, field in zip(row, widths, fields, strict=True)
        ]
        sys.stdout.write("  ".join(parts).rstrip() + "\n")


def console() -> Console:
    """Standard output; colours only where it is a terminal."""
    screen = Console(highlight=False, markup=False, emoji=False)
    return (
        screen
        if screen.is_terminal
        else Console(highlight=False, markup=False, emoji=False, width=PIPE_WIDTH, no_color=True)
    )


def messages() -> Console:
    """Standard error, for what is not the answer."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def note(words: str) -> None:
    """Say something beside the answer."""
    messages().print(words)


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _words(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _flat(value: Any) -> Any:
    return one_line(value) if isinstance(value, dict | list) else value
