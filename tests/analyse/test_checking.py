"""`contested analyse statistics`, `ceasefires` and `bias` on reports of the packaged sample."""

from __future__ import annotations

import csv
import io
import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from contested import Record
from contested.cli import app

SAMPLE = Path(str(resources.files("contested") / "data" / "sample"))
REPORTS = (
    "picss-half-year-2023.md", "terrorism-index-2025.md", "terrorism-index-agency.md",
    "picss-august-2023.md", "ttp-ceasefire-end.md", "doha-ceasefire.md", "spin-boldak-truce.md",
    "orakzai-wire.md", "kurram-video-blog.md", "orakzai-ispr-statement.md",
)  # fmt: skip


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checking") / "my.sqlite"
    with Record.open(path) as filled:
        assert not filled.add([SAMPLE / name for name in REPORTS]).refused
    return path


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["analyse", *map(str, words)], prog_name="contested")
    assert result.exit_code == code, result.output
    return result


def found(record: Path, *words: str) -> Any:
    return json.loads(run(*words, "--record", record, "--draws", "20", "-f", "json").stdout)


def test_the_half_years_are_checked_by_a_command(record: Path) -> None:
    told = found(record, "statistics", "--credited-to", "2022-11-28")
    sums = {
        (one["later"], one["earlier"]): (round(one["exact"], 1), one["fits"])
        for row in told["rows"]
        for one in row["arithmetic"]
    }
    assert sums[271, 151] == (79.5, "rounded")
    assert sums[271, 228] == (18.9, "cut off")
    assert told["credited"][0]["totals"] == [151, 228, 271]
    assert told["credited"][0]["early"] is True
    assert "The rise began before 2022-11-28" in told["answer"]


def test_one_institutes_two_numbers_stay_two_claims(record: Path) -> None:
    rows = {
        row["low"]: row for row in found(record, "statistics")["rows"] if row["measure"] == "killed"
    }
    assert {558, 585} <= set(rows)
    assert rows[558]["claim"] != rows[585]["claim"]
    (other,) = [one for one in rows[585]["others"] if one["claim"] == rows[558]["claim"]]
    assert other["verdict"] == "transposed"
    assert "fits 558 after 293" in other["why"]
    with Record.open(record, create=False) as kept:
        assert {558, 585} <= {c.count.low for c in kept.statistics() if c.count}


def test_agreements_of_real_reports(record: Path) -> None:
    told = found(record, "ceasefires")
    rows = {(tuple(r["parties"]), r["began"]): r for r in told["rows"] if r["type"] == "ceasefire"}
    truce = rows[("afghanistan", "pakistan"), "2025-10-15"]
    assert truce["fate"] == "replaced"
    assert truce["violations"][0]["says"] == "afghanistan"
    pact = rows[("pakistan", "ttp"), "2022-06-01 to 2022-06-30"]
    assert (pact["ended"], pact["fate"], pact["mediators"]) == (
        "2022-11-28", "broke down", ["afghanistan"],
    )  # fmt: skip
    assert told["survival"]["points"]
    assert "must not be added" in " ".join(told["warnings"])


def test_speakers_of_real_reports(record: Path) -> None:
    told = found(record, "bias")
    assert any(row["about"] == "enemy" for row in told["rows"])
    assert all((row["ratio"] is None) == bool(row["note"]) for row in told["rows"])


@pytest.mark.parametrize("command", ["statistics", "ceasefires", "bias"])
def test_every_form(record: Path, command: str, tmp_path: Path) -> None:
    told = run(command, "--record", record, "--draws", "20")
    assert "Assumed:" in told.stdout
    assert f"contested analyse {command} --draws 20" in told.stderr
    rows = list(csv.reader(io.StringIO(run(command, "--record", record, "-f", "csv").stdout)))
    assert len(rows) > 1
    assert all(len(row) == len(rows[0]) for row in rows)
    assert run(command, "--record", record).stdout == run(command, "--record", record).stdout
    nothing = run(command, "--record", record, "--since", "2031", code=1)
    assert "Widen the filters" in nothing.stderr
    picture = tmp_path / "chart.json"
    if command != "bias":
        run(command, "--record", record, "--chart", picture)
        assert json.loads(picture.read_text("utf-8"))["description"]


def test_a_data_set_stands_beside_the_record(record: Path, tmp_path: Path) -> None:
    table = tmp_path / "ged.csv"
    names = (
        "id,date_start,date_end,country,country_id,adm_1,side_a,side_b,type_of_violence,best,low,"
        "high,deaths_a,deaths_b,deaths_civilians,deaths_unknown,latitude,longitude,where_prec"
    )
    lines = [
        f"{n},2022-0{n}-03,2022-0{n}-03,Pakistan,770,Punjab,Government of Pakistan,TTP,1,3,2,4,1,1,"
        "1,0,33.0,71.0,1"
        for n in range(1, 7)
    ]
    table.write_text("\n".join([names, *lines]) + "\n", "utf-8")
    told = found(record, "statistics", "--data", str(table))
    first = next(row for row in told["rows"] if row["low"] == 151)
    assert len(first["counted"]) == 2
    assert first["counted"][1]["source"] != "record"
    assert first["counted"][1]["low"] < first["counted"][1]["high"] <= 6


@pytest.mark.parametrize("day", ["soon", "2022-13-40", "../2022"])
def test_a_day_that_is_none_is_refused(record: Path, day: str) -> None:
    words = ("statistics", "--record", record, "--credited-to", day)
    assert "write a day" in run(*words, code=2).stderr
