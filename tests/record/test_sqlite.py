"""What can be wrong with the file, and what the record then says."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from contested.errors import (
    ContestedError,
    DiskFull,
    RecordDamaged,
    RecordError,
    RecordLocked,
    RecordMissing,
    RecordTooNew,
)
from contested.record import SqlStore, Store, migrations
from contested.record.sqlite import APPLICATION_ID

from .samples import event as event_claim
from .samples import report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


def fill(path: Path, number: int = 40) -> None:
    with SqlStore.open(path) as store:
        for each in range(number):
            source, data = report(f"{each} " + f"word{each} " * 200, name=f"{each}.txt")
            store.add(source, data, [event_claim(source)], method="m")


def use(path: Path) -> list[str]:
    """Everything that a reader does."""
    with SqlStore.open(path, wait=0.1) as store:
        store.counts()
        list(store.claims())
        store.reports()
        store.search("word3")
        return store.check()


def test_the_file_says_what_it_is(path: Path) -> None:
    fill(path, 1)
    assert [each.name for each in path.parent.iterdir()] == ["record.db"]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a" / "b" / "record.db") as store:
        assert store.counts().reports == 0


def test_missing(path: Path) -> None:
    with pytest.raises(RecordMissing, match="no record at"):
        SqlStore.open(path, create=False)
    with pytest.raises(RecordMissing, match="no record at"):
        SqlStore.open(path, read_only=True)
    assert not path.exists()


def test_a_folder_and_a_file_as_folder(tmp_path: Path) -> None:
    with pytest.raises(RecordMissing, match="is a folder"):
        SqlStore.open(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordError, match="cannot be made"):
        SqlStore.open(tmp_path / "file" / "record.db")


def test_an_empty_file_becomes_a_record_only_if_asked(path: Path) -> None:
    path.touch()
    with pytest.raises(RecordDamaged, match="is empty"):
        SqlStore.open(path, create=False)
    assert use(path) == []


def test_a_file_of_another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordDamaged, match="not a contested record"):
        SqlStore.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(RecordDamaged, match="not a contested record"):
        SqlStore.open(path)


@pytest.mark.parametrize("keep", [10, 1000, 5000, 0.5, 0.9])
def test_a_truncated_file(path: Path, keep: float) -> None:
    fill(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep > 1 else len(data) * keep)])
    with pytest.raises(RecordDamaged):
        use(path)


def test_an_overwritten_header(path: Path) -> None:
    fill(path)
    with path.open("r+b") as file:
        file.write(b"\x00" * 100)
    with pytest.raises(RecordDamaged):
        use(path)


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("junk", [b"\xff" * 9000, b"\x00" * 9000, b"zz" * 20])
def test_an_overwritten_middle_is_told_or_found(path: Path, at: float, junk: bytes) -> None:
    fill(path)
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at))
        file.write(junk)
    try:
        problems = use(path)
    except RecordDamaged:
        return
    assert problems or len(junk) < 100  # little junk may have hit nothing but free space


def test_a_changed_text_is_found(path: Path) -> None:
    fill(path, 2)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE report_version SET text = 'He' || text WHERE number = 1")
    connection.execute("UPDATE original SET bytes = x'00' WHERE size > 0")
    connection.commit()
    connection.close()
    with SqlStore.open(path) as store:
        assert [each[:3] for each in store.check()] == ["The", "The", "The"]
        with pytest.raises(RecordDamaged, match="has changed"):
            store.reports()


def test_a_later_version(path: Path) -> None:
    fill(path, 1)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.commit()
    with pytest.raises(RecordTooNew, match="Update contested"):
        SqlStore.open(path)
    for damage, message in (
        ("UPDATE meta SET value = 'x'", "does not say its version"),
        ("DELETE FROM meta", "does not say its version"),
        ("DROP TABLE meta", "has lost its tables"),
    ):
        connection.execute(damage)
        connection.commit()
        with pytest.raises(RecordDamaged, match=message):
            SqlStore.open(path)
    connection.close()


def test_a_step_that_fails_leaves_the_record_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path, 1)

    def half(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (x)")
        connection.exec_driver_sql("CREATE TABLE later (x)")

    def whole(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (x)")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", [*migrations.STEPS, half])
        with pytest.raises(RecordError):
            SqlStore.open(path)
    assert use(path) == []
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, whole])
    with pytest.raises(RecordError, match="earlier version"):
        SqlStore.open(path, read_only=True)
    with SqlStore.open(path) as store:
        assert store.counts().reports == 1
        assert store.log(1)[0].what == "tables"


def test_locked(path: Path) -> None:
    fill(path, 1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with SqlStore.open(path, wait=0.05) as store:
        assert store.counts().reports == 1
        source, data = report()
        with pytest.raises(RecordLocked, match="Wait until"):
            store.add(source, data, [], method="m")
        other.execute("ROLLBACK")
        assert store.add(source, data, [], method="m").status == "new"
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RecordLocked):
        SqlStore.open(path, wait=0.05)
    other.close()


def test_a_full_disk_stores_nothing_and_harms_nothing(path: Path) -> None:
    fill(path, 1)
    with SqlStore.open(path) as store:

        def small(connection: Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

        event.listen(store._database.engine, "begin", small)
        source, data = report("many words " * 20000)
        with pytest.raises(DiskFull, match="Free some space"):
            store.add(source, data, [], method="m")
        assert store.counts().reports == 1
    with SqlStore.open(path) as store:
        assert store.add(source, data, [], method="m").status == "new"
        assert store.check() == []


def test_read_only(path: Path) -> None:
    fill(path, 2)
    with SqlStore.open(path, read_only=True) as store:
        assert len(list(store.claims())) == 2
        source, data = report()
        with pytest.raises(RecordError, match="can be read but not written"):
            store.add(source, data, [], method="m")


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of a POSIX file system")
@pytest.mark.parametrize("folder", [0o555, 0o777])
def test_a_file_that_one_may_only_read(folder: int) -> None:
    place = Path(tempfile.mkdtemp(prefix="contested-"))
    path = place / "record.db"
    fill(path, 2)
    path.chmod(0o444)
    place.chmod(folder)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        with SqlStore.open(path) as store:
            assert len(list(store.claims())) == 2
            with pytest.raises(RecordError, match="can be read but not written"):
                store.add(*report(), [], method="m")
        path_of_none = place / "none" / "record.db"
        if folder == 0o555:
            with pytest.raises(RecordError, match="cannot be made"):
                SqlStore.open(path_of_none)
    finally:
        if root:
            os.seteuid(0)
        place.chmod(0o755)
        for part in place.iterdir():
            part.unlink()
        place.rmdir()


def test_a_closed_record_says_so(path: Path) -> None:
    store = SqlStore.open(path)
    store.close()
    store.close()
    with pytest.raises(RecordError, match="is closed"):
        store.counts()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_BUSY, RecordLocked),
        (sqlite3.SQLITE_IOERR, RecordError),
        (sqlite3.SQLITE_CORRUPT, RecordDamaged),
    ],
)
def test_errors_of_the_driver_become_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, error: type[ContestedError]
) -> None:
    with SqlStore.open(path) as store:
        monkeypatch.setattr("contested.record.writing.trace", _failing(code))
        with pytest.raises(error, match=r"record\.db"):
            store.add(*report(), [], method="m")


def _failing(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        error = sqlite3.OperationalError("as if")
        error.sqlite_errorcode = code
        raise error

    return fail


@pytest.mark.parametrize("create", [True, False])
def test_places_that_cannot_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, create: bool
) -> None:
    for name in ("x" * 5000, "a\0b"):
        with pytest.raises(RecordError, match="Choose another place"):
            SqlStore.open(tmp_path / name, create=create)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", forbidden)
    with pytest.raises(RecordError, match="Permission denied"):
        SqlStore.open(tmp_path / "record.db", create=create)


def test_bytes_that_are_no_text(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        b"\xff".decode()

    with SqlStore.open(path) as store:
        monkeypatch.setattr("contested.record.writing.trace", broken)
        with pytest.raises(RecordDamaged, match="Restore it"):
            store.add(*report(), [], method="m")


def test_a_full_disk_claims_nothing_of_what_was_stored_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqlStore.open(path) as store:
        monkeypatch.setattr("contested.record.writing.trace", _failing(sqlite3.SQLITE_FULL))
        with pytest.raises(DiskFull, match="what was complete is kept"):
            store.add(*report(), [], method="m")


def test_a_record_from_before_decisions_takes_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(migrations, "STEPS", migrations.STEPS[:1])
        source, data = report("one " + "word " * 200, name="1.txt")
        with SqlStore.open(path) as store:
            store.put_incidents([])
    with pytest.raises(RecordError, match="Open it once for writing"):
        SqlStore.open(path, read_only=True)
    with SqlStore.open(path) as store:
        assert store.decisions() == []
        assert store.add(source, data, [event_claim(source)], method="m").status == "new"
        assert store.check() == []
