"""What can be wrong with a record on a server, and what it then says."""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import Connection, text

from contested.errors import (
    DiskFull,
    RecordDamaged,
    RecordError,
    RecordLocked,
    RecordMissing,
    RecordTooNew,
    RecordUnreachable,
    UsageError,
)
from contested.location import Address, located
from contested.record import SqlStore, migrations
from contested.record.postgres_words import PLACES, vector

from .samples import event, report

if TYPE_CHECKING:
    from tests.postgres import Server


def fill(place: str, number: int = 3) -> None:
    with SqlStore.open(place) as store:
        for each in range(number):
            source, data = report(f"{each} " + f"word{each} " * 20, name=f"{each}.txt")
            store.add(source, data, [event(source)], method="m")


def tell(place: str, *statements: str) -> list[tuple[Any, ...]]:
    """Do something in the schema behind the record's back; the last one's answer."""
    address = located(place)
    assert isinstance(address, Address)
    with psycopg.connect(address.url, autocommit=True) as connection:
        connection.execute(f'SET search_path TO "{address.schema}"'.encode())
        for statement in statements:
            cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


# The tables


def test_text_sorts_and_numbers_count_as_in_sqlite(schema: str) -> None:
    """A law for all tables, also those to come: their types are those of `record.columns`."""
    fill(schema)
    columns = tell(
        schema,
        "SELECT table_name, column_name, data_type, collation_name FROM "
        "information_schema.columns WHERE table_schema = current_schema()",
    )
    assert len(columns) > 50
    assert [each for each in columns if each[2] in ("integer", "smallint")] == []
    words = [each for each in columns if each[2] in ("text", "character varying")]
    assert [each for each in words if each[3] != "C"] == []


def test_a_very_long_address_and_name(schema: str) -> None:
    long = secrets.token_hex(20_000)
    with SqlStore.open(schema) as store:
        source, data = report(name=long, url=f"https://example.org/{long}")
        assert store.add(source, data, [], method="m").status == "new"
        assert store.add(source, data, [], method="m").status == "same"
        assert store.report(source.id).report.url == source.url


def test_a_schema_with_an_odd_name(postgres: str) -> None:
    name = 'odd "name" % 100'
    place = f"{postgres}{'&' if '?' in postgres else '?'}schema=odd%20%22name%22%20%25%20100"
    try:
        fill(place)
        with SqlStore.open(place, create=False) as store:
            assert store.counts().reports == 3
            assert store.search("word1")
    finally:
        with psycopg.connect(postgres) as connection:
            connection.execute(
                f'DROP SCHEMA "{name.replace(chr(34), chr(34) * 2)}" CASCADE'.encode()
            )


def test_a_text_of_more_places_than_are_counted(schema: str) -> None:
    many = " ".join(f"w{each}" for each in range(PLACES + 50)) + " the end of it"
    junk = " ".join(secrets.token_hex(30) for _ in range(16_000)) + " mountain pass"
    often = "the the guard " * 300 + "stood by"
    with SqlStore.open(schema) as store:
        for words in (many, junk, often):
            source, data = report(words, name=words[:9])
            store.add(source, data, [], method="m")
        for words, found in (
            ('"end of it"', 1),
            ('"of the end"', 0),
            ("end w3", 1),
            ('"mountain pa"*', 0),
            ("mountain pas*", 1),
            ('"mountain pass"', 1),
            ('"pass mountain"', 0),
            ('"guard stood by"', 1),
            ('"guard by"', 0),
        ):
            assert len(store.search(words)) == found, words
    assert len(vector([junk])) < 10


# The address


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://ana:hunter2@server/record", "mysql:// is no place"),
        ("sqlite:///record.db", "Name a file"),
        ("postgresql://ana:hunter2@ser:ver:x/record", "cannot be understood"),
        ("postgresql://ana:hunt/er2@server/record", "cannot be understood"),
        ("postgresql://ana:hun@ter2@server/record", "%40"),
        ("postgresql://ana:hunter2%zz@server/record", "cannot be understood"),
        ("postgresql://ana:hunter2@server/record?colour=red", "colour"),
        ("postgresql://ana:hunter2@server/record?schema=", "schema= is empty"),
        (Path("postgresql://ana@server/record"), "as text"),
    ],
)
def test_addresses_that_no_record_can_have(address: str | Path, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        SqlStore.open(address)
    assert "hun" not in str(caught.value)
    assert "ter2" not in str(caught.value)


def test_no_password_is_ever_shown() -> None:
    address = located("postgresql://ana:hun%20ter2@127.0.0.1:1/record?sslpassword=hunter3&schema=s")
    assert str(address) == "postgresql://ana@127.0.0.1:1/record?schema=s"
    assert "hun" not in repr(address)
    with pytest.raises(RecordUnreachable, match=r"127\.0\.0\.1:1") as caught:
        SqlStore.open(address)
    assert "hun" not in str(caught.value)


def test_nobody_there_and_no_such_host(own: Server) -> None:
    for address in ("postgresql://nobody.invalid/record", "postgresql:///record?host=/nowhere"):
        with pytest.raises(RecordUnreachable, match="cannot be reached"):
            SqlStore.open(address)
    with pytest.raises(RecordMissing, match="createdb"):
        SqlStore.open(own.url("nothing_there"))


def test_the_driver_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"pip install 'contested\[postgres\]'"):
        SqlStore.open("postgresql://server/record")


