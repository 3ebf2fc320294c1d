"""Records of earlier tables, on every database: they are taken on, and lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from contested.errors import RecordError
from contested.record import SqlStore, migrations
from contested.record.schema import metadata
from contested.record.schema_briefs import BRIEFS, incident_brief
from tests.contract.samples import EDITED, MONDAY, TEXT, TUESDAY, claims_of, draft, incident, put


def once(store: SqlStore) -> list[list[str]]:
    """The columns of which the values of a version of a report may come once only."""
    with store.database.reading() as connection:
        found = inspect(connection).get_unique_constraints("report_version")
        return sorted([*each["column_names"]] for each in found)


def rows(store: SqlStore) -> list[tuple[object, ...]]:
    """What the table for lists says of every incident."""
    with store.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(incident_brief))]


def test_a_text_may_come_again_in_a_record_from_before(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(migrations, "STEPS", migrations.STEPS[:3])
        with SqlStore.open(place) as store:
            put(store, at=MONDAY)
            put(store, EDITED, at=TUESDAY)
            # What writes an incident now also writes what lists ask of it, which did not exist.
            with store.database.writing() as connection:
                metadata.create_all(connection, tables=BRIEFS)
            store.put_incidents([incident(1, claims_of(draft(EDITED)[0]))], TUESDAY)
            asked = rows(store)
            with store.database.writing() as connection:
                metadata.drop_all(connection, tables=BRIEFS)
            assert once(store) == [["report", "seq"], ["report", "version"]]
            mark, then = store.fingerprint(), store.fingerprint(as_of=MONDAY)
    with pytest.raises(RecordError, match="Open it once for writing"):
        SqlStore.open(place, read_only=True)
    with SqlStore.open(place) as store:
        assert once(store) == [["report", "seq"]]
        assert len(asked) == 1
        assert rows(store) == asked
        assert (store.fingerprint(), store.fingerprint(as_of=MONDAY)) == (mark, then)
        assert store.check() == []
        assert {hit.kind for hit in store.search('"report was updated"')} == {"report", "claim"}
        assert put(store).seq == 3
        assert store.report(draft()[0].id).report.text == TEXT
        assert store.check() == []
    with SqlStore.open(place, read_only=True) as store:
        assert len(store.versions(draft()[0].id)) == 3
