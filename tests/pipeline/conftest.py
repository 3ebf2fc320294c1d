"""A small record on which people decide: reports of a line each, read by simple rules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest

from contested import Record, Settings
from contested.model import ActorRef, Claim, Count, Report, Speaker, Where, make
from contested.model.edtf import when
from contested.pipeline.stages import Stages

KURRAM = Where("Kurram", "Kurram", "Khyber Pakhtunkhwa", "PK", 33.75, 70.2, 45.0)
QUETTA = Where("Quetta", "Quetta", "Balochistan", "PK", 30.18, 67.0, 15.0)
PLACES = {"Kurram": KURRAM, "Quetta": QUETTA}
_LINE = re.compile(
    r"On (?P<day>\S+) in (?P<place>\w+), says (?P<who>\w+), (?P<low>\d+) (?P<of>\w+) were killed\."
)
LINES = {
    "army.txt": "On 2025-10-08 in Kurram, says ISPR, 11 soldiers were killed.",
    "group.txt": "On 2025-10-08 in Kurram, says TTP, 22 soldiers were killed.",
    "later.txt": "On 2025-10-20 in Kurram, says Dawn, 3 civilians were killed.",
    "south.txt": "On 2025-10-08 in Quetta, says Dawn, 5 soldiers were killed.",
    "south-b.txt": "On 2025-10-08 in Quetta, says BLA, 9 soldiers were killed.",
}


@dataclass
class LineReading:
    claims: list[Claim]
    notes: list[str] = field(default_factory=list)


class LineReader:
    """Reads the sentences of `LINES`. `method` tells its versions apart.

    From version 2 on it hears the victims' side too, so that every figure has another id.
    """

    method = "lines-1"
    confidence = 0.9
    days: ClassVar[dict[str, str]] = {}
    """Other days on which a version puts what a report tells of."""

    def extract(self, report: Report) -> LineReading:
        return LineReading(
            [c for found in _LINE.finditer(report.text) for c in self._of(report, found)]
        )

    def _of(self, report: Report, found: re.Match[str]) -> Iterator[Claim]:
        passage = report.passage(found.start(), found.end())
        told: dict[str, Any] = {
            "where": PLACES[found["place"]],
            "when": when(self.days.get(report.name, found["day"])),
            "speakers": (Speaker(found["who"], None, "party"),),
            "method": self.method,
            "confidence": self.confidence,
        }
        side = None if self.method == "lines-1" else "pakistan-military"
        targets = () if self.method == "lines-1" else (ActorRef(side, found["of"]),)
        event = make("event", passage, type="ambush", targets=targets, **told)
        low = int(found["low"])
        yield event
        yield make(
            "casualties",
            passage,
            effect="killed",
            count=Count(low, low, "exactly", found["low"]),
            victims="civilians" if found["of"] == "civilians" else "security_forces",
            side=side,
            event_ref=event.id,
            **told,
        )


@pytest.fixture
def line_reader(monkeypatch: pytest.MonkeyPatch) -> LineReader:
    """The reader of every record of this test."""
    reader = LineReader()
    monkeypatch.setattr(Stages, "extractor", reader)
    return reader


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The folder of reports."""
    folder = tmp_path / "lines"
    folder.mkdir()
    for name, text in LINES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def judged_path(line_reader: LineReader, lines: Path, tmp_path: Path) -> Path:
    """A filled record: Kurram on the 8th (two voices), Kurram on the 20th, Quetta (two)."""
    assert line_reader.method == "lines-1"
    path = tmp_path / "judged.sqlite"
    with Record.open(path) as record:
        record.add([lines])
    return path


@pytest.fixture
def judged(line_reader: LineReader, lines: Path, place: str | Path) -> Iterator[Record]:
    """The filled record in every kind of database, open, decided on by Ada."""
    assert line_reader.method == "lines-1"
    with Record.open(place, settings=Settings(author="Ada")) as record:
        record.add([lines])
        yield record


@pytest.fixture
def another(judged_path: Path) -> Callable[[], Path]:
    """Makes another copy of the filled record."""
    numbers = iter(range(10_000))

    def copy() -> Path:
        return Path(shutil.copy(judged_path, judged_path.with_name(f"copy{next(numbers)}.sqlite")))

    return copy
