"""What the record says as of a moment is what it said then: over a thousand random histories."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from contested.record import SqlStore, View
from contested.record.sqlite import _settle

from .histories import History, Ids, everything, fresh

HISTORIES, PARTS, LONGEST = 1000, 8, 6


@pytest.mark.parametrize("part", range(PARTS))
def test_as_of_is_what_was_said_then(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contested.record.sqlite._settle", _hurried)
    blank = tmp_path / "blank.db"
    SqlStore.open(blank).close()
    for seed in range(part, HISTORIES, PARTS):
        path = tmp_path / "record.db"
        with fresh(blank, path) as store:
            history = History(store, seed, stamped=seed % 2 == 0)
            monkeypatch.setattr("contested.record.clock.present", history.clock)
            follow(history, seed)
        path.unlink()


def _hurried(connection: sqlite3.Connection) -> None:
    """As ever, but without waiting for the disk: no power fails here."""
    _settle(connection)
    connection.execute("PRAGMA synchronous = OFF")


def follow(history: History, seed: int) -> None:
    """Let a history happen, keep what is read after each step, and read it all again.

    Of several changes that were given one moment the last decides; the store itself gives each
    its own.
    """
    store = history.store
    kept: list[tuple[dt.datetime, Ids, dict[str, Any]]] = []
    for _ in range(2 + seed % (LONGEST - 1)):
        history.step()
        span = store.span()
        ids = Ids(store)
        if span is None:
            continue
        said = everything(store, ids)
        if kept and kept[-1][0] == span.last:
            _, known, before = kept.pop()
            if history.stamped:
                assert everything(store, known) == before, f"history {seed}: one moment twice"
        kept.append((span.last, ids, said))
    for moment, ids, said in kept:
        again = everything(View(store, moment), ids)
        for what, before in said.items():
            assert again[what] == before, f"history {seed}, as of {moment}: {what}"
    if kept:
        later = kept[-1][0] + dt.timedelta(days=1)
        assert everything(View(store, later), kept[-1][1]) == kept[-1][2]
