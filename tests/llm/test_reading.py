"""Reading with a model: extract, add, and what the record keeps of it."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from contested.cli import app
from contested.errors import RecordError, UsageError
from contested.llm.endpoint import Endpoint
from contested.pipeline import Record
from contested.pipeline.crosscheck import compare
from contested.pipeline.modelled import ModelReading, ModelStages, model_method
from contested.pipeline.stages import Stages
from contested.settings import Settings
from tests.llm.conftest import KEY, TEXT, event, killed
from tests.llm.server import Asked, Recorded, Server, failed, said

SECOND = "The police said three civilians were wounded in a blast in Quetta on Friday.\n"
WOUNDED = {
    "kind": "casualties",
    "quote": "three civilians were wounded in a blast",
    "cue": "wounded",
    "effect": "wounded",
    "count": "three",
    "victims": "civilians",
    "victims_as_written": "three civilians",
    "speakers": [{"name": "The police", "said_in": "The police said"}],
}
ENTICED = {**WOUNDED, "count": "900", "where": "Kabul"}


def answering(asked: Asked) -> Recorded:
    """Claims of either report, and one that obeys a hostile one."""
    items = [event(), killed(), ENTICED] if "ambush" in asked.report else [WOUNDED, ENTICED]
    return said(json.dumps({"claims": items}))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "kurram.txt").write_text(TEXT, "utf-8")
    (folder / "quetta.txt").write_text(SECOND, "utf-8")
    return folder


@pytest.fixture
def env(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stages: Stages) -> None:
    server.answer(answering)
    monkeypatch.setattr(Stages, "world", stages.world)
    monkeypatch.setattr(Stages, "extractor", stages.extractor)
    given = {
        "LLM_ENDPOINT": server.address,
        "LLM_MODEL": "acme/tiny",
        "LLM_KEY": KEY,
        "LLM_PRICES": "1 2 EUR",
        "LANGUAGE": "light",
        "RECORD": str(tmp_path / "record.sqlite"),
        "JOBS": "1",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"CONTESTED_{name}", value)


def run(*words: object, code: int = 0) -> Result:
    """Run the program; nothing that it says holds the key."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert KEY not in result.output
    assert result.exit_code == code, result.output
    return result


