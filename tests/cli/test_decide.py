"""Deciding and reviewing from the command line, with stand-ins for the slow stages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from contested import Record, serve
from contested.cli import app
from contested.cli.reviewing import KEYS
from contested.model import CasualtiesClaim

Run = Callable[..., Result]


@pytest.fixture
def run(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, quick_extractor: None
) -> Run:
    """Runs the program on a record of two reports that disagree."""
    assert quick_extractor is None
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONTESTED_RECORD", raising=False)
    monkeypatch.setenv("CONTESTED_AUTHOR", "Ada")

    def call(*words: str | Path, code: int = 0, typed: str | None = None) -> Result:
        result = CliRunner().invoke(
            app, [str(word) for word in words], prog_name="contested", input=typed
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    call("add", folder / "army.txt", folder / "ttp.txt")
    return call


def figure(name: str) -> CasualtiesClaim:
    with Record.open("contested.sqlite") as record:
        found = [c for c in record.claims() if c.name == name]
    return next(c for c in found if isinstance(c, CasualtiesClaim))


def incident_of(claim: str) -> str:
    with Record.open("contested.sqlite") as record:
        return next(one.id for one in record.incidents() if claim in one.claims)


def listed(run: Run, *options: str) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in run("decisions", "-f", "jsonl", *options).stdout.splitlines()
    ]


def test_a_correction_is_shown_with_what_the_machine_read(run: Run) -> None:
    claim = figure("ttp.txt")
    result = run("decide", "correct", claim.id, "count", "at least 20", "--reason", "second video")
    made = result.stdout.strip()
    assert "count = at least 20; decided by Ada: second video" in result.stderr
    shown = " ".join(run("show", claim.id).stdout.split())
    assert "count: was 22, is at least 20, says Ada" in shown
    assert made in shown
    assert made in run("show", incident_of(claim.id)).stdout
    again = run("decide", "undo", made, "--reason", "no", "--author", "Bo")
    assert made in again.stderr
    assert "undone by" in " ".join(run("show", claim.id).stdout.split())


def test_split_merge_and_the_list_of_decisions(run: Run) -> None:
    one, other = figure("army.txt"), figure("ttp.txt")
    home = incident_of(one.id)
    split = run("decide", "split", home, "--claims", f"{other.id}, ", "-m", "two convoys").stdout
    apart = incident_of(other.id)
    assert apart != incident_of(one.id) == home
    merged = run("decide", "merge", home, apart, "-m", "one convoy", "--author", "Bo")
    assert f"now in {home}" in merged.stderr
    assert "decided by Bo: one convoy" in " ".join(run("show", home).stdout.split())
    found = listed(run)
    assert [(d["act"], d["state"]) for d in found] == [("merge", "holds"), ("split", "overridden")]
    assert [d["act"] for d in listed(run, "--author", "ada")] == ["split"]
    assert [d["act"] for d in listed(run, "--act", "merge")] == ["merge"]
    assert [d["id"] for d in listed(run, "--state", "overridden")] == [split.strip()]
    assert len(listed(run, "--id", other.id)) == 2
    assert listed(run, "--limit", "0") == []
    assert json.loads(run("decisions", "-f", "json").stdout)[0]["author"] == "Bo"
    assert run("decisions", "-f", "csv").stdout.startswith("id,at,author,reason,act")
    table = run("decisions").stdout
    assert "holds" in table
    assert "overridden by" in table
    refused = run("decide", "merge", home, apart, "-m", "x", code=1)
    assert "one incident already" in refused.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("rule", "nicest"), 2, "There is no rule"),
        (("reliability", "ttp", "Z"), 2, "A, B, C"),
        (("reliability", "The Daily Nobody", "B"), 2, "is called"),
        (("credibility", "c-000000", "1"), 1, "no claim"),
        (("undo", "d-000000"), 1, "no decision"),
        (("wrong", "nothing.txt"), 1, "no claim or report"),
        (("merge", "i-000000", "i-000001"), 1, "no incident"),
        (("confirm", "i-000000"), 1, "Nothing in the record"),
        (("split", "i-000000", "--claims", "c-1"), 1, "no incident"),
    ],
)
def test_mistakes_are_told(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    assert told in run("decide", *words, "-m", "x", code=code).stderr
    assert listed(run) == []


def test_a_reason_is_asked_for(run: Run) -> None:
    assert "--reason" in run("decide", "rule", "latest", code=2).stderr
    assert "--reason" in run("decide", "rule", "latest", "-m", " ", code=1).stderr
    assert "choose merge" in run("decisions", "--act", "x", code=2).stderr


def test_rule_wrong_confirm_credibility_reliability(run: Run) -> None:
    claim = figure("army.txt")
    home = incident_of(claim.id)
    run("decide", "rule", "highest", "--incident", home, "-m", "x")
    assert "best 22 (highest)" in run("show", home).stdout
    run("decide", "credibility", claim.id, "2", "-m", "x")
    run("decide", "confirm", home, "-m", "x")
    run("decide", "reliability", "ttp", "e", "-m", "x")
    run("decide", "wrong", "ttp.txt", "-m", "staged")
    assert "marked as wrong, says Ada" in " ".join(run("show", "ttp.txt").stdout.split())
    assert {d["act"] for d in listed(run)} == {
        "rule", "credibility", "confirm", "reliability", "wrong",
    }  # fmt: skip


def test_later_runs_keep_a_decided_rule(run: Run) -> None:
    run("decide", "rule", "highest", "-m", "caution")
    told = run("gather").stderr
    assert "highest, decided by Ada: caution" in told
    assert "disputed (highest)" in told
    assert "best 22 (highest)" in run("show", incident_of(figure("army.txt").id)).stdout


def test_a_review_is_driven_by_lines(run: Run) -> None:
    queue = [json.loads(x) for x in run("review", "--list", "-f", "jsonl").stdout.splitlines()]
    useful = [item["usefulness"] for item in queue]
    assert useful == sorted(useful, reverse=True)
    assert {item["kind"] for item in queue} == {"claim"}
    assert all("disputed" in why for item in queue for why in item["why"])
    assert run("review", "--list", "--limit", "1").stdout.count("\n") <= 4
    typed = "?\ns\nn the second video\nc count 21\nl\na\nu\nq\n"
    result = run("review", "--kind", "claim", typed=typed)
    assert "Does the report say: “" in result.stdout
    shown, _, after = result.stdout.partition("usefulness")
    assert "usefulness" not in shown
    assert "uncertainty" in after
    assert "correct a field" in result.stdout
    found = listed(run)
    assert [d["act"] for d in reversed(found)][:2] == ["correct", "skip"]
    assert found[-1]["reason"] == "the second video"
    assert {d["reason"] for d in found[:-1]}.isdisjoint({"the second video"})
    assert (
        f"{len(found) - 2 * ('undo' in {d['act'] for d in found})} answers stored." in result.stderr
    )


def test_mistakes_in_a_review_ask_again(run: Run) -> None:
    typed = "c\ncount many\nc count\nz\nu\nr\n"
    result = run("review", "--kind", "claim", "--limit", "1", typed=typed)
    assert "is no number" in result.stderr
    assert result.stderr.count("'z' is no answer: one of a r c l m x n s u q ?") == 1
    assert "correct a field" not in result.stdout
    assert "Write the field and its value" in result.stderr
    assert "no answer to take back" in result.stderr
    assert [d["act"] for d in listed(run)] == ["wrong"]
    assert "choose pair or claim" in run("review", "--kind", "x", code=2).stderr
    assert "1 answer stored." in result.stderr


def test_a_review_ends_with_its_input_and_when_nothing_is_open(run: Run) -> None:
    assert "0 answers stored" in run("review", typed="").stderr
    done = run("review", typed="a\n" * 20)
    assert "Nothing more is open" in done.stderr
    assert "Nothing is open for review." in run("review", "--list").stderr


def test_the_queue_tells_in_words_what_it_asks_about(run: Run) -> None:
    told = run("review", "--list").stdout
    assert "killed" in told


def test_a_review_as_of_a_day_is_refused_with_what_to_do(run: Run) -> None:
    told = run("review", "--as-of", "2026-01-01", code=2).stderr
    assert "as it is now" in told
    assert "incidents --as-of" in told


def test_the_keys_of_the_review_are_those_of_the_browser() -> None:
    """Letter by letter: a hand that knows one knows the other."""
    page = Path(serve.__file__).parent / "web" / "src" / "review.ts"
    theirs = set(re.findall(r'onKey\("(\w)"', page.read_text("utf-8")))
    assert theirs == set(KEYS) - {"q", "?"}


def test_later_and_merge_by_keys(run: Run) -> None:
    told = run("review", "--kind", "claim", "--limit", "1", typed="k\nl\n")
    assert "Later is l" in told.stderr
    assert "skip stored" in told.stderr
    assert listed(run)[0]["reason"] == "no reason given"
