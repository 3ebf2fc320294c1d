"""`--as-of` on whatever reads the record, `diff` and `snapshot`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner, Result

from contested.cli import app

pytestmark = pytest.mark.usefixtures("quick_stages")

Run = Callable[..., Result]
NOT_READING = {"add", "extract", "gather", "copy", "review", "demo", "actors", "places", "schema"}
"""Commands that write a record or copy all of it, or do not look at one. All others read it as of
any date."""

TWO_DATES = {"diff"}


def commands() -> Iterator[tuple[str, Any]]:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
        else:
            yield from ((f"{name} {one}", each) for one, each in inner.items())


COMMANDS = dict(commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_reads_the_record_takes_a_date(name: str) -> None:
    command = COMMANDS[name]
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    options = {option for parameter in shown for option in parameter.opts}
    if name in NOT_READING or name.startswith("decide "):
        assert "--as-of" not in options
    elif name in TWO_DATES:
        assert {"date1", "date2"} <= {parameter.name for parameter in command.params}
    else:
        assert {"--as-of", "--record"} <= options


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONTESTED_RECORD", raising=False)

    def call(*words: str | Path, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words], prog_name="contested")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def between(run: Run, folder: Path) -> str:
    """The moment between two reports that disagree."""
    run("add", folder / "army.txt")
    cited = run("snapshot").stdout
    run("add", folder / "ttp.txt")
    found = re.search(r"as of (\S+),", cited)
    assert found is not None
    return found[1]


READING: list[tuple[str, ...]] = [
    ("claims",),
    ("incidents",),
    ("reports",),
    ("agreements",),
    ("statistics",),
    ("show", "i-000000000001"),
    ("export", "-o", "-", "-f", "jsonl"),
    ("export", "-o", "-", "-f", "csv", "--what", "claims"),
    ("export", "-o", "-", "-f", "csv", "--what", "figures"),
    ("export", "-o", "-", "-f", "jsonl", "--what", "reports"),
    ("analyse", "trend"),
    ("analyse", "disputes", "-f", "csv"),
    ("snapshot",),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_date_gives_what_was_printed_then(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    run("add", folder / "army.txt")
    moment = json.loads(run("snapshot", "-f", "json").stdout)["at"]
    then = run(*words).stdout
    run("add", folder / "ttp.txt")
    assert run(*words, "--as-of", moment).stdout == then
    if words[0] not in ("agreements", "statistics"):
        assert run(*words).stdout != then


def test_a_search_finds_what_it_found_then(run: Run, folder: Path) -> None:
    """In an order that may be another: words weigh what they do now."""
    run("add", folder / "army.txt")
    moment = json.loads(run("snapshot", "-f", "json").stdout)["at"]
    then = run("search", "ambush").stdout
    run("add", folder / "ttp.txt")
    again = run("search", "ambush", "--as-of", moment).stdout
    assert sorted(again.splitlines()) == sorted(then.splitlines())
    assert len(run("search", "ambush").stdout) > len(then)


def test_dates_that_cannot_be_asked_for(run: Run, between: str) -> None:
    assert "nothing from before" in run("claims", "--as-of", "1999", code=2).stderr
    assert "still to come" in run("claims", "--as-of", "2999", code=2).stderr
    assert "is no date" in run("claims", "--as-of", "then", code=2).stderr
    year = between[:4]
    assert f"{year} is not over" in run("claims", "--as-of", year).stderr


def test_files_have_no_past(run: Run, folder: Path, between: str) -> None:
    assert (
        "leave one" in run("claims", folder / "army.txt", "--as-of", between, code=2).stderr.lower()
    )


def test_diff_in_sentences(run: Run, between: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = run("diff", between).stdout
    assert "1 report and 1 incident (1 changed)." in out
    assert "new: ttp.txt, 3 claims" in out
    assert "CHANGED  Ambush, Kurram, Khyber Pakhtunkhwa (PK), 2025-10-08" in out
    assert "status: single source → disputed" in out
    assert "security forces killed, high: 11 → 22 (ttp.txt)" in out
    assert "responsible: none → Tehrik-i-Taliban Pakistan" in out
    assert "3 claims came" in out
    assert "through the new report ttp.txt" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "nothing changed" in run("diff", between, between).stdout


def test_diff_for_programs(run: Run, between: str) -> None:
    whole = json.loads(run("diff", between, "-f", "json").stdout)
    assert whole["since"] == between
    (incident,) = whole["incidents"]
    status = {"field": "status", "before": "single_source", "after": "disputed", "claims": []}
    assert status in incident["fields"]
    (cause,) = incident["causes"]
    assert (cause["kind"], cause["subject"]) == ("report", whole["reports"][0]["report"])
    lines = [json.loads(line) for line in run("diff", between, "-f", "jsonl").stdout.splitlines()]
    assert [line["about"] for line in lines] == ["report", "incident"]


def test_diff_of_one_incident_and_by_filters(run: Run, between: str) -> None:
    assert "i-000000000001" in run("diff", between, "--incident", "i-000000").stdout
    assert "nothing changed" in run("diff", between, "--place", "Quetta").stdout
    assert "still to come" in run("diff", "2999", code=2).stderr
    assert "comes after" in run("diff", between[:4], between, code=2).stderr
    run("diff", between, "--incident", "i-999999", code=1)


def test_a_citation_is_verified(run: Run, between: str) -> None:
    cited = run("snapshot", "--as-of", between).stdout.strip()
    assert re.fullmatch(
        rf"Contested record contested, as of {between}, 1 report, 2 claims, 1 incident, "
        r"sha256:[0-9a-f]{64}",
        cited,
    )
    assert "The same" in run("snapshot", "--verify", cited).stderr
    digest = cited.rpartition(":")[2]
    assert "The same" in run("snapshot", "--verify", digest, "--as-of", between).stderr
    wrong = run("snapshot", "--verify", digest, code=1)
    assert "Not the same" in wrong.stderr
    assert "No moment was given" in wrong.stderr
    assert "Cited were" not in wrong.stderr
    assert "64 hexadecimal" in run("snapshot", "--verify", "x", code=2).stderr


def test_what_is_gone_is_still_shown_as_it_was(
    run: Run, between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contested.pipeline.gathering.incidents", lambda *_, **__: [])
    run("gather")
    assert "no longer derived" in run("show", "i-000000000001", code=1).stderr
    assert "Ambush" in run("show", "i-000000000001", "--as-of", between).stdout


def test_a_citation_that_fails_says_what_differs(run: Run, between: str) -> None:
    now, then = run("snapshot").stdout, json.loads(run("snapshot", "-f", "json").stdout)
    moment = re.search(r"as of (\S+?),", now)
    assert moment is not None
    said = run("snapshot", "--verify", now.replace(moment[1], between), code=1).stderr
    assert "Cited were 2 reports; the record then had 1." in said
    assert "Cited were 5 claims; the record then had 2." in said
    assert run("snapshot", "--verify", json.dumps(then)).stderr.startswith("The same")
    other = then | {"at": between}
    said = run("snapshot", "--verify", json.dumps(other), code=1).stderr
    assert "Of its parts the versions differ (cited 2, here 1)." in said
    assert "Of its parts the claims differ (cited 5, here 2)." in said
    assert "The decisions are the same (0)." in said
    changed = json.dumps({"sha256": "0" * 64, "parts": {"claims": {"n": 1}}})
    assert "something else" in run("snapshot", "--verify", changed, code=2).stderr
    assert "something else" in run("snapshot", "--verify", "{", code=2).stderr
