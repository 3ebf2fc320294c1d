"""`contested analyse` over draws as people use it: record, table of events, published counts."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from contested import Record
from contested.analyse.charts import rendered, save
from contested.analyse.draws import DrawOptions, draw
from contested.analyse.fullset import Task, Whole, full_set
from contested.cli import app
from contested.errors import ExtraMissing, TooFew, UsageError
from contested.model import Incident
from tests.analyse.samples import figure, incident, toll
from tests.analyse.tables import daily, ged

COUNTS = [20, 18, 23, 21, 17, 22, 19, 24, 20, 18, 21, 22, 45, 41, 39, 47, 44, 40, 46, 42, 38, 44]


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["analyse", *map(str, words)], prog_name="contested")
    assert result.exit_code == code, result.output
    assert "nan" not in re.findall(r"\b\w+\b", result.stdout.lower())
    return result


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ged(tmp_path_factory.mktemp("ged") / "events.csv", COUNTS)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "my.sqlite"
    one = toll(11, 11, 22, figure("ispr", 11), figure("ttp", 22), disputed=True)
    with Record.open(path) as filled:
        filled.store.put_incidents(
            [incident(f"i-{month:012d}", f"2025-{month:02d}-08", one) for month in range(1, 10)]
        )
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("trend", "--group", "actor"),
        ("trend", "--group", "target", "--by", "year"),
        ("change", "--at", "2020-01-01"),
        ("breaks", "--measure", "deaths"),
    ],
)
def test_a_table_of_events_answers(table: Path, words: tuple[str, ...]) -> None:
    shared = ("--data", table, "--draws", "20")
    result = run(*words, *shared)
    lines = result.stdout.splitlines()
    assert "Assumed:" in lines
    assert any("does not say who began" in line for line in lines) or words[0] != "trend"
    assert f"Again: contested analyse {words[0]}" in result.stderr
    assert json.loads(run(*words, *shared, "-f", "json").stdout)["answer"]
    rows = list(csv.reader(io.StringIO(run(*words, *shared, "-f", "csv").stdout)))
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_command_that_is_told_gives_the_same(table: Path) -> None:
    words = ("change", "--at", "2020-01-01", "--data", table, "--draws", "20", "--seed", "5")
    told = run(*words)
    again = told.stderr.partition("Again: contested analyse ")[2].splitlines()[0].split()
    assert run(*again).stdout == told.stdout


def test_a_break_is_found_in_a_table(table: Path) -> None:
    found = json.loads(run("breaks", "--data", table, "--draws", "10", "-f", "json").stdout)
    assert [row["period"] for row in found["rows"]] == ["2020-01"]


@pytest.mark.parametrize("suffix", [".json", ".html", ".svg", ".png"])
def test_charts_as_files(table: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"chart{suffix}"
    shared = ("--data", table, "--draws", "5", "--chart", path)
    run("trend", *shared)
    content = path.read_bytes()
    marks = {".json": b"{", ".html": b"<!DOCTYPE html>", ".svg": b"<svg", ".png": b"\x89PNG"}
    assert content.lstrip().startswith(marks[suffix])
    if suffix == ".html":
        assert not re.search(rb'<script[^>]+src="http', content)


def test_charts_that_cannot_be_are_refused(table: Path, tmp_path: Path) -> None:
    shared = ("--data", table, "--draws", "5")
    assert ".svg" in run("trend", *shared, "--chart", "chart.gif", code=2).stderr
    missing = tmp_path / "no" / "chart.json"
    assert "cannot be written" in run("trend", *shared, "--chart", missing, code=2).stderr
    with pytest.raises(UsageError):
        rendered({}, "")
    save({"description": "x"}, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == {"description": "x"}


def test_a_record_answers_with_the_interval_of_its_draws(record: Path) -> None:
    found = json.loads(run("trend", "--record", record, "-f", "json").stdout)
    row = found["rows"][0]
    assert row["deaths"] == {"low": 11, "best": 11, "high": 22, "more": False}
    assert 11 <= row["deaths_band"]["low"] <= row["deaths_band"]["high"] <= 22
    assert "deaths_drawn_low" in run("trend", "--record", record, "-f", "csv").stdout


def test_published_counts(tmp_path: Path) -> None:
    path = tmp_path / "halves.csv"
    path.write_text("period,count\n2022-H1,151\n2022-H2,228\n2023-H1,271\n", "utf-8")
    words = run("change", "--counts", path, "--at", "2022-11-28").stdout
    assert "+18.9%" in words
    assert "+79.5%" in words
    assert "began before 2022-11-28" in words
    assert "3 half-years are too few" in run("breaks", "--counts", path, code=1).stderr
    refused = run("change", "--counts", path, "--at", "2022-11-28", "--place", "PK", code=2)
    assert "leave out the filters" in refused.stderr
    assert (
        "--by is left aside"
        in run("change", "--counts", path, "--at", "2022-11-28", "--by", "week").stderr
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("change", "--at", "soon"), 2, "write a day"),
        (("change", "--at", "1999-01-01"), 2, "outside of what is counted"),
        (("breaks", "--since", "2020-06"), 1, "too few"),
        (("breaks", "--place", "FR"), 1, "No row of"),
        (("trend", "--draws", "0"), 2, "ask for 1 to"),
        (("trend", "--undercount", "2"), 2, "give 0 to 0.95"),
        (("trend", "--speaker", "ttp"), 2, "a table of events has none"),
        (("trend", "--record", "x.sqlite"), 2, "instead of the record"),
        (("all", "--chart", "x.svg"), 2, "leave out --chart"),
    ],
)
def test_what_cannot_be_answered_is_said(
    table: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in run(*words, "--data", table, code=code).stderr


def test_counts_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    assert "cannot be read" in run("breaks", "--counts", path, code=1).stderr
    path.write_bytes(b"\xff\xfe")
    assert "UTF-8" in run("breaks", "--counts", path, code=1).stderr


def test_undercount_shows(table: Path) -> None:
    shared = ("--data", table, "--draws", "30", "--by", "year", "-f", "json")
    plain, more = (
        json.loads(run("trend", *shared, *extra).stdout) for extra in ((), ("--undercount", "0.3"))
    )
    assert more["rows"][0]["incidents_band"]["high"] > plain["rows"][0]["incidents_band"]["high"]
    assert any("told by no report" in words for words in more["assumptions"])


def test_all_at_once_of_a_table(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "results"
    told = run("all", "--data", table, "--draws", "10", "--out", out).stdout
    assert re.search(r"\d+ of \d+ analyses answer", told)
    page = (out / "index.html").read_text("utf-8")
    for name in ("trend", "trend-actor", "breaks"):
        assert f'id="{name}"' in page
        assert json.loads((out / f"{name}.json").read_text("utf-8"))["answer"]
        assert (out / f"{name}.csv").stat().st_size
    assert "<svg" in page
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]+"', "", page)
    assert "contested analyse all" in page
    assert 'id="voices"' not in page


def test_all_at_once_of_a_record(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "results"
    found = json.loads(run("all", "--record", record, "--out", out, "-f", "json").stdout)
    refused = {row["analysis"]: row["refused"] for row in found["rows"]}
    assert refused["disputes"] is False
    assert refused["breaks"] is True
    assert 'class="refused"' in (out / "index.html").read_text("utf-8")
    rows = run("all", "--record", record, "--out", out, "-f", "csv").stdout
    assert rows.startswith("analysis,refused,answer")


def test_a_folder_that_cannot_be_made_is_said(table: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    words = run("all", "--data", table, "--out", tmp_path / "file" / "in", code=2).stderr
    assert "cannot be made" in words


def test_one_that_refuses_stops_no_other() -> None:
    def refuses(_: Whole) -> Any:
        raise TooFew("Too few.")

    def answers(whole: Whole) -> Any:
        from contested.analyse.banded import trend_of

        return trend_of(whole.draws), None

    whole = Whole(daily(["2022-01-10"]), DrawOptions(count=3))
    tasks = [
        Task(name="a", title="A", run=refuses),
        Task(name="b", title="B", run=answers),
        Task(name="c", title="C", run=answers, of_record=True),
    ]
    first, second = full_set(whole, tasks)
    assert (first.refused, first.answer, first.found) == (True, "Too few.", None)
    assert (second.refused, second.name) == (False, "b")

    def lacks(_: Whole) -> Any:
        raise ExtraMissing("pip install")

    with pytest.raises(ExtraMissing):
        list(full_set(whole, [Task(name="a", title="A", run=lacks)]))


def test_doubts_of_a_real_record_are_drawn(tmp_path: Path) -> None:
    """The packaged sample: pairs in doubt, each with its probability, and draws that use them."""
    from contested.pipeline.drawing import pair_doubts

    sample = Path(__file__).resolve().parents[2] / "src" / "contested" / "data" / "sample"
    with Record.open(tmp_path / "sample.sqlite") as record:
        record.add([sample])
        known: list[Incident] = record.incidents()
        doubts = pair_doubts(record, known)
        ids = {one.id for one in known}
        assert doubts
        assert all(0 < doubt.chance < 1 and {doubt.one, doubt.other} <= ids for doubt in doubts)
        events = record.events()
        assert len(events) == len(known) + sum(doubt.one == doubt.other for doubt in doubts)
        drawn = record.draws(options=DrawOptions(count=50))
        sizes = {len(one) for one in drawn}
        assert len(sizes) > 1
        assert draw(events, DrawOptions(count=50)).event.tolist() == drawn.event.tolist()
