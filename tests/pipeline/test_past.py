"""A record as of a date: what dates mean, and that the past cannot be written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from contested import Record
from contested.errors import RecordError, UsageError
from contested.pipeline.moments import Asked, written
from contested.record import Span

pytestmark = pytest.mark.usefixtures("quick_stages")

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
SPAN = Span(NOON, NOON + dt.timedelta(days=40))
NOW = NOON + dt.timedelta(days=50)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "record.sqlite") as opened:
        yield opened


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2026-03-02", "2026-03-02T23:59:59.999999Z"),
        (dt.date(2026, 3, 2), "2026-03-02T23:59:59.999999Z"),
        ("2026-03", "2026-03-31T23:59:59.999999Z"),
        ("2026", "2026-04-21T12:00:00.000000Z"),
        ("2026-04-21", "2026-04-21T12:00:00.000000Z"),
        ("2026-03-05/2026-03-09", "2026-03-09T23:59:59.999999Z"),
        ("2026-03-03T09:30:00Z", "2026-03-03T09:30:00.000000Z"),
        ("2026-03-03T09:30:00+05:00", "2026-03-03T04:30:00.000000Z"),
        ("2026-03-03 09:30", "2026-03-03T09:30:00.000000Z"),
        (NOON, "2026-03-02T12:00:00.000000Z"),
    ],
)
def test_what_a_date_means(given: str, meant: str) -> None:
    assert written(Asked.of(given).within(SPAN, NOW)) == meant


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2026-03-01", "nothing from before 2026-03-02T12:00"),
        ("2026-03-02T11:59:59Z", "nothing from before"),
        ("2026-04-22", "still to come"),
        ("2027", "still to come"),
        ("2026-03-05/..", "no end"),
        ("yesterday", "no date"),
        ("2026-02-30", "no date"),
        ("9999-12-31T23:59:59-10:00", "no date"),
        ("", "no date"),
    ],
)
def test_what_no_date_can_mean(given: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Asked.of(given).within(SPAN, NOW)


def test_a_record_whose_clock_was_ahead_can_be_asked_up_to_its_last_entry() -> None:
    early = NOON + dt.timedelta(days=1)
    assert Asked.of(SPAN.last).within(SPAN, early) == SPAN.last


def test_an_empty_record_has_no_past(record: Record) -> None:
    with pytest.raises(UsageError, match="record is empty"):
        record.as_of("2026")
    with pytest.raises(UsageError, match="record is empty"):
        record.diff("2020")


def found(record: Record) -> set[tuple[str, str]]:
    """What words find; how much each find weighs may change with what is added."""
    return {(hit.id, hit.snippet) for hit in record.search("ambush")}


def test_the_past_reads_as_it_did_and_stays(record: Record, folder: Path) -> None:
    record.add([folder / "army.txt"])
    before = record.snapshot()
    then = [list(record.claims()), record.incidents(), record.counts(), found(record)]
    record.add([folder / "ttp.txt"])
    past = record.as_of(before.at)
    assert [list(past.claims()), past.incidents(), past.counts(), found(past)] == then
    assert past.is_gathered()
    assert len(record.reports()) == 2
    assert record.snapshot(before.at) == before
    assert past.snapshot().sha256 == before.sha256
    assert not past.running
    assert record.as_of(dt.datetime.now(dt.UTC).date()).running
    past.close()
    assert record.reports()


def test_the_past_refuses_before_it_works(record: Record, folder: Path) -> None:
    record.add([folder / "army.txt"])
    past = record.as_of("2100" if record.snapshot().at.year >= 2100 else record.snapshot().at)
    (folder / "bug.txt").write_text("BUG " * 50, "utf-8")
    with pytest.raises(RecordError, match="cannot change"):
        past.add([folder / "bug.txt"])
    with pytest.raises(RecordError, match="cannot change"):
        past.gather()


def test_a_citation_is_found_again(record: Record, folder: Path) -> None:
    record.add([folder / "army.txt"])
    before = record.snapshot()
    record.add([folder / "ttp.txt"])
    assert record.snapshot(verify=before.citation).same
    assert record.snapshot(before.at, f"sha256:{before.sha256}").same
    other = record.snapshot(verify=before.sha256)
    assert not other.same
    assert any("No moment was given" in why for why in other.why_not)
    with pytest.raises(UsageError, match="64 hexadecimal"):
        record.snapshot(verify="abc")


def test_a_snapshot_says_that_the_record_was_tampered_with(record: Record, folder: Path) -> None:
    record.add([folder / "army.txt"])
    before = record.snapshot()
    with record.store._database.writing() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE report_version SET text = replace(text, '11', '10')")
    found = record.snapshot(verify=before.citation)
    assert not found.same
    assert any("changed from outside" in why for why in found.why_not)


def test_filters_keep_what_fits_on_either_date(record: Record, folder: Path) -> None:
    from contested.model.query import Query

    record.add([folder / "army.txt"])
    at = record.snapshot().at
    record.add([folder / "ttp.txt"])
    assert len(record.diff(at, query=Query(place="Kurram")).incidents) == 1
    assert not record.diff(at, query=Query(place="Quetta")).incidents
    assert not record.diff(at, query=Query(place="Quetta")).reports
    (incident,) = record.incidents()
    (change,) = record.diff(at, incident=incident.id[:8]).incidents
    assert change.incident == incident.id
    assert len(record.diff("2020").reports) == 2
    with pytest.raises(UsageError, match="comes after"):
        record.diff(record.snapshot().at, at)
