"""What is particular to PostgreSQL: reaching the server, locking writers, and its errors.

One schema of a database holds one record. Readers see one state (REPEATABLE READ, read only).
Writers come one after the other: each takes a lock of the schema's own as the first thing of
its transaction, and then sees, statement by statement, all that those before it stored (READ
COMMITTED; under a stricter level it would see the state from before it waited).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import DropConstraint

from contested.errors import RecordDamaged, RecordError, RecordMissing
from contested.location import Address
from contested.record import postgres_errors
from contested.record.dialect import WRITING
from contested.record.postgres_words import PostgresWords
from contested.record.schema import metadata

MARK = "contested: a record"
"""The comment on its table `meta` tells a record from another program's tables."""

LOCK = 0x434E5444
"""The first half of the number of the writers' lock; the other one stands for the schema."""

_TABLES = """
SELECT c.relname, obj_description(c.oid, 'pg_class') FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :schema AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""


class Postgres:
    """A record in a schema of a database; `contested.record.dialect` says what each call does."""

    def __init__(self, address: Address) -> None:
        driver = postgres_errors.driver()
        self.faults: tuple[type[Exception], ...] = (driver.Error,)
        self._address = address
        self._read_only = False
        self._wait = 30.0
        self._schema = address.schema

    @property
    def location(self) -> Address:
        """The address."""
        return self._address

    def engine(self, *, create: bool, read_only: bool, wait: float) -> Engine:
        """An engine on the server; no connection is made yet."""
        del create  # a database is made by those who run the server
        self._read_only, self._wait = read_only, wait
        from contested.record.postgres_driver import connector

        connect = connector(self._address, self._set_schema)
        engine = create_engine(
            "postgresql+psycopg://",
            creator=connect,
            poolclass=QueuePool,
            max_overflow=-1,
            pool_pre_ping=True,
        )
        event.listen(engine, "begin", self._begin)
        return engine

    def _set_schema(self, connection: Any) -> None:
        """Hold to one schema, the asked one or the first that may be used.

        Nothing else that a user's search path holds can then be taken for the record's.
        """
        cursor = connection.cursor()
        if self._schema is None:
            row = cursor.execute("SELECT current_schema()").fetchone()
            if row[0] is None:
                raise RecordMissing(
                    f"{self._address} has no schema that you may use. Name one: ?schema=contested."
                )
            self._schema = row[0]
        quoted = self._schema.replace('"', '""')
        cursor.execute(f'SET search_path TO "{quoted}"')
        connection.commit()

    def options(self, *, writing: bool) -> dict[str, Any]:
        """Readers see one state; a writer, after its turn has come, the newest."""
        if not writing:
            return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return {
            WRITING: True,
            "isolation_level": "READ COMMITTED",
            "postgresql_readonly": self._read_only,
        }

    def _begin(self, connection: Connection) -> None:
        """Wait for the writers before, as long as was allowed."""
        if not connection.get_execution_options().get(WRITING) or self._read_only:
            return
        milliseconds = max(1, round(self._wait * 1000))
        connection.execute(select(func.set_config("lock_timeout", str(milliseconds), True)))
        number = zlib.crc32(str(self._schema).encode()) - 2**31
        connection.execute(select(func.pg_advisory_xact_lock(LOCK, number)))

    def is_blank(self, connection: Connection) -> bool:
        """Whether the schema has no table yet."""
        postgres_errors.check_server(connection, self._address)
        postgres_errors.check_usage(connection, str(self._schema), self._address)
        rows = connection.execute(text(_TABLES), {"schema": self._schema})
        found = {row[0]: row[1] for row in rows}
        if found.get("meta") == MARK:
            return False
        if not found:
            return True
        if found.keys() >= metadata.tables.keys() - {"meta"}:
            raise RecordDamaged(f"{self._address} has lost its tables. Restore it from a copy.")
        names = ", ".join(list(found)[:3])
        raise RecordDamaged(
            f"The schema {self._schema} of {self._address} holds tables of another program "
            f"({names}). Name a schema of its own: ?schema=contested."
        )

    def nothing(self) -> RecordError:
        """What to say where there is no record."""
        return RecordMissing(
            f"There is no record in schema {self._schema} of {self._address}. Add a report to "
            "make one, or name another schema: ?schema=NAME."
        )

    def prepare(self, engine: Engine, wait: float) -> None:
        """Make the schema if it is not there."""
        del wait
        with engine.execution_options(**self.options(writing=True)).begin() as connection:
            if not inspect(connection).has_schema(str(self._schema)):
                quoted = str(self._schema).replace('"', '""')
                connection.exec_driver_sql(f'CREATE SCHEMA "{quoted}"'.replace("%", "%%"))

    def claim(self, connection: Connection) -> None:
        """Mark the schema's tables as a record."""
        connection.execute(text(f"COMMENT ON TABLE meta IS '{MARK}'".replace(":", r"\:")))

    def explain(self, error: Exception) -> RecordError:
        """What an error of the server or of the way to it means for the record."""
        return postgres_errors.explain(error, self._address)


class PostgresParticular(PostgresWords):
    """What is the same on all servers."""

    def problems(self, connection: Connection) -> list[str]:
        """Tables and columns that are not there; the server itself holds rows together."""
        inspector = inspect(connection)
        found: dict[str, set[str]] = {
            name: {column["name"] for column in inspector.get_columns(name)}
            for name in inspector.get_table_names()
        }
        return [
            f"Table {table.name} has lost its column {column.name}."
            if table.name in found
            else f"Table {table.name} is lost."
            for table in metadata.sorted_tables
            for column in table.columns
            if column.name not in found.get(table.name, ())
        ]

    def drop_unique(self, connection: Connection, table: Table, names: Sequence[str]) -> None:
        """Drop the constraint by the name that the server gave it."""
        for each in inspect(connection).get_unique_constraints(table.name):
            if each["column_names"] == list(names):
                constraint = UniqueConstraint(name=each["name"])
                copy = table.to_metadata(MetaData())
                copy.append_constraint(constraint)
                connection.execute(DropConstraint(constraint))

    def numbered_on(self, connection: Connection) -> None:
        """Set each sequence to the highest number of its table."""
        for table in metadata.sorted_tables:
            for column in table.primary_key.columns:
                sequence = connection.scalar(
                    select(func.pg_get_serial_sequence(table.name, column.name))
                )
                if sequence is not None:
                    last = select(func.max(column)).scalar_subquery()
                    connection.execute(
                        select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None)))
                    )


PARTICULAR = PostgresParticular()
