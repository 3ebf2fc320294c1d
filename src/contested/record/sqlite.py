"""What is particular to SQLite: opening the file, its settings, and what its errors mean.

Write-ahead logging lets several programs read while one writes. `synchronous` is FULL: what
the record has said is added stays added when the power fails. A transaction here is a whole
report, beside whose extraction one wait for the disk is nothing.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from contested.errors import (
    DiskFull,
    RecordDamaged,
    RecordError,
    RecordLocked,
    RecordMissing,
)
from contested.record.dialect import WRITING
from contested.record.sqlite_words import SqliteWords

APPLICATION_ID = 0x434E5444
"""In the file's header: tells a record from any other SQLite file ("CNTD")."""


class Sqlite:
    """A record in one file; `contested.record.dialect` says what each call does."""

    faults: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def location(self) -> Path:
        """The file."""
        return self._path

    def engine(self, *, create: bool, read_only: bool, wait: float) -> Engine:
        """An engine on the file; its folder is made if the file is to be."""
        locate(self._path, create=create and not read_only)
        return open_engine(self._path, create=create, read_only=read_only, wait=wait)

    def options(self, *, writing: bool) -> dict[str, Any]:
        """A writer takes the lock of the file at once."""
        return {WRITING: True} if writing else {}

    def is_blank(self, connection: Connection) -> bool:
        """Whether the file is new."""
        return is_blank(connection, self._path)

    def nothing(self) -> RecordError:
        """What to say of an empty file."""
        return RecordDamaged(f"{self._path} is empty, not a record. Name another file.")

    def prepare(self, engine: Engine, wait: float) -> None:
        """Turn write-ahead logging on."""
        use_write_ahead_log(engine, wait)

    def claim(self, connection: Connection) -> None:
        """Mark the file as a record."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    def explain(self, error: Exception) -> RecordError:
        """What an error of SQLite means for the record."""
        return explain(error, self._path)


class SqliteParticular(SqliteWords):
    """What is the same for all files."""

    def problems(self, connection: Connection) -> list[str]:
        """What SQLite's own checks find wrong; nothing if the file is whole."""
        found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        links = [f"row {row[1]} of {row[0]} names no row of {row[2]}" for row in broken]
        return [each for each in found if each != "ok"] + links

    def drop_unique(self, connection: Connection, table: Table, names: Sequence[str]) -> None:
        """Make the table anew, as SQLite keeps a constraint for the life of a table.

        The rows that name rows of it do so again once the transaction ends.
        """
        found = inspect(connection).get_unique_constraints(table.name)
        if not any(each["column_names"] == list(names) for each in found):
            return
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        kept = Table(f"{table.name}_kept", MetaData(), *(Column(c.name, c.type) for c in table.c))
        kept.create(connection)
        connection.execute(insert(kept).from_select(list(kept.c), select(table)))
        table.drop(connection)
        table.create(connection)
        connection.execute(insert(table).from_select(list(table.c), select(kept)))
        kept.drop(connection)

    def numbered_on(self, connection: Connection) -> None:
        """Nothing to do: SQLite counts on from the highest number."""


PARTICULAR = SqliteParticular()


def locate(path: Path, *, create: bool) -> None:
    """Make sure that `path` can be a record, and make its folder if one is to be created.

    Raises RecordMissing for a folder or, unless `create`, for no file; RecordError if the
    folder cannot be made or entered.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        found = None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RecordError(
            f"{path} cannot be looked at ({reason}). Choose another place."
        ) from error
    if found and stat.S_ISDIR(found.st_mode):
        raise RecordMissing(
            f"{path} is a folder, not a record. Name a file in it, such as {path / 'record.db'}."
        )
    if found:
        return
    if not create:
        raise RecordMissing(f"There is no record at {path}. Add a report to make one.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordError(
            f"The folder of {path} cannot be made ({error.strerror}). Choose another place."
        ) from error


def open_engine(path: Path, *, create: bool, read_only: bool, wait: float) -> Engine:
    """An engine on the file; `wait` is for how many seconds to wait for another writer."""
    address = f"{path.absolute().as_uri()}?mode={_mode(path, create, read_only)}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False
        )
        try:
            _settle(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)
    event.listen(engine, "begin", _begin)
    return engine


def _mode(path: Path, create: bool, read_only: bool) -> str:
    """How to open: a file that nobody here can write is read without the write-ahead log."""
    if not path.exists():
        return "rwc" if create else "rw"
    if not read_only and _writable(path):
        return "rw"
    log = Path(f"{path}-wal")
    untouched = not log.exists() and not _writable(path.parent)
    return "ro&immutable=1" if untouched else "ro"


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _settle(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    # SQLite's own lower() knows ASCII only; PostgreSQL's knows every letter, as this one does.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin(connection: Connection) -> None:
    """Take the write lock at once where writing follows: a later upgrade could not wait."""
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def is_blank(connection: Connection, path: Path) -> bool:
    """Whether the file is new. Raises RecordDamaged if it belongs to another program."""
    number = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if number == APPLICATION_ID:
        return False
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if number == 0 and tables == 0:
        return True
    raise RecordDamaged(
        f"{path} is not a contested record but an SQLite file of another program. "
        "Name another file."
    )


def use_write_ahead_log(engine: Engine, wait: float) -> None:
    """Turn write-ahead logging on, once in a file's life. Raises DBAPIError if it stays locked.

    SQLite does not wait here for another program as it does elsewhere.
    """
    until = time.monotonic() + wait
    while True:
        connection = engine.raw_connection()
        try:
            connection.driver_connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        finally:
            connection.close()
        time.sleep(0.02)


_NOT_WRITABLE = (
    RecordError,
    "{path} can be read but not written. Allow writing to the file and its folder, or work on "
    "a copy.",
)
_LOCKED = (
    RecordLocked,
    "Another program is writing to {path}. Wait until it has ended, then try again.",
)
_DAMAGED = (RecordDamaged, "{path} is damaged ({cause}). Restore it from a copy.")
_DAMAGE = ("decode to UTF-8", "no such table", "no such column", "invalid fts5 file format")
"""Words of errors that SQLite gives no code of their own."""
_UNKNOWN = (RecordError, "{path} cannot be used ({cause}). See that its disk is well.")

_MEANINGS: dict[int, tuple[type[RecordError], str]] = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "There is no room left to write {path}. Free some space and try again: what "
        "was complete is kept, what was being written is not stored.",
    ),
    sqlite3.SQLITE_NOTADB: (
        RecordDamaged,
        "{path} is not a contested record, or its beginning is damaged. Name another file, or "
        "restore it from a copy.",
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: (
        RecordError,
        "{path} cannot be opened. See that you may read and write there.",
    ),
}


def explain(error: Exception, path: Path) -> RecordError:
    """What an error of SQLite means for the record at `path`, and what to do about it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    meaning = _MEANINGS.get(code & 0xFF, _UNKNOWN) if isinstance(code, int) else _UNKNOWN
    if any(each in str(cause) for each in _DAMAGE):
        meaning = _DAMAGED
    kind, message = meaning
    return kind(message.format(path=path, cause=cause))
