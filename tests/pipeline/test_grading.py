"""Who is a source of a record, and how much comes from each."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested import Record, Settings
from contested.model import Claim, Report, Sourced
from contested.pipeline.grading import sources
from contested.world import Ratings, World


def test_outlets_and_speakers_with_what_is_theirs(
    some_claims: list[Claim], army_report: Report, ttp_report: Report
) -> None:
    found = sources([army_report, ttp_report], some_claims, Ratings(World.load()))
    assert [one.kind for one in found] == sorted(one.kind for one in found)
    speakers = {one.subject: one for one in found if one.kind == "speaker"}
    outlets = [one for one in found if one.kind == "outlet"]
    assert sum(one.claims for one in found) == len(some_claims)
    assert sum(one.reports for one in outlets) == 2
    assert speakers["ttp"].reports == 1
    assert all(one.reason and one.set_by for one in found)


def test_two_reports_of_one_outlet_are_one_row() -> None:
    reports = [
        Report(id=f"r-{n}", name="a", text="x", sha256="0", outlet=Sourced(name, "text"))
        for n, name in enumerate(("Dawn", "dawn.com"))
    ]
    (dawn,) = sources(reports, [], Ratings(World.load()))
    assert (dawn.subject, dawn.reports, dawn.claims) == ("dawn", 2, 0)


@pytest.mark.usefixtures("quick_stages")
def test_a_record_tells_ratings_and_grades(tmp_path: Path, folder: Path) -> None:
    with Record.open(tmp_path / "my.sqlite", settings=Settings(author="A. B.")) as record:
        record.add([folder])
        claim = next(iter(record.claims()))
        grade = record.grade(claim)
        assert grade is not None
        assert grade.claim == claim.id
        assert record.rating(claim).letter == "F"
        for one in record.sources():
            if one.kind == "speaker":
                record.decide.reliability(one.subject, "C", reason="a test")
        assert {one.letter for one in record.sources() if one.kind == "speaker"} == {"C"}
        assert (record.rating(claim).set_by, record.rating(claim).reason) == ("A. B.", "a test")
