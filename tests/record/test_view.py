"""Nothing that a store can be asked escapes a view, and nothing that it can be told."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from contested.errors import UsageError
from contested.record import SqlStore, Store, View
from contested.record import snapshot as snapshots

from .histories import START
from .samples import event, report

WITHOUT_A_MOMENT = {
    "came_back",
    "open",
    "close",
    "identify",
    "has",
    "original",
    "last_change",
    "ungathered_decisions",
    "check",
}
"""What has nothing to do with when: opening, bytes by their hash, and what a writer asks."""

WRITES = {"add", "add_many", "put_incidents", "decide"}


def calls() -> list[str]:
    """Every method of a store; `links` is what the next gathering goes on from."""
    return [
        name
        for name, call in vars(Store).items()
        if name[0] != "_" and not isinstance(call, property)
    ]


@pytest.mark.parametrize("name", calls())
def test_every_call_of_a_store_takes_a_moment_or_writes(name: str) -> None:
    """Whoever adds one decides here which it is, and View answers or refuses it."""
    takes = "as_of" in inspect.signature(getattr(SqlStore, name)).parameters
    assert takes != (name in WITHOUT_A_MOMENT | WRITES)
    assert name in vars(View)
    refuses = "self.refuse()" in inspect.getsource(getattr(View, name))
    assert refuses == (name in WRITES)


def test_a_view_needs_a_time_zone(tmp_path: Path) -> None:
    with (
        SqlStore.open(tmp_path / "r.db") as store,
        pytest.raises(UsageError, match="time zone"),
    ):
        View(store, START.replace(tzinfo=None))


def test_hashes_are_sorted_on_disk_where_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqlStore.open(tmp_path / "r.db") as store:
        for number in range(5):
            source, data = report(f"the text of report number {number}", name=f"{number}.txt")
            store.add(source, data, [event(source), event(source, 2, 9)], method="m")
        whole = store.fingerprint()
        monkeypatch.setattr(snapshots, "RUN", 3)
        assert store.fingerprint() == whole


def test_the_fingerprint_is_not_of_what_is_derived_for_speed(tmp_path: Path) -> None:
    with SqlStore.open(tmp_path / "r.db") as store:
        source, data = report()
        store.add(source, data, [event(source)], method="m")
        before = store.fingerprint()
        with store._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM claim_actor")
            connection.exec_driver_sql("UPDATE claim SET place = 'x', speakers = 'y'")
            connection.exec_driver_sql("UPDATE report SET number = number + 7")
        assert store.fingerprint() == before
        with store._database.writing() as connection:
            connection.exec_driver_sql("UPDATE report_version SET text = text || '.'")
        assert store.fingerprint() != before
