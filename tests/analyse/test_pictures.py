"""`contested analyse network` and `system` as people use them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from contested import Record
from contested.analyse.charts.network import MOST_DRAWN, drawn
from contested.cli import app
from contested.errors import TooFew, UsageError
from contested.model import Report
from tests.analyse.telling import VOICES, ref

TEXT = (
    "Officials say that Kabul shelters the TTP. The Taliban deny it. India backs the TTP. "
    "Al-Qaeda is its ally. The group warned the army. The group killed a soldier."
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from contested.model import make

    path = tmp_path_factory.mktemp("pictures") / "my.sqlite"
    report = Report(
        id="r-1", name="a.txt", text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest()
    )
    made = []
    rows = (
        ("relation", "pakistan", {"relation": "shelters", "subject": "afghan-taliban"}),
        ("relation", "afghan-taliban", {"relation": "shelters", "subject": "afghan-taliban"}),
        ("relation", "outlet", {"relation": "supports", "subject": "india"}),
        ("relation", "outlet", {"relation": "allied_with", "subject": "al-qaeda"}),
    )
    start = 0
    for n, (kind, voice, values) in enumerate(rows):
        end = TEXT.index(".", start) + 1
        made.append(
            make(
                kind,
                report.passage(start, end),
                method="test",
                confidence=0.9,
                speakers=VOICES[voice],
                stance="denies" if n == 1 else "asserts",
                subject=ref(values["subject"]),
                relation=values["relation"],
                object=ref("ttp"),
            )
        )
        start = end + 1
    with Record.open(path) as filled:
        filled.store.add(report, TEXT.encode(), made, method="test", notes=[])
    return path


def run(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["analyse", *map(str, words)], prog_name="contested")
    assert result.exit_code == code, result.output
    return result


PARTS = [("network", part) for part in ("ties", "brokers", "communities", "leaders", "identities")]
PARTS += [("system", part) for part in ("arrows", "loops", "turns", "changes")]


@pytest.mark.parametrize(("command", "part"), PARTS)
def test_every_part_prints(record: Path, command: str, part: str) -> None:
    told = run(command, "--record", record, "--part", part).stdout
    assert "Assumed:" in told
    assert "nan" not in told.lower().split()
    rows = list(csv.reader(io.StringIO(
        run(command, "--record", record, "--part", part, "-f", "csv").stdout)))  # fmt: skip
    assert all(len(row) == len(rows[0]) for row in rows)
    assert json.loads(run(command, "--record", record, "-f", "json").stdout)["answer"]


def test_words_and_who_denies(record: Path) -> None:
    told = run("system", "--record", record, "--words").stdout
    assert "Who shelters whom. Afghan Taliban shelters Tehrik-i-Taliban Pakistan" in told
    assert "denied by afghan-taliban, according to pakistan" in told
    table = run("network", "--record", record).stdout
    assert "afghan-taliban" in table


@pytest.mark.parametrize("command", ["network", "system"])
def test_charts(record: Path, command: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    run(command, "--record", record, "--chart", path)
    one = path.read_text("utf-8")
    made = json.loads(one)
    assert made["description"]
    assert "url" not in one.replace("$schema", "")
    run(command, "--record", record, "--chart", path)
    assert path.read_text("utf-8") == one


def test_the_chart_says_why_there_is_none() -> None:
    words = {"title": "a", "description": "b", "colours": "c"}
    with pytest.raises(TooFew):
        drawn([], {}, **words)
    many = [
        {"source": f"n{n}", "target": "hub", "kind": "a", "strength": 1, "dashed": False}
        | {"label": "", "told": ""}
        for n in range(MOST_DRAWN)
    ]
    with pytest.raises(UsageError, match="too many"):
        drawn(many, {}, **words)


@pytest.mark.parametrize(
    "words",
    [
        ("system", "--from", "2024"),
        ("system", "--from", "2024", "--to", "2023"),
        ("system", "--from", "soon", "--to", "2023"),
        ("system", "--from", "2022", "--to", "2023", "--was-as-of", "2024"),
        ("system", "--shuffles", "2"),
        ("system", "--chance-alleged", "7"),
        ("network", "--as-one", "ttp"),
        ("network", "--as-one", "ttp=nobody-at-all"),
        ("network", "--since", "not a day"),
        ("network", "--data", "x.csv"),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(record: Path, words: tuple[str, ...]) -> None:
    result = run(*words, "--record", record, code=2)
    assert "Traceback" not in result.output
    assert result.stderr.startswith("contested:")


@pytest.mark.parametrize("command", ["network", "system"])
def test_nothing_is_told_in_words(record: Path, command: str) -> None:
    result = run(command, "--record", record, "--actor", "albania", code=1)
    assert "widen the filters" in " ".join(result.stderr.split()).lower()
