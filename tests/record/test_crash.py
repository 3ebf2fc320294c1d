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

REPORTS, CLAIMS, KILLS = 12, 5, 20

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from record.test_crash import write
print("ready", flush=True)
write(Path(sys.argv[2]), int(sys.argv[3]))
"""


def write(path: Path, first: int = 0) -> None:
    """Add all reports, telling of each that is stored."""
    with SqlStore.open(path) as store:
        for at in range(REPORTS):
            number = (first + at) % REPORTS
            text = f"number {number}: " + f"word{number} " * 300
            source, data = report(text, name=f"{number}.txt")
            claims = [event(source, each, each + 10) for each in range(CLAIMS)]
            added = store.add(source, data, claims, method="m")
            print(added.report, flush=True)  # noqa: T201


def start(path: Path, first: int = 0) -> subprocess.Popen[str]:
    here = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", WRITER, here, str(path), str(first)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def stored(path: Path) -> dict[str, StoredReport]:
    with SqlStore.open(path) as store:
        assert store.check() == []
        found = store.reports()
        assert all(each.seq == 1 and each.total_claims == CLAIMS for each in found)
        assert len(list(store.claims())) == CLAIMS * len(found)
        assert len(store.search("word*", limit=1000, kinds=("report",))) == len(found)
        return {each.report.id: each for each in found}


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """While the tables are made, between reports, within one: some of all in twenty times."""
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


def test_two_programs_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    writers = [start(path, first) for first in (0, 0, REPORTS // 2)]
    for writer in writers:
        out, _ = writer.communicate(timeout=60)
        assert writer.returncode == 0
        assert len(out.split()) == REPORTS + 1
    assert len(stored(path)) == REPORTS


def test_one_reads_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    write(path)
    with SqlStore.open(path) as reader, SqlStore.open(path, wait=0.1) as writer:
        claims = reader.claims()
        next(claims)
        source, data = report("something else altogether", name="other.txt")
        writer.add(source, data, [event(source)], method="m")
        assert len(list(claims)) == CLAIMS * REPORTS - 1
        assert len(list(reader.claims())) == CLAIMS * REPORTS + 1
