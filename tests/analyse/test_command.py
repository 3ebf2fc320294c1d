"""`contested analyse` as people use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from contested import Record
from contested.cli import app
from tests.analyse.samples import figure, incident, toll


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "my.sqlite"
    dispute = toll(11, 11, 22, figure("ispr", 11), figure("ttp", 22), disputed=True)
    with Record.open(path) as filled:
        filled.store.put_incidents(
            [
                incident("i-000000000001", "2025-10-08", dispute, status="disputed"),
                incident("i-000000000002", "2022/2024"),
                incident("i-000000000003", None, status="disputed", accounts=("two places",)),
            ]
        )
    return path


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["analyse", *map(str, words)], prog_name="contested")
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize("command", ["trend", "disputes", "voices"])
def test_answer_table_assumptions(record: Path, command: str) -> None:
    lines = run(command, "--record", record).stdout.splitlines()
    assert lines[0].endswith(".")
    assert "Assumed:" in lines
    assert json.loads(run(command, "--record", record, "-f", "json").stdout)["answer"]
    rows = list(csv.reader(io.StringIO(run(command, "--record", record, "-f", "csv").stdout)))
    assert len(rows) > 1
    assert all(len(row) == len(rows[0]) for row in rows)
    run(command, "--record", record, "--since", "2030", "--place", "FR", code=1)


def test_trend_options(record: Path) -> None:
    words = run("trend", "--record", record, "--by", "week", "--group", "actor").stdout
    assert "2025-W41" in words
    assert "ttp" in words
    assert "2022-01 to 2024-12, each" in run("trend", "--record", record).stdout
    assert "undated" in run("trend", "--record", record).stdout
    head = run("trend", "--record", record, "-f", "csv").stdout.splitlines()[0]
    assert "deaths_low,deaths_best,deaths_high,deaths_more" in head


def test_disputes_tell_other_disputes(record: Path) -> None:
    result = run("disputes", "--record", record)
    assert "pakistan-ispr 11; ttp 22" in result.stdout
    assert "two places" in result.stderr


def test_no_data_says_why(record: Path) -> None:
    assert "Widen the filters" in run("trend", "--record", record, "--place", "FR", code=1).stderr
