"""Worked examples of the documentation give what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contested.cli import app

DOCS = Path(__file__).resolve().parents[1] / "docs"
OWN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+Z)?|sha256:[0-9a-f]{64}")
"""What is another one each time: moments of the record, and the hash that they enter into."""
IDS = re.compile(r"\b[cri]-[0-9a-f]{12}\b")


def steps(page: str) -> Iterator[tuple[list[str], str]]:
    """Each command of a page's example, with what it prints there."""
    text = (DOCS / page).read_text("utf-8").partition("## An example\n")[2].partition("\n## ")[0]
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for command in re.split(r"^\$ contested ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = command.partition("\n")
            yield shlex.split(line), shown


def plain(text: str) -> list[str]:
    return IDS.sub("…", OWN.sub("…", text)).split()


def test_the_history_is_as_the_page_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resources.as_file(resources.files("contested") / "data" / "sample") as sample:
        for name in ("manifest.csv", *(path.name for path in sample.glob("peshawar-mosque-*"))):
            shutil.copy(sample / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for variable in ("CONTESTED_RECORD", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    mine: dict[str, str] = {}
    compared = 0
    for words, shown in steps("history.md"):
        given = [OWN.sub(lambda found: mine.get(found[0], found[0]), word) for word in words]
        result = CliRunner().invoke(app, given, prog_name="contested")
        assert result.exit_code == 0, result.output
        if shown:
            assert plain(result.output) == plain(shown), words
            mine.update(zip(OWN.findall(shown), OWN.findall(result.output), strict=True))
            compared += 1
    assert compared == 5
