"""Moving a whole record to another place, from any kind of database to any other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, delete, exists, func, insert, select

from contested.errors import RecordError, UsageError
from contested.location import Location, located
from contested.record.dialect import particular
from contested.record.schema import log, meta, metadata
from contested.record.store import SqlStore

_Row = tuple[Any, ...]
_OF_EVERY_RECORD = frozenset({meta.name, log.name})
"""What is in a record that has just been made."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: for each table its rows, which are the same in both records."""

    source: Location
    target: Location
    rows: dict[str, int] = field(default_factory=dict)


def copy(source: str | Location, target: str | Location, *, wait: float = 30.0) -> Copied:
    """Copy all of a record into an empty place: bytes, ids, times, history and log.

    The copy is read back and compared before it counts; until then the target is empty. The
    source is read as it is at one moment and not changed. Raises UsageError if the target is
    not empty or is the source, RecordError if what is read back differs, and errors as opening
    the two records does.
    """
    whence, whither = located(source), located(target)
    if _same(whence, whither):
        raise UsageError(f"{whither} is the record itself. Name another place for the copy.")
    with (
        SqlStore.open(whence, create=False, read_only=True) as old,
        SqlStore.open(whither, wait=wait) as new,
        old.database.reading() as reader,
        new.database.writing() as writer,
    ):
        _check_empty(writer, whither)
        rows = {}
        for table in metadata.sorted_tables:
            read = _Sum()
            _fill(writer, table, read.through(_source_rows(old, reader, table)))
            stored = _Sum()
            for _ in stored.through(_rows(writer, table)):
                pass
            if stored != read:
                raise RecordError(
                    f"The copy of {table.name} in {whither} differs from {whence}, so nothing is "
                    "kept of it. See that both disks are well, then copy again."
                )
            rows[table.name] = read.rows
        particular(writer).enter_all(writer)
        particular(writer).numbered_on(writer)
    return Copied(whence, whither, rows)


def _same(one: Location, other: Location) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve() == other.resolve()
    return one == other


def _check_empty(connection: Connection, place: Location) -> None:
    """Raise UsageError if anything was ever stored in this record."""
    entries = connection.scalar(select(func.count()).where(log.c.what != "tables")) or 0
    filled = [
        table.name
        for table in metadata.sorted_tables
        if table.name not in _OF_EVERY_RECORD
        and connection.scalar(select(exists(select(1).select_from(table))))
    ]
    if entries or filled:
        raise UsageError(
            f"{place} is not empty. A copy needs a place of its own: name a file that is not "
            "there, or another schema."
        )


def _source_rows(source: SqlStore, connection: Connection, table: Table) -> Iterator[_Row]:
    """As `_rows`; what goes wrong in reading is the source's, not that of the target."""
    with source.database.explained():
        yield from _rows(connection, table)


def _rows(connection: Connection, table: Table) -> Iterator[_Row]:
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": _part(table)}) as found:
        for row in found:
            yield tuple(row)


def _fill(connection: Connection, table: Table, rows: Iterator[_Row]) -> None:
    if table.name in _OF_EVERY_RECORD:
        connection.execute(delete(table))
    names = [column.name for column in table.columns]
    while part := [dict(zip(names, row, strict=True)) for row in islice(rows, _part(table))]:
        connection.execute(insert(table), part)


def _part(table: Table) -> int:
    """How many rows are held in memory at a time; few where one can be a whole document."""
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return 20 if heavy else 500


@dataclass(slots=True)
class _Sum:
    """How many rows, and a sum over them that no order changes and any other value does."""

    rows: int = 0
    total: int = 0

    def through(self, rows: Iterator[_Row]) -> Iterator[_Row]:
        """The same rows, counted."""
        for row in rows:
            self.rows += 1
            mark = hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest()
            self.total = (self.total + int.from_bytes(mark)) % 2**256
            yield row
