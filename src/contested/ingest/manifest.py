"""Manifests: CSV files with a `file` column that say what is known of each file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from contested.errors import InputError, ManifestError
from contested.ingest.dates import parse_date
from contested.ingest.decode import decode
from contested.ingest.normalise import one_line
from contested.ingest.types import Known, Refused

_FIELDS = {
    "source": "outlet",
    "outlet": "outlet",
    "title": "title",
    "author": "author",
    "published": "published",
    "date": "published",
    "pubdate": "published",
    "publication_date": "published",
    "url": "url",
}
_LARGEST = 20_000_000
_FILE_NAME = re.compile(r"[^\s\"]+\.[A-Za-z]\w{1,5}")


@dataclass(slots=True)
class Manifest:
    """What one manifest lists, in its order, and the lines of it that cannot be used."""

    path: Path
    files: dict[Path, Known] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
    refused: list[tuple[Path | None, Refused]] = field(default_factory=list)


def read_manifest(path: Path, name: str) -> Manifest | None:
    """The manifest at `path`, or None if the CSV file has no `file` column.

    Raises InputError if the file cannot be read at all.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ManifestError(
            name, f"cannot be opened ({error.strerror}).", "Check the path."
        ) from error
    if len(data) > _LARGEST:
        raise ManifestError(name, "is larger than 20 MB.", "Split it into several manifests.")
    text = decode(data, name).text
    rows = _Rows(text, _delimiter(text))
    manifest = Manifest(path)
    try:
        header = [cell.strip().lower() for cell in rows.next() or []]
        if "file" not in header:
            return None
        at = header.index("file")

        def begins_one(row: list[str]) -> bool:
            cell = row[at].strip() if len(row) > at else ""
            usual = len(row) == len(header) and bool(_FILE_NAME.fullmatch(cell))
            return usual or _resolve(path.parent, cell) is not None

        rows.begins_one = begins_one
        while (row := rows.next()) is not None:
            if rows.open:
                _open_line(manifest, name, rows.first, row[at] if len(row) > at else "")
            elif any(cell.strip() for cell in row):
                _line(manifest, name, rows.first, header, row)
    except csv.Error as error:
        problem = f"line {rows.first} is no CSV ({error}); the lines after it were not read."
        manifest.refused.append((None, _refused(name, problem, "Save it again as CSV.")))
    return manifest


class _Rows:
    """The rows of a table, each with the number of its `first` line.

    `open` is true of a row with a quote that is never closed: one that would go on over a line
    which `begins_one` takes for a row of its own, or over the end of the table. Such a row is
    given by its first line alone, and the next begins on the line after it.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.first = 0
        self.open = False
        self.begins_one: Callable[[list[str]], bool] = lambda _: False
        self._lines = list(io.StringIO(text, newline=""))
        self._next = 0
        self._delimiter = delimiter

    def next(self) -> list[str] | None:
        """The next row, or None after the last. Raises csv.Error."""
        begin = self._next
        self.first, self.open = begin + 1, False
        if begin >= len(self._lines):
            return None
        try:
            return next(csv.reader(self._taken(), delimiter=self._delimiter))
        except _OpenQuote:
            self._next = begin + 1
            self.open = True
            return self._alone(self._lines[begin])

    def _taken(self) -> Iterator[str]:
        yield self._take()
        while self._next < len(self._lines):
            line = self._lines[self._next]
            if self.begins_one(self._alone(line)):
                raise _OpenQuote
            yield self._take()
        raise _OpenQuote

    def _take(self) -> str:
        self._next += 1
        return self._lines[self._next - 1]

    def _alone(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error:
            return []


class _OpenQuote(Exception):
    """A quote that is never closed."""


def _open_line(manifest: Manifest, name: str, number: int, file: str) -> None:
    """The reason why the line cannot be used; its file is read without what it says."""
    path = _resolve(manifest.path.parent, one_line(file))
    problem = f"line {number} has a double quote that is not closed; the line was not used."
    remedy = "Close the quote; write a quote within a value twice."
    manifest.refused.append((path, _refused(name, problem, remedy)))
    if path is not None:
        manifest.files.setdefault(path, Known(source="manifest"))
        manifest.names.setdefault(path, one_line(file))


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _refused(name: str, problem: str, remedy: str) -> Refused:
    return Refused(name, ManifestError(name, problem, remedy))


def _line(manifest: Manifest, name: str, number: int, header: list[str], row: list[str]) -> None:
    """Adds one line to `manifest`, or the reason why it cannot be used."""
    cells = dict(zip(header, (one_line(cell) for cell in row), strict=False))
    file = cells.get("file", "")
    path = _resolve(manifest.path.parent, file)
    if len(row) != len(header):
        problem = f"line {number} has {len(row)} columns, the header has {len(header)}."
        remedy = "Put a value that holds a comma in double quotes."
        manifest.refused.append((path, _refused(name, problem, remedy)))
        return
    if path is None:
        problem = f"line {number} names the file {file!r}, which is not there."
        remedy = f"Correct it; paths are relative to {manifest.path.parent}."
        manifest.refused.append((None, _refused(name, problem, remedy)))
        return
    values: dict[str, str] = {}
    for column, cell in cells.items():
        if column in _FIELDS and cell:
            values.setdefault(_FIELDS[column], cell)
    date = values.get("published")
    published = parse_date(date) if date else None
    if date and published is None:
        problem = f"line {number}: {date!r} is no date; {file} is read without it."
        remedy = "Write 2023, 2023-01 or 2023-01-30."
        manifest.refused.append((path, _refused(name, problem, remedy)))
    known = Known(
        source="manifest",
        title=values.get("title"),
        outlet=values.get("outlet"),
        author=values.get("author"),
        published=published,
        url=values.get("url"),
    )
    earlier = manifest.files.get(path)
    manifest.files[path] = merge(earlier, known) if earlier else known
    manifest.names.setdefault(path, file)


def _resolve(folder: Path, file: str) -> Path | None:
    """The file that a line names, if it is there."""
    if not file:
        return None
    try:
        path = (folder / file).resolve()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def merge(first: Known, second: Known) -> Known:
    """What `first` says, and `second` where `first` is silent."""
    return Known(
        source=first.source,
        title=first.title or second.title,
        outlet=first.outlet or second.outlet,
        author=first.author or second.author,
        published=first.published or second.published,
        url=first.url or second.url,
        notes=first.notes + second.notes,
    )


def try_manifest(path: Path, name: str) -> Manifest | Refused | None:
    """`read_manifest`, with its error as a value."""
    try:
        return read_manifest(path, name)
    except InputError as error:
        return Refused(name, error)
