"""One open database: its transactions, and the one place where its errors become ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from contested.errors import RecordDamaged, RecordError, UsageError
from contested.location import Location
from contested.record import migrations
from contested.record.dialect import dialect


class Database:
    """The record's tables, ready and of the present version.

    Raises RecordMissing, RecordDamaged, RecordTooNew, RecordLocked, DiskFull or RecordError,
    each with what to do.
    """

    def __init__(self, location: Location, *, create: bool, read_only: bool, wait: float) -> None:
        self.location = location
        self._dialect = dialect(location)
        self._engine: Engine | None = self._dialect.engine(
            create=create, read_only=read_only, wait=wait
        )
        with ExitStack() as failed, self.explained():
            failed.callback(self.close)
            self._prepare(create=create and not read_only, read_only=read_only, wait=wait)
            failed.pop_all()

    @property
    def engine(self) -> Engine:
        """The engine. Raises RecordError once the record is closed."""
        if self._engine is None:
            raise RecordError(f"The record {self.location} is closed. Open it again.")
        return self._engine

    def _prepare(self, *, create: bool, read_only: bool, wait: float) -> None:
        with self.reading() as connection:
            blank = self._dialect.is_blank(connection)
            version = 0 if blank else migrations.version(connection, self.location)
        if blank and not create:
            raise self._dialect.nothing()
        if version == 0 and not blank:
            raise RecordDamaged(f"{self.location} has lost its tables. Restore it from a copy.")
        if version == migrations.newest():
            return
        if read_only:
            raise RecordError(
                f"{self.location} was written by an earlier version. Open it once for writing."
            )
        if blank:
            self._dialect.prepare(self.engine, wait)
        for number in range(version + 1, migrations.newest() + 1):
            with self.writing() as connection:
                migrations.apply(connection, number, self.location)
                if number == 1:
                    self._dialect.claim(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the record throughout."""
        reader = self.engine.execution_options(**self._dialect.options(writing=False))
        with self.explained(), reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone may write; all of it is stored at the end, or nothing."""
        writer = self.engine.execution_options(**self._dialect.options(writing=True))
        with self.explained(), writer.begin() as connection:
            yield connection

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the database's errors into ours, which say what to do."""
        faults: tuple[type[Exception], ...] = (DBAPIError, *self._dialect.faults)
        try:
            yield
        except faults as error:
            raise self._dialect.explain(error) from error
        except UnicodeDecodeError as error:
            raise RecordDamaged(
                f"{self.location} is damaged (bytes that are no text). Restore it from a copy."
            ) from error
        except UnicodeEncodeError as error:
            raise UsageError(
                f"Not valid Unicode: {error.object[:60]!r}. Read the text in its own encoding."
            ) from error

    def close(self) -> None:
        """Give the record back; a second call does nothing."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
