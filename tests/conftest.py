"""What tests of several stages share: small claims and incidents, and stand-ins for slow stages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from contested.errors import InputError
from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Claim,
    Count,
    EventClaim,
    Figure,
    Grade,
    Incident,
    MatchReason,
    Origin,
    Report,
    Responsibility,
    ResponsibilityClaim,
    Speaker,
    Toll,
    Voice,
    Where,
    make,
)
from contested.model.edtf import when
from contested.spark import Cluster

from . import asking
from . import browser as browsers
from . import postgres as servers
from . import spark as engines
from .postgres import Server, base, server
from .postgres import schema as schema_of

# No test is timed: a busy machine is no fault of the program.
settings.register_profile(
    "untimed", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")

KURRAM = Where("Kurram", "Kurram district", "Khyber Pakhtunkhwa", "PK", 33.82, 70.11, 40.0, 1332792)
TTP = ActorRef("ttp", "Pakistani Taliban")
ARMY = ActorRef("pakistan-military", "soldiers")
_SAYS = re.compile(r"(?:The )?(\w+) said (\d+) (soldiers|civilians) were killed[^.]*\.")


@dataclass
class Extraction:
    """As the real one."""

    claims: list[Claim]
    notes: list[str] = field(default_factory=list)


class QuickExtractor:
    """Reads "The army said 11 soldiers were killed."; refuses a text that holds REFUSE."""

    method = "quick-1"

    def extract(self, report: Report) -> Extraction:
        if "REFUSE" in report.text:
            raise InputError(report.name, "was refused by the test.", "Take REFUSE out.")
        if "STOP" in report.text:
            raise KeyboardInterrupt
        if "BUG" in report.text:
            raise ZeroDivisionError("a bug")
        claims = [
            claim for found in _SAYS.finditer(report.text) for claim in _claims(report, found)
        ]
        return Extraction(claims, [] if claims else ["Nothing in it could be coded."])


def _claims(report: Report, found: re.Match[str]) -> Iterable[Claim]:
    passage = report.passage(found.start(), found.end())
    party = found[1] == "TTP"
    speaker = Speaker(found[1], "ttp" if party else "pakistan-military", "party")
    told: dict[str, Any] = {"where": KURRAM, "when": when("2025-10-08"), "speakers": (speaker,)}
    common: dict[str, Any] = {"method": "quick-1", "confidence": 0.9}
    event = make(
        "event", passage, type="ambush", initiators=(TTP,), targets=(ARMY,), **told, **common
    )
    yield event
    number = int(found[2])
    yield make(
        "casualties",
        passage,
        effect="killed",
        count=Count(number, number, "exactly", found[2]),
        victims="civilians" if found[3] == "civilians" else "security_forces",
        victims_as_written=found[3],
        event_ref=event.id,
        **told,
        **common,
    )
    if party:
        yield make(
            "responsibility",
            passage,
            act="claims",
            actor="ttp",
            actor_as_written="TTP",
            event_ref=event.id,
            **told,
            **common,
        )


def quick_reconcile(
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    _world: object = None,
    *,
    as_of: str = "2026-01-01",
    **_: object,
) -> list[Incident]:
    """One incident of all claims there are; disputed where two figures differ."""
    claims = list(claims)
    if not claims:
        return []
    tolls = [claim for claim in claims if isinstance(claim, CasualtiesClaim)]
    numbers = [claim.count.low for claim in tolls if claim.count.low is not None]
    disputed = len(set(numbers)) > 1
    blame = [claim for claim in claims if isinstance(claim, ResponsibilityClaim)]
    return [
        Incident(
            id="i-000000000001",
            type="ambush",
            where=KURRAM,
            when=when("2025-10-08"),
            initiators=(TTP,),
            targets=(ARMY,),
            status="disputed" if disputed else "single_source",
            casualties=(_toll(tolls, numbers, disputed),) if tolls else (),
            responsibility=Responsibility(
                state="claimed" if blame else "unknown",
                actors=("ttp",) if blame else (),
                according_to=tuple(
                    Voice(
                        act=c.act,
                        actor=c.actor,
                        speakers=c.speakers,
                        stance=c.stance,
                        claims=(c.id,),
                    )
                    for c in blame
                ),
            ),
            reports=tuple(reports),
            origins=tuple(
                Origin(
                    id=f"o-{n}", name=report.name, why="no copy of another", reports=(report.id,)
                )
                for n, report in enumerate(reports.values())
            ),
            claims=tuple(claim.id for claim in claims),
            why=_why([claim for claim in claims if isinstance(claim, EventClaim)]),
            as_of=as_of,
            accounts=("killed: 11 or 22",) if disputed else (),
            grades=tuple(
                Grade(
                    claim=claim.id,
                    subject="pakistan-ispr",
                    reliability="F",
                    reliability_by="the packaged table",
                    credibility=6,
                    credibility_because="no other origin speaks of it",
                    credibility_by="the rule",
                )
                for claim in claims
            ),
        )
    ]


def _toll(tolls: list[CasualtiesClaim], numbers: list[int], disputed: bool) -> Toll:
    return Toll(
        effect="killed",
        victims="security_forces",
        low=min(numbers),
        best=min(numbers),
        high=max(numbers),
        rule="lowest_credible",
        disputed=disputed,
        according_to=tuple(
            Figure(
                count=c.count,
                speakers=c.speakers,
                stance=c.stance,
                said=None,
                origin="o-0",
                claims=(c.id,),
                victims_as_written=c.victims_as_written,
            )
            for c in tolls
        ),
    )


def _why(events: list[EventClaim]) -> tuple[MatchReason, ...]:
    return tuple(
        MatchReason(claim=one.id, with_claim=two.id, evidence=(("same day", 6.1),), weight=6.1)
        for one, two in pairwise(events)
    )


@pytest.fixture(autouse=True)
def no_width_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No width from outside: runners of tests set one."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def quick_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for extraction."""
    from contested.pipeline.stages import Stages

    monkeypatch.setattr(Stages, "extractor", QuickExtractor())


