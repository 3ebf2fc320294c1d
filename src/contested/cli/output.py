"""Printing: tables for the eye, JSON and CSV for programs."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from rich.console import Console
from rich.text import Text

from contested.cli.hearing import listener
from contested.cli.layout import Column, plain_lines, print_table
from contested.cli.options import Format
from contested.cli.visible import visible
from contested.model import to_plain
from contested.publish import What, exporter
from contested.publish.lines import one_line
from contested.publish.tables import cell

PIPE_WIDTH = 110
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One column of a table for the eye.

    `share` is its part of the width that is left over; 0 keeps the words on one line. Where the
    width does not do, columns go, that with the highest `spare` first; 0 stays. One that
    `stands_for` another is shown in its place where that has gone.
    """

    head: str
    value: Callable[[T], object]
    share: int = 0
    right: bool = False
    spare: int = 0
    stands_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """A kind of list: its columns, how it becomes plain data, what stands for nothing."""

    fields: Sequence[Field[T]]
    nothing: str
    plain: Callable[[T], dict[str, Any]] = to_plain
    what: What | None = None

    def print(self, things: Iterable[T], form: Format, why: Callable[[], str] = lambda: "") -> None:
        """Print `things` to standard output; where there are none, say so, and `why`."""
        rest = iter(things)
        first = list(islice(rest, 1))
        if not first:
            self._tell_nothing(why)
        things = chain(first, rest)
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

    def _tell_nothing(self, why: Callable[[], str]) -> None:
        words = " ".join(filter(None, (self.nothing, why())))
        if words:
            note(words)

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

    def columns(self, things: Sequence[T]) -> list[Column]:
        """The things as columns of words, for a table."""
        rows = [[_words(field.value(thing)) for field in self.fields] for thing in things]
        return [
            Column(
                each.head, each.share, each.right, each.spare, [r[n] for r in rows], each.stands_for
            )
            for n, each in enumerate(self.fields)
        ]

    def _table(self, things: list[T]) -> None:
        if not things:
            return
        columns = self.columns(things)
        if heard := listener():
            heard.tabled(columns)
            return
        screen = console()
        if screen.is_terminal or "COLUMNS" in os.environ:
            print_table(screen, columns)
        else:
            for line in plain_lines(columns):
                sys.stdout.write(line + "\n")


def console() -> Console:
    """Standard output; colours only where it is a terminal. `COLUMNS` gives the width."""
    if heard := listener():
        return Console(file=heard, highlight=False, markup=False, emoji=False, no_color=True)  # type: ignore[arg-type]
    screen = Console(highlight=False, markup=False, emoji=False)
    if screen.is_terminal:
        return screen
    width = None if "COLUMNS" in os.environ else PIPE_WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width, no_color=True)


def messages() -> Console:
    """Standard error, for what is not the answer."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def note(words: str) -> None:
    """Say something beside the answer."""
    if heard := listener():
        heard.notes.append(words)
        return
    messages().print(visible(words))


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _words(value: object) -> Text:
    if isinstance(value, Text):
        return value
    return Text("" if value is None else visible(" ".join(str(value).split())))


def _flat(value: Any) -> Any:
    return one_line(value) if isinstance(value, dict | list) else value