# What is there


def test_nothing_there(schema: str) -> None:
    for how in ({"create": False}, {"read_only": True}):
        with pytest.raises(RecordMissing, match="Add a report"):
            SqlStore.open(schema, **how)
    assert tell(schema, "SELECT current_schema()") == [(None,)]


def test_tables_of_another_program(schema: str) -> None:
    name = located(schema).schema  # type: ignore[union-attr]
    tell(schema, f'CREATE SCHEMA "{name}"', "CREATE TABLE meta (key text, value text)")
    for _ in range(2):
        with pytest.raises(RecordDamaged, match=r"another program \(meta\).*\?schema="):
            SqlStore.open(schema)
    assert tell(schema, "SELECT count(*) FROM meta") == [(0,)]


@pytest.mark.parametrize(
    ("damage", "error", "message"),
    [
        ("UPDATE meta SET value = '99' WHERE key = 'schema_version'", RecordTooNew, "Update"),
        ("UPDATE meta SET value = 'x'", RecordDamaged, "does not say its version"),
        ("DELETE FROM meta", RecordDamaged, "does not say its version"),
        ("DROP TABLE meta", RecordDamaged, "has lost its tables"),
    ],
)
def test_a_later_version_and_a_lost_one(
    schema: str, damage: str, error: type[RecordError], message: str
) -> None:
    fill(schema)
    tell(schema, damage)
    with pytest.raises(error, match=message):
        SqlStore.open(schema)


def test_half_of_the_tables(schema: str) -> None:
    fill(schema)
    tell(schema, "DROP TABLE claim_actor", "ALTER TABLE claim DROP COLUMN confidence")
    with SqlStore.open(schema) as store:
        with pytest.raises(RecordDamaged, match="half of one version"):
            store.add(*_with_claim("another text"), method="m")
        assert [each.split(" has lost")[0] for each in store.check()] == [
            "Table claim",
            *["Table claim_actor is lost."] * 4,
        ]


