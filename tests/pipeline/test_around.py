"""What lies around an incident, and what answers what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from contested import Record
from contested.model import EventClaim, Incident, Report, ResponseTo, Where, make
from contested.model.edtf import when
from contested.pipeline.around import linked, near
from tests.analyse.samples import incident

KURRAM = Where("Kurram", "Kurram", None, "PK", 33.82, 70.11, 40.0, 1)
ORAKZAI = Where("Orakzai", "Orakzai", None, "PK", 33.70, 70.95, 30.0, 2)
KARACHI = Where("Karachi", "Karachi", None, "PK", 24.86, 67.01, 30.0, 3)


def at(number: int, day: str | None, where: Where | None) -> Incident:
    one = incident(f"i-{number:012d}", "2025-10-08")
    return replace(one, when=when(day) if day else None, where=where)


@pytest.fixture
def record() -> Iterator[Record]:
    with Record.temporary() as found:
        found.store.put_incidents(
            [
                at(1, "2025-10-08", KURRAM),
                at(2, "2025-10-10", KURRAM),
                at(3, "2025-10-08", ORAKZAI),
                at(4, "2025-10-08", KARACHI),
                at(5, "2025-10-13", KURRAM),
                at(6, None, KURRAM),
                at(7, "2025-10-08", None),
                at(8, "2025", KURRAM),
                at(9, "2025-10-08", replace(KURRAM, lat=None, lon=None)),
            ]
        )
        yield found


def test_what_is_near_in_place_and_time(record: Record) -> None:
    found = near(record, record.incident("i-000000000001"))
    assert [(one.incident.id[-1], one.days, one.within) for one in found] == [
        ("2", 2, True),
        ("3", 0, False),
    ]
    assert found[0].km == 0
    assert 70 < found[1].km < 85
    assert near(record, record.incident("i-000000000001"), limit=1) == found[:1]


@pytest.mark.parametrize("id", ["6", "7", "8", "9"])
def test_nothing_is_near_what_has_no_day_or_no_point(record: Record, id: str) -> None:
    assert near(record, record.incident(f"i-00000000000{id}")) == []


def test_answers_are_those_of_the_reports(record: Record) -> None:
    text = "The raid answered the ambush."
    report = Report(id="r-1", name="a.txt", text=text, sha256="0" * 64)
    raid = make(
        "event", report.passage(0, 8), method="m", confidence=1.0, type="raid", where=KURRAM,
        in_response_to=ResponseTo("the ambush"),
    )  # fmt: skip
    one = replace(record.incident("i-000000000001"), claims=(raid.id,), reports=("r-1",))
    (found,) = linked(record, one, [raid])
    assert (found.direction, found.as_written, found.incident) == ("answers", "the ambush", None)
    assert isinstance(raid, EventClaim)
    aimed = replace(raid, in_response_to=ResponseTo("the ambush", "c-ambush"))
    other = replace(one, claims=("c-ambush",))
    (found,) = linked(record, other, [aimed])
    assert (found.direction, found.claim) == ("answered", raid.id)
    assert linked(record, replace(one, claims=("c-other",)), [raid]) == []
