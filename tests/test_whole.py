"""The whole way, with the real stages: reports to claims to incidents and out again."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from contested import Query, Record, Settings, to_plain
from contested.model import from_plain, incident_from_plain
from contested.pipeline import Extracted, extract

SAMPLE = Path(str(resources.files("contested") / "data" / "sample"))
CHOSEN = (
    "orakzai-ispr-statement.md",
    "orakzai-wire.md",
    "orakzai-ttp-claim.md",
    "peshawar-mosque-first.md",
    "peshawar-mosque-copy.md",
    "picss-october-2025.md",
    "opinion-what-if.md",
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name in CHOSEN:
        shutil.copy(SAMPLE / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def record(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    made = Record.open(tmp_path_factory.mktemp("record") / "whole.sqlite")
    summary = made.add([reports])
    assert summary.ok
    assert summary.reports == {"new": len(CHOSEN)}
    return made


def test_every_claim_has_its_passage(record: Record) -> None:
    texts = {stored.report.id: stored.report.text for stored in record.reports()}
    claims = list(record.claims())
    assert {claim.kind for claim in claims} >= {"event", "casualties", "statistic"}
    for claim in claims:
        assert texts[claim.report][claim.start : claim.end] == claim.quote
        assert claim.name in CHOSEN


def test_references_lead_to_claims_of_the_same_report(record: Record) -> None:
    claims = list(record.claims())
    events = {(claim.report, claim.id) for claim in claims if claim.kind == "event"}
    for claim in claims:
        if claim.event_ref is not None:
            assert (claim.report, claim.event_ref) in events


def test_plain_data_comes_back_the_same(record: Record) -> None:
    for claim in record.claims():
        assert from_plain(to_plain(claim)) == claim
    for incident in record.incidents():
        assert incident_from_plain(to_plain(incident)) == incident


def test_incidents_name_claims_and_reports_that_are_there(record: Record) -> None:
    claims = {claim.id for claim in record.claims()}
    ids = {stored.report.id for stored in record.reports()}
    incidents = record.incidents()
    assert incidents
    for incident in incidents:
        assert set(incident.claims) <= claims
        assert set(incident.reports) <= ids
        for toll in incident.casualties:
            assert toll.rule == "lowest_credible"
            for figure in toll.according_to:
                assert set(figure.claims) <= set(incident.claims)


def test_adding_and_gathering_again_changes_nothing(record: Record, reports: Path) -> None:
    before = [to_plain(incident) for incident in record.incidents()]
    summary = record.add([reports])
    assert summary.reports == {"same": len(CHOSEN)}
    assert [to_plain(incident) for incident in record.incidents()] == before


def test_two_processes_find_what_one_finds(reports: Path) -> None:
    def claims(jobs: int) -> list[dict[str, object]]:
        found = extract([reports], Settings(jobs=jobs))
        return [
            to_plain(claim)
            for outcome in found
            if isinstance(outcome, Extracted)
            for claim in outcome.claims
        ]

    alone = claims(1)
    assert alone == claims(2)
    assert alone


def test_filters_meet_real_claims(record: Record) -> None:
    pakistani = list(record.claims(Query(actors=("pakistan",))))
    assert pakistani
    assert len(pakistani) < len(list(record.claims()))
    assert all(i.type for i in record.incidents(Query(type="attack", since="2022")))
