"""The look that is taken at a record whose writers were killed: it finds nothing, and would."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kills import look, work
from benchmarks.prepared import lay_out
from contested.errors import ContestedError
from contested.record import SqlStore

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_lost_halved_or_doubled() -> None:
    command = [sys.executable, "-m", "benchmarks", "kills", "--count", "8", "--dry"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "| lost, halved or doubled | 0 |" in done.stdout


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """What a worker makes that nobody kills."""
    lay_out(tmp_path)
    told: list[str] = []
    next(work(tmp_path / "r.sqlite", tmp_path, random.Random(1), told.append))
    assert told[-1] == "gathering"
    stored = [line.removeprefix("stored ") for line in told if line.startswith("stored ")]
    assert look(tmp_path / "r.sqlite", stored)["problems"] == []
    return tmp_path / "r.sqlite"


def test_a_report_that_is_not_there_is_missed(record: Path) -> None:
    told = [f"v{version}/report-{number}.txt" for version in range(3) for number in range(10)]
    problems = look(record, told)["problems"]
    assert len(problems) == 30 - 6
    assert all("told to be stored and is not there" in each for each in problems)


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("DELETE FROM claim_actor; DELETE FROM claim WHERE number = 1", "claims are other"),
        ("DELETE FROM log WHERE what = 'new'", "are in the log"),
        ("DELETE FROM report_words WHERE rowid = 1", "word index"),
        ("UPDATE report_version SET text = text || '.' WHERE number = 1", "has changed"),
        ("DELETE FROM incident_claim WHERE claim = (SELECT min(claim) FROM incident_claim)", "mem"),
    ],
)
def test_harm_is_seen(record: Path, harm: str, found: str) -> None:
    with SqlStore.open(record) as store, store._database.writing() as connection:
        for statement in harm.split("; "):
            connection.exec_driver_sql(statement)
    try:
        problems = look(record, [])["problems"]
    except ContestedError as error:  # what stops the look is a find too
        problems = [str(error)]
    assert any(found in each for each in problems), problems
