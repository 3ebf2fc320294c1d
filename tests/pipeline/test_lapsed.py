"""What became of claims that are no longer current."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from contested import Record
from contested.cli import app
from contested.model import CasualtiesClaim, Claim
from contested.pipeline.lapsed import lapsed
from tests.pipeline.conftest import LineReader

TEXT = "On 2025-10-08 in Kurram, says AFP, {} soldiers were killed."


def save(lines: Path, number: int) -> Path:
    file = lines / "near.txt"
    text = f"---\nurl: https://example.org/near\n---\n{TEXT.format(number)}\n"
    file.write_text(text, "utf-8")
    return file


def toll(record: Record, name: str = "near.txt") -> Claim:
    found = (c for c in record.claims() if c.name == name and isinstance(c, CasualtiesClaim))
    return next(found)


def test_a_current_claim_has_not_lapsed(judged: Record) -> None:
    assert all(lapsed(judged.store, claim) is None for claim in judged.claims())


def test_an_edited_report(judged: Record, lines: Path) -> None:
    judged.add([save(lines, 30)])
    old, then = toll(judged), judged.snapshot().at
    judged.add([save(lines, 40)])
    found = lapsed(judged.store, old)
    assert found is not None
    assert (found.why, found.version) == ("edited", 1)
    assert found.since <= then < found.until
    assert judged.claim(old.id).quote == old.quote
    assert lapsed(judged.as_of(then).store, old) is None
    judged.add([save(lines, 30)])
    assert lapsed(judged.store, old) is None


def test_another_method_and_what_stands_for_it(judged: Record, lines: Path) -> None:
    reader = judged.stages.extractor
    assert isinstance(reader, LineReader)
    old = toll(judged, "later.txt")
    reader.method = "lines-2"
    judged.add([lines / "later.txt"])
    found = lapsed(judged.store, old)
    assert found is not None
    assert (found.why, found.instead) == ("re-read", toll(judged, "later.txt").id)
    assert found.instead != old.id


def test_a_claim_that_is_wrong(judged: Record) -> None:
    old = toll(judged, "later.txt")
    taken = judged.decide.wrong(old.id, reason="misread")
    found = lapsed(judged.store, old)
    assert found is not None
    assert (found.why, found.instead) == ("decided", None)
    judged.decide.undo(taken.decision.id, reason="it was right")
    assert lapsed(judged.store, old) is None


@pytest.mark.usefixtures("line_reader")
def test_show_says_it(judged_path: Path, lines: Path) -> None:
    with Record.open(judged_path) as record:
        record.add([save(lines, 30)])
        old = toll(record)
        record.add([save(lines, 40)])
    result = CliRunner().invoke(app, ["show", old.id, "--record", str(judged_path)])
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "No longer current since 20" in said
    assert "its report got another text." in said
    assert "in version 1; see --as-of" in said
