"""Programs that are killed, and programs that write at once: nothing lost, nothing doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from contested.record import SqlStore, StoredReport

from .samples import event, report

REPORTS, CLAIMS, KILLS = 12, 5, 8

WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from record.test_crash import write
print("ready", flush=True)
write(sys.argv[2], int(sys.argv[3]))
"""


def write(path: str | Path, first: int = 0) -> None:
    """Add all reports, telling of each that is stored."""
    with SqlStore.open(path) as store:
        for at in range(REPORTS):
            number = (first + at) % REPORTS
            text = f"number {number}: " + f"word{number} " * 300
            source, data = report(text, name=f"{number}.txt")
            claims = [event(source, each, each + 10) for each in range(CLAIMS)]
            added = store.add(source, data, claims, method="m")
            print(added.report, flush=True)  # noqa: T201


def start(path: str | Path, first: int = 0) -> subprocess.Popen[str]:
    here = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", WRITER, here, str(path), str(first)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def stored(path: str | Path) -> dict[str, StoredReport]:
    with SqlStore.open(path) as store:
        assert store.check() == []
        found = store.reports()
        assert all(each.seq == 1 and each.total_claims == CLAIMS for each in found)
        assert len(list(store.claims())) == CLAIMS * len(found)
        assert len(store.search("word*", limit=1000, kinds=("report",))) == len(found)
        return {each.report.id: each for each in found}


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """While the tables are made, between reports, within one (`benchmarks kills` does more)."""
    path = tmp_path / "record.db"
    chance = random.Random(7)
    told: set[str] = set()
    for each in range(KILLS):
        if each % 4 == 0:
            for part in tmp_path.iterdir():
                part.unlink()
            told.clear()
        writer = start(path, each)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.08)
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        told.update(line.strip() for line in rest.splitlines(keepends=True) if "\n" in line)
        if told or each % 2:
            assert told <= stored(path).keys()
    write(path)
    assert len(stored(path)) == REPORTS
    assert [part.name for part in tmp_path.iterdir()] == ["record.db"]


def test_killed_at_any_moment_on_a_server(schema: str) -> None:
    """A server goes on for a while with what a killed program asked last."""
    chance = random.Random(8)
    told: set[str] = set()
    for each in range(KILLS // 3):
        writer = start(schema, each)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.3)
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        told.update(line.strip() for line in rest.splitlines(keepends=True) if "\n" in line)
        assert told <= stored(schema).keys()
    write(schema)
    assert len(stored(schema)) == REPORTS


def test_several_programs_add_at_once(place: str | Path) -> None:
    """All of them find no record and make one; two add the same, one the same the other way."""
    writers = [start(place, first) for first in (0, 0, REPORTS // 2)]
    for writer in writers:
        out, _ = writer.communicate(timeout=60)
        assert writer.returncode == 0
        assert len(out.split()) == REPORTS + 1
    assert len(stored(place)) == REPORTS
    with SqlStore.open(place) as store:
        assert [entry.what for entry in store.log()].count("new") == REPORTS
        assert store.log()[-1].what == "tables"


def test_one_reads_while_another_writes(place: str | Path) -> None:
    write(place)
    with SqlStore.open(place) as reader, SqlStore.open(place, wait=0.1) as writer:
        claims = reader.claims()
        next(claims)
        source, data = report("something else altogether", name="other.txt")
        writer.add(source, data, [event(source)], method="m")
        assert len(list(claims)) == CLAIMS * REPORTS - 1
        assert len(list(reader.claims())) == CLAIMS * REPORTS + 1