@pytest.fixture
def quick_stages(quick_extractor: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for extraction and reconciling: exact, instant, and the same for ever."""
    from contested.pipeline import gathering
    from contested.pipeline.stages import Stages
    from contested.reconcile import Grouped, Sources
    from contested.reconcile.model import preset

    def reconcile(
        _: Stages,
        claims: Iterable[Claim],
        reports: Mapping[str, Report],
        __: object = None,
        **___: object,
    ) -> list[Incident]:
        return quick_reconcile(claims, reports)

    assert quick_extractor is None
    monkeypatch.setattr(Stages, "reconcile", reconcile)

    def group(units: list[Any], _: object, __: object, rows: list[Any], *___: object) -> Grouped:
        return Grouped(units, rows, [(units, [])], [0] * len(units), preset())

    def incidents(found: Grouped, sources: Sources, _: object) -> list[Incident]:
        claims = {c.id: c for unit in found.ordered for c in unit.claims}
        return quick_reconcile(claims.values(), sources.reports)

    run = gathering.Gathering.run
    monkeypatch.setattr("contested.pipeline.gathering.group", group)
    monkeypatch.setattr("contested.pipeline.gathering.incidents", incidents)
    monkeypatch.setattr(gathering.Gathering, "run", lambda self, **_: run(self, anew=True))


ARMY_TEXT = (
    "The army said 11 soldiers were killed in an ambush in Kurram district on Wednesday night. "
    "Funeral prayers were offered in Peshawar and the wounded were taken to a hospital there."
)
TTP_TEXT = (
    "A video of the group shows the vehicles that were taken. The TTP said 22 soldiers were "
    "killed in the ambush, twice what the government has told. The claim was not confirmed."
)


@pytest.fixture
def army_report() -> Report:
    return Report(id="r-1", name="army.txt", text=ARMY_TEXT, sha256="0" * 64)


@pytest.fixture
def ttp_report() -> Report:
    return Report(id="r-2", name="ttp.txt", text=TTP_TEXT, sha256="1" * 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports that disagree and one that cannot be read."""
    place = tmp_path / "reports"
    place.mkdir()
    (place / "army.txt").write_text(ARMY_TEXT, "utf-8")
    (place / "ttp.txt").write_text(TTP_TEXT, "utf-8")
    (place / "empty.txt").write_bytes(b"")
    return place


@pytest.fixture
def some_claims(army_report: Report, ttp_report: Report) -> list[Claim]:
    reader = QuickExtractor()
    return [*reader.extract(army_report).claims, *reader.extract(ttp_report).claims]


@pytest.fixture
def some_incidents(
    some_claims: list[Claim], army_report: Report, ttp_report: Report
) -> list[Incident]:
    return quick_reconcile(some_claims, {r.id: r for r in (army_report, ttp_report)})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, in plain words, what was left out for want of something to install."""
    skipped = terminalreporter.stats.get("skipped", [])
    for lacking in (servers.LACKING, engines.LACKING, browsers.LACKING, asking.LACKING):
        number = sum(lacking in str(one.longrepr) for one in skipped)
        if number:
            terminalreporter.write_line(f"{number} tests were {lacking}", yellow=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a database on a real PostgreSQL server."""
    with base() as url:
        yield url


@pytest.fixture(scope="session")
def spark() -> Iterator[Cluster]:
    """A real Spark on this machine."""
    with engines.cluster() as running:
        yield running


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that a test may stop, and on which it may make users and databases."""
    with server() as started:
        yield started


@pytest.fixture
def schema(postgres: str) -> Iterator[str]:
    """The address of a place on that server where no record is yet."""
    with schema_of(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """A place without a record, of every kind of database."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("schema"))
    return tmp_path / "record.db"
