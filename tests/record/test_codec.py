from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings

from contested.errors import RecordDamaged, UsageError
from contested.model import Claim, Report, report_id
from contested.model.query import Query
from contested.record import SqlStore
from contested.record.codec import claim_body, read_claim, read_incident, read_report, stamp

from .samples import event, report, stored

RELAXED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@RELAXED
@given(stored())
def test_claims_of_all_kinds_come_back_as_they_were(drawn: tuple[Report, list[Claim]]) -> None:
    for claim in drawn[1]:
        back = read_claim(claim_body(claim), claim.quote)
        assert back == claim
        assert repr(back) == repr(claim)


@settings(RELAXED, max_examples=25)
@given(drawn=stored())
def test_the_record_gives_back_what_was_put_in(
    place: str | Path, drawn: tuple[Report, list[Claim]]
) -> None:
    source, claims = drawn
    source = replace(source, name=f"{uuid4()}.txt", id=report_id(f"https://{uuid4()}/", ""))
    claims = [replace(claim, report=source.id, name=source.name) for claim in claims]
    with SqlStore.open(place) as store:
        added = store.add(source, source.text.encode(), claims, method="m")
        if added.report != source.id:  # the text of an earlier example
            return
        assert added.refused == ()
        assert store.report(source.id).report == source
        found = {claim.id: claim for claim in store.claims(Query(report=source.id))}
        assert list(found) == [
            claim.id for claim in sorted({claim.id: claim for claim in claims}.values(), key=_start)
        ]
        first = {claim.id: claim for claim in reversed(claims)}
        assert found == first
        assert store.check() == []


def _start(claim: Claim) -> int:
    return claim.start


def test_what_is_no_claim_is_a_damaged_record() -> None:
    source, _ = report()
    body = claim_body(event(source))
    for broken in ("", "[]", "{}", body.replace('"event"', '"rumour"'), body[:-4]):
        with pytest.raises(RecordDamaged, match="cannot be read"):
            read_claim(broken, "the convoy")
    with pytest.raises(RecordDamaged):
        read_claim(body, "shorter")
    with pytest.raises(RecordDamaged):
        read_incident("{}")
    with pytest.raises(RecordDamaged):
        read_report("{}", "text", "")


def test_times_sort_as_text_and_need_a_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=5))
    early, late = dt.datetime(2026, 1, 1, 4, tzinfo=zone), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert stamp(early) < stamp(late) == "2026-01-01T00:00:00.000000+00:00"
    with pytest.raises(UsageError, match="time zone"):
        stamp(dt.datetime(2026, 1, 1))
