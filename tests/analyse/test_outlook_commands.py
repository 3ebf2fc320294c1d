"""`contested analyse index` and `forecast` as people use them."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from contested import Record
from contested.cli import app
from contested.model import Incident
from tests.analyse.samples import figure, incident, toll

TABLE = "country,year,incidents,deaths,injuries\nTogo,2021,1,0,0\nTogo,2022,5,26,16\n"


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["analyse", *map(str, words)], prog_name="contested")
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text("\ufeff" + TABLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("outlook") / "my.sqlite"
    chance = random.Random(1)
    told: list[Incident] = []
    for month in range(30):
        for _ in range(chance.randint(2, 6)):
            best = chance.randint(1, 9)
            day = f"{2021 + month // 12}-{month % 12 + 1:02d}-{chance.randint(1, 28):02d}"
            said = figure("ispr", best)
            told.append(incident(f"i-{len(told):012d}", day, toll(best, best, best + 2, said)))
    with Record.open(path) as filled:
        filled.store.put_incidents(told)
    return path


def test_index_of_a_table(table: Path, tmp_path: Path) -> None:
    picture = tmp_path / "i.json"
    result = run("index", "--table", table, "--chart", picture)
    assert "4.9145" in result.stdout
    assert "recovered from published scores" in result.stdout
    assert "Togo 2022 (2 of 5)" in result.stderr
    assert json.loads(picture.read_text("utf-8"))["description"]
    rows = list(csv.DictReader(io.StringIO(run("index", "--table", table, "-f", "csv").stdout)))
    assert rows[0]["score_best"] == "4.9145"
    assert rows[0]["hostages_best"] == ""
    answer = json.loads(run("index", "--table", table, "-f", "json").stdout)
    assert answer["rows"][0]["hostages"] is None


def test_tables_that_cannot_be_read(table: Path, tmp_path: Path) -> None:
    assert "cannot be read" in run("index", "--table", tmp_path / "no.csv", code=1).stderr
    binary = tmp_path / "b.csv"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    assert "not UTF-8" in run("index", "--table", binary, code=1).stderr
    empty = tmp_path / "e.csv"
    empty.write_text("", encoding="utf-8")
    assert "lacks the columns" in run("index", "--table", empty, code=1).stderr
    assert "leave out" in run("index", "--table", table, "--since", "2021", code=2).stderr


def test_index_of_a_record(record: Path) -> None:
    result = run("index", "--record", record, "--draws", "20")
    assert result.stdout.startswith("PK in 2023: ")
    assert "not counted" in result.stdout or "Warning: No injuries" in result.stderr


def test_forecast_of_a_record(record: Path, tmp_path: Path) -> None:
    picture = tmp_path / "fan.json"
    words = ("forecast", "--record", record, "--draws", "5", "--ahead", "2", "--last", "2023-06")
    result = run(*words, "--by", "actor", "--chart", picture)
    assert "with a stated chance of 90%" in result.stdout
    assert "tested on the past" in result.stdout
    assert "ttp" in result.stdout
    assert "What nobody reports" in result.stdout
    assert json.loads(picture.read_text("utf-8"))["data"]["values"]
    rows = list(csv.DictReader(io.StringIO(run(*words, "-f", "csv").stdout)))
    assert [row["month"] for row in rows[:2]] == ["2023-07", "2023-08"]
    answer = json.loads(run(*words, "--no-hawkes", "-f", "json").stdout)
    assert answer["backtests"][0]["months"] > 0


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (("--since", "2022-06"), "a forecast needs 24", 1),
        (("--last", "2024-12"), "--keep-gaps", 1),
        (("--last", "soon"), "Write it like 2022-11", 2),
        (("--ahead", "40"), "ask for 1 to 12", 2),
        (("--place", "FR"), "nothing to answer from", 1),
    ],
)
def test_forecasts_that_are_refused(
    record: Path, words: tuple[str, ...], says: str, code: int
) -> None:
    assert says in run("forecast", "--record", record, "--draws", "2", *words, code=code).stderr
