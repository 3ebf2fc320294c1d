"""A record can be moved between all kinds of databases, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, select, text

from contested.errors import RecordError, RecordMissing, UsageError
from contested.location import located
from contested.model import Sourced, Subject
from contested.model.decision import anchor, made
from contested.model.edtf import when
from contested.record import SqlStore, copy
from contested.record.blocks import LinkedRun
from contested.record.links import Account, Copy, Links
from contested.record.schema import metadata

from .samples import EDITED, MONDAY, TEXT, TUESDAY, claims_of, draft, incident, put

NUL = "A sign\0 that is none, \ufdd0, \ufdd01, 日本語 and 🕊. Nobody said more."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A record in which every table has rows, with all that is hard to carry."""
    path = tmp_path / "source.db"
    with SqlStore.open(path) as store:
        put(store, at=MONDAY, title=Sourced("Attack", "text"), published=when("2026-03-02"))
        put(store, EDITED, at=TUESDAY, method="m2")
        put(store, NUL, data=bytes(range(256)), name="nul\0.txt", url="https://example.org/" * 400)
        first = next(store.claims())
        told = {"author": "Ada", "reason": "a slip", "at": TUESDAY.isoformat()}
        on = Subject(id=first.id, anchors=(anchor(first),))
        store.decide(made(act="wrong", subjects=(on,), **told))
        both = [incident(number, claims_of(draft()[0])) for number in (1, 2)]
        store.put_incidents(both, MONDAY, links=linked(store))
        store.put_incidents(both[1:], TUESDAY)
    for table, rows in tables(path).items():
        assert rows, f"{table} is empty: the copy of it would show nothing"
    return path


def linked(store: SqlStore) -> Links:
    """What a linking of the first report would keep, in each of its tables."""
    report = draft()[0].id
    marks = np.array([0, 7, 2**32 - 1], dtype=np.uint32)
    place = {"lat": 34.123456789012345, "lon": -0.1, "radius": 1e-7}
    return Links(
        store.links.state(),
        model='{"a": "model"}',
        runs=[LinkedRun(1, report, "2026-03-02", marks)],
        copies=[Copy(report, None, 0.0, report), Copy(report, "r-other", 1 / 3, "r-other")],
        accounts=[
            Account(1, 739_000, 739_001, **place, body='{"words": ["日本"]}'),
            Account(1, None, None, None, None, None, body="{}"),
        ],
        parts=[(1, 1), (2, 1)],
    )


def tables(place: str | Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with SqlStore.open(place, read_only=True) as store, store.database.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
        }


def test_there_and_back_again(source: Path, place: str | Path, tmp_path: Path) -> None:
    before = tables(source)
    there = copy(source, place)
    assert tables(place) == before
    assert there.rows == {name: len(rows) for name, rows in before.items()}
    back = tmp_path / "back.db"
    copy(place, back)
    assert tables(back) == before == tables(source)


def test_a_copy_is_a_record_like_any_other(source: Path, place: str | Path) -> None:
    copy(source, place)
    with SqlStore.open(source) as old, SqlStore.open(place) as new:
        assert new.check() == []
        assert list(new.claims()) == list(old.claims())
        assert new.reports() == old.reports()
        assert new.incidents(as_of=MONDAY) == old.incidents(as_of=MONDAY)
        assert new.counts() == old.counts()
        assert {hit.id for hit in new.search('"four soldiers"')} == {
            hit.id for hit in old.search('"four soldiers"')
        }
        assert put(new, EDITED, method="m2").status == "same"
        assert put(new, "Something else altogether. It came after.", name="x").status == "new"
        assert new.reports()[-1].report.name == "x"
        assert new.log(1)[0].what == "new"


def test_a_place_that_is_not_empty_is_left_alone(source: Path, place: str | Path) -> None:
    with SqlStore.open(place) as store:
        put(store, TEXT)
    before = tables(place)
    with pytest.raises(UsageError, match="not empty"):
        copy(source, place)
    assert tables(place) == before


def test_no_copy_onto_itself_or_from_nowhere(
    source: Path, place: str | Path, tmp_path: Path
) -> None:
    for same in (source, source.parent / "." / source.name):
        with pytest.raises(UsageError, match="itself"):
            copy(source, same)
    with pytest.raises(UsageError, match="itself"):
        copy(place, located(place))
    with pytest.raises(RecordMissing):
        copy(tmp_path / "none.db", place)


@pytest.mark.parametrize("how", ["stops", "differs"])
def test_half_a_copy_is_none(
    source: Path, place: str | Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    from contested.record import copying

    real: Callable[..., Iterator[Any]] = copying._rows

    def broken(connection: Connection, table: Any) -> Iterator[Any]:
        for row in real(connection, table):
            if table.name == "claim":
                if how == "stops":
                    raise KeyboardInterrupt
                row = (*row[:-1], f"{row[-1]} {id(connection)}")  # noqa: PLW2901
            yield row

    with monkeypatch.context() as patched:
        patched.setattr(copying, "_rows", broken)
        with pytest.raises(KeyboardInterrupt if how == "stops" else RecordError):
            copy(source, place)
    with SqlStore.open(place) as store:
        assert store.counts().reports == 0
        assert store.search("soldiers") == []
    copy(source, place)
    assert tables(place) == tables(source)


def test_a_damaged_source_is_named(source: Path, place: str | Path) -> None:
    with SqlStore.open(source) as store, store.database.writing() as connection:
        connection.execute(text("DROP TABLE claim_actor"))
    with pytest.raises(RecordError, match=r"source\.db"):
        copy(source, place)
