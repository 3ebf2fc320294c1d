"""What the record says as of a moment is what it said then: over a thousand random histories."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from contested.record import SqlStore, View
from contested.record.sqlite import _settle

from .histories import Asked, History, answers

HISTORIES, PARTS, LONGEST = 1000, 8, 5


@pytest.mark.parametrize("part", range(PARTS))
def test_as_of_is_what_was_said_then(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contested.record.sqlite._settle", _hurried)
    blank, path = tmp_path / "blank.db", tmp_path / "record.db"
    SqlStore.open(blank).close()
    shutil.copyfile(blank, path)
    with SqlStore.open(path) as store:
        for seed in range(part, HISTORIES, PARTS):
            _emptied(blank, path)
            history = History(store, seed, stamped=seed % 2 == 0)
            monkeypatch.setattr("contested.record.clock.present", history.clock)
            follow(history, seed)


def _emptied(blank: Path, path: Path) -> None:
    """Make the open record a new one again, which is quicker than opening another."""
    with (
        closing(sqlite3.connect(blank)) as source,
        closing(sqlite3.connect(path, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _hurried(connection: sqlite3.Connection) -> None:
    """As ever, but without waiting for the disk: no power fails here."""
    _settle(connection)
    connection.execute("PRAGMA synchronous = OFF")


def follow(history: History, seed: int) -> None:
    """Let a history happen, keep what is read after each step, and read it all again.

    Of several changes that were given one moment the last decides; the store itself gives each
    its own.
    """
    store, chance = history.store, random.Random(seed)
    kept: list[tuple[dt.datetime, Asked, dict[str, Any]]] = []
    for _ in range(chance.randint(2, LONGEST)):
        history.step()
        span = store.span()
        if span is None:
            continue
        if kept and kept[-1][0] == span.last:
            _, asked, before = kept.pop()
            if history.stamped:
                assert answers(store, asked) == before, f"history {seed}: one moment twice"
        asked = Asked.some(store, chance)
        kept.append((span.last, asked, answers(store, asked)))
    for moment, asked, said in kept:
        again = answers(View(store, moment), asked)
        for what, before in said.items():
            assert again[what] == before, f"history {seed}, as of {moment}: {what}"
