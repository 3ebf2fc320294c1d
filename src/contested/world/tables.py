"""CSV in, rows out: finds the tables, reads them, and says which line is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

from contested.errors import TableError

T = TypeVar("T")
K = TypeVar("K")

OWN = "user"
"""The source of a user's own rows that name none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: where it stands and its cells by column name."""

    file: str
    number: int
    cells: dict[str, str]
    own: bool

    def fail(self, problem: str, remedy: str) -> TableError:
        """The error to raise for this line."""
        at = f"{self.file}, line {self.number}" if self.number else self.file
        return TableError(f"{at}: {problem} {remedy}")

    def get(self, column: str) -> str:
        """The cell, trimmed; empty where the table has no such column."""
        return (self.cells.get(column) or "").strip()

    def need(self, column: str) -> str:
        """The cell, which may not be empty. Raises `TableError`."""
        value = self.get(column)
        if not value:
            raise self.fail(f"`{column}` is empty.", "Fill it in, or delete the row.")
        return value

    def maybe(self, column: str) -> str | None:
        """The cell, or None where it is empty."""
        return self.get(column) or None

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that are divided by ``|``."""
        return tuple(part.strip() for part in self.get(column).split("|") if part.strip())

    def number_in(self, column: str, low: float, high: float) -> float:
        """The cell as a number from `low` to `high`. Raises `TableError`."""
        raw = self.need(column)
        try:
            value = float(raw)
        except ValueError:
            raise self.fail(f"`{column}` is {raw!r}, no number.", "Write a number.") from None
        if not low <= value <= high:
            raise self.fail(f"`{column}` is {raw}.", f"Write a number from {low:g} to {high:g}.")
        return value

    def integer(self, column: str) -> int | None:
        """The cell as a whole number that is not negative, or None. Raises `TableError`."""
        raw = self.get(column)
        if not raw:
            return None
        if not raw.isdecimal():
            raise self.fail(f"`{column}` is {raw!r}.", "Write a whole number, or nothing.")
        return int(raw)

    def one_of(self, column: str, allowed: frozenset[str], default: str = "") -> str:
        """The cell, which has to be one of `allowed`. Raises `TableError`."""
        value = self.get(column) or default
        if value not in allowed:
            names = ", ".join(sorted(allowed))
            raise self.fail(f"`{column}` is {value!r}.", f"Use one of: {names}.")
        return value

    def yes(self, column: str) -> bool:
        """Whether the cell says yes. Raises `TableError` for anything but yes, no and empty."""
        return self.one_of(column, frozenset(("yes", "no")), "no") == "yes"

    def source(self) -> str:
        """The key of the source; a user's own row may leave it out."""
        if self.own:
            return self.get("source") or OWN
        return self.need("source")


class Folder:
    """A folder of tables: the packaged one, or a user's own laid over it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        if path is not None and not path.is_dir():
            raise TableError(f"{path}: no such folder. Give the folder that holds your tables.")

    def lines(self, name: str, columns: Sequence[str]) -> Iterator[Line]:
        """The lines of a table; none where a user's folder lacks it. Raises `TableError`."""
        text = self._text(name)
        if text is None:
            return
        shown = self._shown(name)
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            raise TableError(
                f"{shown}, line 1: no column {', '.join(missing)}. Add it to the header."
            )
        for cells in reader:
            if None in cells:
                raise TableError(
                    f"{shown}, line {reader.line_num}: more cells than the header has columns."
                    " Put quotes round a cell that holds a comma."
                )
            yield Line(shown, reader.line_num, cells, self._path is not None)

    def bytes_of(self, name: str) -> bytes:
        """The bytes of a file. Raises OSError where it is missing."""
        raw = self._bytes(name)
        if raw is None:
            raise FileNotFoundError(self._shown(name))
        return raw

    def _shown(self, name: str) -> str:
        return name if self._path is None else str(self._path / name)

    def _text(self, name: str) -> str | None:
        raw = self._bytes(name)
        if raw is None:
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise TableError(
                f"{self._shown(name)}: not UTF-8 ({error.reason}). Save it as UTF-8."
            ) from error

    def _bytes(self, name: str) -> bytes | None:
        if self._path is None:
            return resources.files("contested").joinpath("data", name).read_bytes()
        path = self._path / name
        return path.read_bytes() if path.is_file() else None


def read(
    folders: Sequence[Folder],
    name: str,
    columns: Sequence[str],
    parse: Callable[[Line], T],
    key: Callable[[T], K],
) -> dict[K, tuple[Line, T]]:
    """A table's rows by key, each with its line; later folders override earlier ones.

    Raises `TableError` where one folder has a key twice.
    """
    out: dict[K, tuple[Line, T]] = {}
    for folder in folders:
        seen: dict[K, int] = {}
        for line in folder.lines(name, columns):
            row = parse(line)
            at = key(row)
            if at in seen:
                raise line.fail(
                    f"the same as line {seen[at]} ({at}).", "Delete one, or give it another id."
                )
            seen[at] = line.number
            out[at] = (line, row)
    return out