def printed(result: Result) -> list[dict[str, Any]]:
    """The JSON lines on standard output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("env")
def test_by_default_nothing_is_sent(server: Server, reports: Path) -> None:
    run("extract", reports)
    run("add", reports)
    assert server.asked == []


@pytest.mark.usefixtures("env")
def test_nothing_is_sent_unless_one_agrees(server: Server, reports: Path) -> None:
    for command in ("add", "extract", "crosscheck"):
        words = [] if command == "crosscheck" else ["--read-with", "both"]
        result = run(command, reports, *words, code=2)
        assert "--yes" in result.stderr
        assert f"acme/tiny at {server.address.split('/')[2]}" in result.stderr
        assert re.search(r"about [\d,]+ tokens sent and [\d,]+ answered, in 2 req", result.stderr)
        assert "EUR" in result.stderr
    assert server.asked == []


@pytest.mark.usefixtures("env")
def test_one_is_asked_where_one_is_there(
    server: Server, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contested.cli.llm._somebody", lambda: True)
    words = ["extract", str(reports), "--read-with", "model"]
    for answer in ("n\n", "\n"):
        refused = CliRunner().invoke(app, words, input=answer)
        assert refused.exit_code == 1
        assert "Nothing was sent." in refused.stderr
        assert server.asked == []
    assert CliRunner().invoke(app, words, input="y\n").exit_code == 0
    assert len(server.asked) == 2


@pytest.mark.usefixtures("env")
def test_what_is_not_installed_is_told_before_anything_is_sent(
    server: Server, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    result = run("extract", reports, "--read-with", "both", "--yes", code=1)
    assert "pip install 'contested[llm]'" in result.stderr
    assert server.asked == []


@pytest.mark.usefixtures("env")
def test_extract_prints_what_passed_and_says_what_was_dropped(
    server: Server, reports: Path
) -> None:
    result = run("extract", reports, "--read-with", "model", "--yes")
    notes = [line for line in result.stderr.splitlines() if line.startswith("note on")]
    assert notes
    assert len(notes) == len(set(notes))
    found = printed(result)
    assert len(server.asked) == 2
    assert Counter(one["kind"] for one in found) == {"event": 1, "casualties": 2}
    assert {one["method"] for one in found} == {model_method("acme/tiny")}
    texts = {"kurram.txt": TEXT, "quetta.txt": SECOND}
    for one in found:
        assert texts[one["name"]][one["start"] : one["end"]] == one["quote"]
    assert "2,400 tokens sent and 160 answered, in 2 requests (as the server counts)" in (
        result.stderr
    )
    assert "0.0027 EUR" in result.stderr
    assert "5 proposals, 2 dropped; 3 claims" in result.stderr
    assert result.stderr.count("dropped casualties “three civilians") == 2


@pytest.mark.usefixtures("env")
def test_the_record_keeps_both_and_knows_what_it_has(server: Server, reports: Path) -> None:
    run("add", reports)
    with Record.open(settings=Settings.from_env()) as record:
        before = {claim.id: claim for claim in record.claims()}
        incidents = len(record.incidents())
    run("add", reports, "--read-with", "both", "--yes")
    asked = len(server.asked)
    with Record.open(settings=Settings.from_env()) as record:
        after = {claim.id: claim for claim in record.claims()}
        assert before.items() <= after.items()
        assert len(record.incidents()) == incidents
        notes = [note for stored in record.store.reports() for note in stored.notes]
        assert any("dropped casualties" in note for note in notes)
        assert record.read_otherwise() == {}
    again = run("add", reports, "--read-with", "both", "--yes")
    assert "2 already there" in again.stderr
    assert "2 already there" in run("add", reports).stderr
    assert len(server.asked) == asked
    with Record.open(settings=Settings.from_env()) as record:
        assert {claim.id: claim for claim in record.claims()} == after
    other = run("add", reports, "--read-with", "both", "--yes", "--model", "other")
    assert "2 known, read anew" in other.stderr


@pytest.mark.usefixtures("env")
def test_what_was_read_in_part_is_read_again(server: Server, reports: Path) -> None:
    server.answer(said("nonsense"), said("nonsense"), answering)
    first = run("add", reports, "--read-with", "both", "--yes", "--notes")
    assert "the model read nothing in characters 0 to" in first.stderr
    assert "2 new" in first.stderr
    again = run("add", reports, "--read-with", "both", "--yes")
    assert "1 known, read anew, 1 already there" in again.stderr or (
        "1 already there, 1 known, read anew" in again.stderr
    )


@pytest.mark.usefixtures("env")
def test_an_endpoint_that_goes_away_loses_nothing(server: Server, reports: Path) -> None:
    server.answer(answering, failed(401, "revoked"))
    result = run("add", reports, "--read-with", "both", "--yes", code=1)
    assert "stopped" in result.stderr
    assert "1 new" in result.stderr
    with Record.open(settings=Settings.from_env()) as record:
        assert [stored.report.name for stored in record.store.reports()] == ["kurram.txt"]
        assert record.incidents()
    server.answer(answering)
    assert "1 new" in run("add", reports, "--read-with", "both", "--yes").stderr


@pytest.mark.usefixtures("env")
def test_the_model_alone_without_an_answer_skips_the_report(server: Server, reports: Path) -> None:
    server.answer(said("no", refusal="I can't"))
    result = run("add", reports, "--read-with", "model", "--yes", code=1)
    assert "skipped kurram.txt" in result.stderr
    assert "refuses" in result.stderr


@pytest.mark.usefixtures("env")
def test_the_limit_ends_the_work(server: Server, reports: Path) -> None:
    result = run("add", reports, "--read-with", "both", "--yes", "--most-tokens", 5500, code=1)
    assert len(server.asked) <= 2
    assert "limit" in result.stderr
    nothing = run("extract", reports, "--read-with", "both", "-y", "--most-tokens", 10, code=1)
    assert "limit of 10 tokens" in nothing.stderr


@pytest.mark.usefixtures("env")
def test_crosscheck_of_files_and_of_the_record(server: Server, reports: Path) -> None:
    rows = printed(run("crosscheck", reports, "--yes", "-f", "jsonl"))
    verdicts = Counter(row["verdict"] for row in rows)
    assert verdicts["agreed"] + verdicts["differ"] >= 2
    assert verdicts["only_rules"] >= 1
    for row in rows:
        assert (row["rules"] is None) == (row["verdict"] == "only_model")
        assert (row["model"] is None) == (row["verdict"] == "only_rules")
        assert bool(row["differences"]) == (row["verdict"] == "differ")
    run("add", reports, "--read-with", "both", "--yes")
    asked = len(server.asked)
    kept = printed(run("crosscheck", "-f", "jsonl"))
    assert len(server.asked) == asked
    assert Counter(row["verdict"] for row in kept) == verdicts
    only = printed(run("crosscheck", "-f", "jsonl", "--only", "only_rules"))
    assert {row["verdict"] for row in only} == {"only_rules"}
    assert "differ" in run("crosscheck").stdout
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert printed(run("crosscheck", "--as-of", today, "-f", "jsonl")) == kept
    assert "2001" in run("crosscheck", "--as-of", "2001", code=2).stderr
    run("crosscheck", reports, "--as-of", today, code=2)
    run("crosscheck", "--only", "nothing", code=2)
    run("crosscheck", "--model", "tiny", code=2)


@pytest.mark.usefixtures("env")
def test_a_record_that_no_model_read(reports: Path) -> None:
    run("add", reports)
    assert "--read-with both" in run("crosscheck").stderr


def test_options_that_contradict_each_other(reports: Path) -> None:
    assert "--read-with" in run("extract", reports, "--model", "tiny", code=2).stderr
    assert "CONTESTED_LLM_ENDPOINT" in run("add", reports, "--read-with", "both", code=2).stderr


def test_no_model_with_spark_and_none_in_the_past(reports: Path, tmp_path: Path) -> None:
    how = ModelReading(endpoint=Endpoint(address="http://127.0.0.1:9/v1", model="tiny"))
    with pytest.raises(UsageError, match="--engine"):
        ModelStages(Stages(Settings(engine="local[2]")), how)
    with Record.open(tmp_path / "r.sqlite", settings=Settings(language="light")) as record:
        record.add([reports / "quetta.txt"])
        with pytest.raises(RecordError):
            record.as_of(dt.datetime.now(dt.UTC).date().isoformat()).plan([reports], how)


def test_the_same_claims_agree_and_others_do_not(stages: Stages, report: Any) -> None:
    own = stages.extractor.extract(report).claims
    assert {row.verdict for row in compare(own, own)} == {"agreed"}
    assert {row.verdict for row in compare(own, [])} == {"only_rules"}
    assert {row.verdict for row in compare([], own)} == {"only_model"}
    assert compare([], []) == []
