"""What every exporter must do, whoever wrote it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from contested.errors import UsageError
from contested.model import Claim, Incident, Report
from contested.publish import EXPORTERS, Exporter, What, exporter
from contested.publish.exporter import WHATS, Thing

CASES = [(one, what) for one in EXPORTERS.values() for what in one.writes]
every = pytest.mark.parametrize(
    ("one", "what"), CASES, ids=[f"{one.name}-{what}" for one, what in CASES]
)


@pytest.fixture
def things(
    some_claims: list[Claim], some_incidents: list[Incident], army_report: Report
) -> dict[What, list[Thing]]:
    return {
        "claims": list(some_claims),
        "incidents": list(some_incidents),
        "figures": list(some_incidents),
        "grades": list(some_incidents),
        "reports": [army_report],
    }


def written(one: Exporter, what: What, things: list[Thing]) -> tuple[str, int]:
    out = io.StringIO()
    rows = one.write(what, iter(things), out)
    return out.getvalue(), rows


def rows_of(one: Exporter, text: str) -> list[Any]:
    """The rows of a document, by format; a new format adds its reader here."""
    if one.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(text)))
    if one.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    document = json.loads(text)
    assert document["type"] == "FeatureCollection"
    return [feature["properties"] for feature in document["features"]]


@every
def test_nothing_gives_a_valid_document(one: Exporter, what: What) -> None:
    text, rows = written(one, what, [])
    assert rows == 0
    assert rows_of(one, text) == []


@every
def test_every_thing_is_there_once(
    one: Exporter, what: What, things: dict[What, list[Thing]]
) -> None:
    text, rows = written(one, what, things[what])
    found = rows_of(one, text)
    assert len(found) == rows
    assert text.endswith("\n")
    key = "incident" if what in ("figures", "grades") else "id"
    assert {row[key] for row in found} == {thing.id for thing in things[what]}


@every
def test_the_same_things_give_the_same_bytes(
    one: Exporter, what: What, things: dict[What, list[Thing]]
) -> None:
    assert written(one, what, things[what]) == written(one, what, things[what])


@every
def test_writing_streams(one: Exporter, what: What, things: dict[What, list[Thing]]) -> None:
    class Watched(io.StringIO):
        total = 0

        def write(self, text: str) -> int:
            self.total += len(text)
            return len(text)

    out, seen = Watched(), []

    def source() -> Iterator[Thing]:
        for _ in range(50):
            seen.append(out.total)
            yield from things[what]

    one.write(what, source(), out)
    assert seen[40] > seen[10], "nothing was written before the last thing was read"


@every
def test_hostile_text_survives(one: Exporter, what: What, army_report: Report) -> None:
    nasty = '=HYPERLINK("http://x","y"), "quoted"\nnew line, ünï \u2028 \\ \''
    if what != "reports":
        pytest.skip("the text of the other kinds is tested through reports")
    text, _ = written(one, what, [replace(army_report, name=nasty)])
    (row,) = rows_of(one, text)
    assert nasty in row["name"]


@pytest.mark.parametrize("one", EXPORTERS.values(), ids=list(EXPORTERS))
def test_what_cannot_be_written_is_told(one: Exporter) -> None:
    assert one is exporter(one.name)
    assert one.suffix.startswith(".")
    assert set(one.writes) <= set(WHATS)
    for what in set(WHATS) - set(one.writes):
        with pytest.raises(UsageError, match="Choose"):
            one.write(what, [], io.StringIO())


def test_an_unknown_format_is_told() -> None:
    with pytest.raises(UsageError, match="csv"):
        exporter("xml")
