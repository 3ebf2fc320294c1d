"""What differs from one database to another, behind two small protocols.

A `Dialect` knows one place; `particular` finds what is the same for every place of a kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table

from contested.errors import RecordError
from contested.location import Location
from contested.record.results import Hit, HitKind

WRITING = "contested_writing"
"""The execution option of a connection that is going to write."""


class Dialect(Protocol):
    """One place where a record is, or can be."""

    faults: tuple[type[Exception], ...]
    """What its driver raises by itself, beside what SQLAlchemy wraps."""

    @property
    def location(self) -> Location:
        """The place, as messages name it."""

    def engine(self, *, create: bool, read_only: bool, wait: float) -> Engine:
        """An engine that waits `wait` seconds for another writer; its folder is there."""

    def options(self, *, writing: bool) -> dict[str, Any]:
        """How a transaction is to run that sees one state, or that alone may write."""

    def is_blank(self, connection: Connection) -> bool:
        """Whether nothing is there yet. Raises RecordDamaged if it is another program's."""

    def nothing(self) -> RecordError:
        """What to say of a blank place where a record was expected."""

    def prepare(self, engine: Engine, wait: float) -> None:
        """Make a blank place ready for its first tables."""

    def claim(self, connection: Connection) -> None:
        """Mark the place as a record, within the transaction that makes its first tables."""

    def explain(self, error: Exception) -> RecordError:
        """What an error of the database means for the record, and what to do about it."""


class Particular(Protocol):
    """What every database of a kind does in a way of its own, on an open connection."""

    def problems(self, connection: Connection) -> list[str]:
        """What the database's own checks find wrong; nothing if it is whole."""

    def drop_unique(self, connection: Connection, table: Table, names: Sequence[str]) -> None:
        """Let the same values in these columns of `table` come more than once."""

    def make_words(self, connection: Connection) -> None:
        """Make the tables for searching by words."""

    def enter_version(self, connection: Connection, report: str, seq: int) -> None:
        """Enter the words of a version that has just been stored."""

    def enter_claims(self, connection: Connection, run: int) -> None:
        """Enter the words of an extraction's claims that have just been stored."""

    def enter_all(self, connection: Connection) -> None:
        """Enter the words of a whole record whose words have not been entered."""

    def find(
        self,
        connection: Connection,
        words: str,
        limit: int,
        kinds: Sequence[HitKind],
        as_of: str | None = None,
    ) -> list[Hit]:
        """The best finds of each kind, as of a moment; see `Store.search`."""

    def holding(self, connection: Connection, words: str, kind: HitKind) -> list[int]:
        """The numbers of all versions or claims, current or not, that hold these words."""

    def numbered_on(self, connection: Connection) -> None:
        """See that rows to come are numbered after those that were copied in."""


def dialect(location: Location) -> Dialect:
    """The dialect of a place. Raises RecordError if its driver is not installed."""
    if isinstance(location, Path):
        from contested.record.sqlite import Sqlite

        return Sqlite(location)
    from contested.record.postgres import Postgres

    return Postgres(location)


def particular(connection: Connection) -> Particular:
    """What is particular to the database of an open connection."""
    if connection.dialect.name == "postgresql":
        from contested.record.postgres import PARTICULAR as POSTGRES

        return POSTGRES
    from contested.record.sqlite import PARTICULAR as SQLITE

    return SQLITE
