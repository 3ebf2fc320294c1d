"""`contested analyse escalation`, `chains` and `scenario` as people use them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from contested import Record
from contested.cli import app
from contested.pipeline.sides import heads
from contested.world import World
from tests.analyse.escalation.samples import rows
from tests.analyse.samples import incident

COMMANDS: dict[str, tuple[str, ...]] = {
    "escalation": (),
    "chains": ("--least", "0.4"),
    "scenario": ("--ceasefire", "30", "--kept", "0.8", "--days", "60", "--runs", "5"),
}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set that says who began."""
    path = tmp_path_factory.mktemp("data") / "events.csv"
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("id", "date", "country", "place", "initiator", "target"))
        for row in rows():
            side = row.initiators[0][0][0]
            day = dt.date.fromordinal(row.first).isoformat()
            lines.writerow((row.id, day, "PK", "Wana", side, "x"))
    return path


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["analyse", *map(str, words)], prog_name="contested")
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize("command", COMMANDS)
def test_table_json_csv_and_chart(command: str, table: Path, tmp_path: Path) -> None:
    words: tuple[str | Path, ...] = (command, "--data", table, "--draws", "6", *COMMANDS[command])
    chart = tmp_path / "chart.json"
    lines = run(*words, "--chart", chart).stdout.splitlines()
    assert "." in lines[0]
    assert "Assumed:" in lines
    assert max(len(line) for line in lines[1 : lines.index("Assumed:")]) <= 110
    assert json.loads(chart.read_text())["description"]
    plain = json.loads(run(*words, "-f", "json").stdout)
    assert plain["answer"] == lines[0]
    made = list(csv.reader(io.StringIO(run(*words, "-f", "csv").stdout)))
    assert len(made) > 1
    assert all(len(row) == len(made[0]) for row in made)


@pytest.mark.parametrize("command", ["escalation", "scenario"])
def test_a_small_record_is_refused_with_a_reason(command: str, tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    with Record.open(path) as filled:
        filled.store.put_incidents([incident("i-000000000001", "2025-10-08")])
    words = run(command, "--record", path, *COMMANDS[command], code=1).output
    assert "Nobody has 30 dated events here" in words


def test_chains_of_a_small_record_say_that_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    with Record.open(path) as filled:
        filled.store.put_incidents([incident("i-000000000001", "2025-10-08")])
    result = run("chains", "--record", path)
    assert "No report says of an event that it answers another" in result.stdout
    assert "Timing suggests nothing here" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("scenario",), "Say what changes"),
        (("scenario", "--strike", "army"), "SIDE=DAY"),
        (("scenario", "--deny", "army", "--start", "soon"), "is no day"),
        (("chains", "--least", "2"), "give --least"),
        (("escalation", "--enough", "3"), "at least 10 events"),
        (("escalation", "--table", "none.csv"), "cannot be read"),
    ],
)
def test_what_cannot_be_understood_says_why(words: tuple[str, ...], told: str, table: Path) -> None:
    assert told in run(*words, "--data", table, "--draws", "2", code=2).output


def test_an_organ_is_its_state() -> None:
    known = heads(World.load())
    assert known["pakistan-army"] == "pakistan"
    assert "pakistan" not in known
    assert "jamaat-ul-ahrar" not in known
