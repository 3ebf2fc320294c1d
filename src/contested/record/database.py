"""One open database: its transactions, and the one place where its errors become ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from contested.errors import RecordDamaged, RecordError, UsageError
from contested.record import migrations, sqlite


class Database:
    """The record's tables, ready and of the present version.

    Raises RecordMissing, RecordDamaged, RecordTooNew, RecordLocked, DiskFull or RecordError,
    each with what to do.
    """

    def __init__(self, path: Path, *, create: bool, read_only: bool, wait: float) -> None:
        self.path = path
        sqlite.locate(path, create=create and not read_only)
        self._engine: Engine | None = sqlite.open_engine(
            path, create=create, read_only=read_only, wait=wait
        )
        try:
            with self._explained():
                self._prepare(create=create and not read_only, read_only=read_only, wait=wait)
        except BaseException:
            self.close()
            raise

    @property
    def engine(self) -> Engine:
        """The engine. Raises RecordError once the record is closed."""
        if self._engine is None:
            raise RecordError(f"The record {self.path} is closed. Open it again.")
        return self._engine

    def _prepare(self, *, create: bool, read_only: bool, wait: float) -> None:
        with self.engine.connect() as connection:
            blank = sqlite.is_blank(connection, self.path)
            version = 0 if blank else migrations.version(connection, self.path)
        if blank and not create:
            raise RecordDamaged(f"{self.path} is empty, not a record. Name another file.")
        if version == 0 and not blank:
            raise RecordDamaged(f"{self.path} has lost its tables. Restore it from a copy.")
        if version == migrations.newest():
            return
        if read_only:
            raise RecordError(
                f"{self.path} was written by an earlier version. Open it once for writing."
            )
        if blank:
            sqlite.use_write_ahead_log(self.engine, wait)
        for number in range(version + 1, migrations.newest() + 1):
            with self.writing() as connection:
                if number == 1:
                    sqlite.claim_file(connection)
                migrations.apply(connection, number, self.path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the record throughout."""
        with self._explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write; all of it is stored at the end, or nothing."""
        writer = self.engine.execution_options(**{sqlite.WRITING: True})
        with self._explained(), writer.begin() as connection:
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise sqlite.explain(error, self.path) from error
        except UnicodeDecodeError as error:
            raise RecordDamaged(
                f"{self.path} is damaged (bytes that are no text). Restore it from a copy."
            ) from error
        except UnicodeEncodeError as error:
            raise UsageError(
                f"Not valid Unicode: {error.object[:60]!r}. Read the text in its own encoding."
            ) from error

    def close(self) -> None:
        """Give the file back; a second call does nothing."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