def test_a_step_that_fails_leaves_the_record_as_it_was(
    schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(schema)

    def half(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE later (x int)"))
        connection.execute(text("CREATE TABLE later (x int)"))

    def whole(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE later (x int)"))

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", [*migrations.STEPS, half])
        with pytest.raises(RecordError):
            SqlStore.open(schema)
    with SqlStore.open(schema) as store:
        assert store.check() == []
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, whole])
    with pytest.raises(RecordError, match="earlier version"):
        SqlStore.open(schema, read_only=True)
    with SqlStore.open(schema) as store:
        assert store.log(1)[0].what == "tables"


# Who may do what


def test_locked(schema: str) -> None:
    fill(schema)
    with SqlStore.open(schema) as first, SqlStore.open(schema, wait=0.05) as second:
        with first.database.writing():
            assert second.counts().reports == 3
            with pytest.raises(RecordLocked, match="Wait until"):
                second.add(*_with_claim("another text"), method="m")
        assert second.add(*_with_claim("another text"), method="m").status == "new"


def test_another_schema_is_no_obstacle(schema: str, postgres: str) -> None:
    fill(schema)
    with SqlStore.open(schema) as first, first.database.writing():
        other = f"{schema}x"
        try:
            with SqlStore.open(other, wait=0.05) as second:
                assert second.add(*_with_claim("another text"), method="m").status == "new"
        finally:
            name = located(other).schema  # type: ignore[union-attr]
            with psycopg.connect(postgres) as connection:
                connection.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'.encode())


def test_read_only(schema: str) -> None:
    fill(schema)
    with SqlStore.open(schema, read_only=True) as store:
        assert len(list(store.claims())) == 3
        with pytest.raises(RecordError, match="can be read but not written"):
            store.add(*_with_claim("another text"), method="m")


def roles() -> list[str]:
    """The rights of readers and writers, as the page for teams gives them."""
    page = (Path(__file__).parents[2] / "docs" / "team.md").read_text("utf-8")
    return [
        each for each in re.findall(r"```sql\n(.*?)```", page, re.DOTALL)[0].split(";\n") if each
    ]


def test_the_rights_that_are_documented(own: Server) -> None:
    """The keeper makes the record, writers can append and change nothing, readers read."""
    for statement in roles():
        tell(own.url(), statement)
    tell(
        own.url(), "CREATE ROLE ana LOGIN IN ROLE writers", "CREATE ROLE ben LOGIN IN ROLE readers"
    )
    tell(own.url(), "CREATE ROLE eve LOGIN")
    fill(own.url(user="keeper") + "&schema=record")
    with SqlStore.open(own.url(user="ana") + "&schema=record") as store:
        assert store.add(*_with_claim("another text"), method="m").status == "new"
        assert store.put_incidents([]).new == 0
    for statement in ("DELETE FROM claim", "UPDATE report SET id = ''", "TRUNCATE log"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tell(own.url(user="ana") + "&schema=record", statement)
    with SqlStore.open(own.url(user="ben") + "&schema=record") as store:
        assert len(list(store.claims())) == 4
        assert store.check() == []
        with pytest.raises(RecordError, match=r"permission denied.*Ask who runs the server"):
            store.add(*_with_claim("a third text"), method="m")
        assert store.counts().reports == 4
    for create in (True, False):
        with pytest.raises(RecordError, match="permission denied for schema record"):
            SqlStore.open(own.url(user="eve") + "&schema=record", create=create)
    for elsewhere in ("", "&schema=mine"):
        with pytest.raises(RecordError, match="permission denied"):
            SqlStore.open(own.url(user="ben") + elsewhere)


def test_a_wrong_password_and_none(own: Server) -> None:
    tell(own.url(), "CREATE ROLE guarded LOGIN PASSWORD 'swordfish'")
    place = own.url(user="guarded").replace("guarded@", "guarded:tunafish@")
    with pytest.raises(RecordUnreachable, match="does not take the user or the password") as caught:
        SqlStore.open(place)
    assert "tunafish" not in str(caught.value)
    with pytest.raises(RecordUnreachable, match="asks for a password"):
        SqlStore.open(own.url(user="guarded"))
    with pytest.raises(RecordMissing, match="no record"):
        SqlStore.open(place.replace("tunafish", "swordfish"), create=False)


def test_a_database_that_lacks_letters(own: Server) -> None:
    tell(own.url(), "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(RecordError, match=r"LATIN1.*--encoding=UTF8"):
        SqlStore.open(own.url("latin"))


# The server goes away


def test_the_server_stops_in_mid_write(own: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    place = own.url() + "&schema=gone"
    fill(place)
    with SqlStore.open(place) as store:
        real = store.add

        def add() -> str:
            return real(*_with_claim("another text"), method="m").status

        with monkeypatch.context() as patched:
            patched.setattr("contested.record.fulltext.enter_claims", lambda *_: own.stop())
            with pytest.raises(RecordUnreachable, match="nothing is stored twice"):
                add()
        with pytest.raises(RecordUnreachable, match="cannot be reached"):
            store.counts()
        own.start()
        assert store.counts().reports == 3
        assert store.check() == []
        assert [add(), add()] == ["new", "same"]


def test_the_server_stops_while_one_reads(own: Server) -> None:
    place = own.url() + "&schema=reading"
    fill(place, 3)
    with SqlStore.open(place) as store:
        with pytest.raises(RecordUnreachable, match="was lost"):
            _read_while_it_stops(store, own)
        assert store.counts().reports == 3


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (psycopg.errors.DiskFull, DiskFull),
        (psycopg.errors.SerializationFailure, RecordLocked),
        (psycopg.errors.DeadlockDetected, RecordLocked),
        (psycopg.errors.TooManyConnections, RecordUnreachable),
        (psycopg.errors.AdminShutdown, RecordUnreachable),
        (psycopg.errors.DataCorrupted, RecordDamaged),
        (psycopg.errors.ProgramLimitExceeded, RecordError),
        (psycopg.errors.DivisionByZero, RecordError),
    ],
)
def test_errors_of_the_server_become_ours(
    schema: str,
    monkeypatch: pytest.MonkeyPatch,
    raised: type[psycopg.Error],
    error: type[RecordError],
) -> None:
    with SqlStore.open(schema) as store:
        monkeypatch.setattr("contested.record.writing.trace", _failing(raised))
        with pytest.raises(error, match="postgresql://") as caught:
            store.add(*_with_claim("another text"), method="m")
        assert type(caught.value) is error


def _read_while_it_stops(store: SqlStore, own: Server) -> None:
    with store.database.reading() as connection:
        connection.execute(text("SELECT 1"))
        own.stop()
        own.start()
        connection.execute(text("SELECT 1"))


def _failing(error: type[psycopg.Error]) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error("as if")

    return fail


def _with_claim(words: str) -> tuple[Any, bytes, list[Any]]:
    source, data = report(words, name=f"{words}.txt")
    return source, data, [event(source)]


def test_a_closed_record_says_so(schema: str) -> None:
    store = SqlStore.open(schema)
    store.close()
    store.close()
    with pytest.raises(RecordError, match="is closed"):
        store.counts()
