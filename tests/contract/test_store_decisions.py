"""What every store of the record does with decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contested.errors import NotFound, Overtaken
from contested.model import CasualtiesClaim, Claim, Decision, Subject
from contested.model.decision import anchor, made
from contested.record import Store

from .samples import MONDAY, TUESDAY, claims_of, draft, put

WEDNESDAY = TUESDAY + dt.timedelta(days=1)


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    with Store.open(place) as opened:
        put(opened, at=MONDAY)
        yield opened


def figure(store: Store) -> Claim:
    return next(claim for claim in store.claims() if isinstance(claim, CasualtiesClaim))


def on(claim: Claim, act: Any = "correct", at: dt.datetime = TUESDAY, **values: Any) -> Decision:
    given: dict[str, Any] = {
        "subjects": (Subject(id=claim.id, anchors=(anchor(claim),)),),
        "field": "victims",
        "value": "civilians",
        "coded": "civilians",
        "before": "security_forces",
    }
    if act != "correct":
        given = {"subjects": given["subjects"]}
    stamp = at.isoformat(timespec="microseconds")
    return made(at=stamp, author="Ada", reason="why", act=act, **(given | values))


def undo(of: Decision, at: dt.datetime = WEDNESDAY) -> Decision:
    stamp = at.isoformat(timespec="microseconds")
    return made(at=stamp, author="Bo", reason="no", act="undo", undoes=of.id)


def test_decisions_come_back_whole_and_in_order(store: Store) -> None:
    first = on(figure(store))
    second = undo(first)
    store.decide(first)
    store.decide(second)
    assert store.decisions() == [first, second]
    assert store.decisions(as_of=MONDAY) == []
    assert store.decisions(as_of=TUESDAY) == [first]
    assert [e.what for e in store.log(4)] == ["decision", "revised", "decision", "revised"]


def test_a_correction_is_a_run_of_its_own_and_loses_nothing(store: Store) -> None:
    before = figure(store)
    decision = on(before)
    store.decide(decision)
    now = figure(store)
    assert (now.id, now.victims, now.decisions) == (before.id, "civilians", (decision.id,))  # type: ignore[union-attr]
    assert store.counts().extractions == 2
    assert [c for c in store.claims(as_of=MONDAY) if c.id == before.id] == [before]
    assert before in store.machine_claims([before.report])[before.report]
    store.decide(undo(decision))
    assert figure(store) == before
    assert store.counts().extractions == 3
    assert [c for c in store.claims(as_of=TUESDAY) if c.id == before.id] == [now]
    assert store.check() == []


def test_wrong_claims_are_not_current_and_are_kept(store: Store) -> None:
    claim = figure(store)
    store.decide(on(claim, "wrong"))
    assert claim.id not in {each.id for each in store.claims()}
    assert store.claim(claim.id) == claim
    assert not any(hit.id == claim.id for hit in store.search("soldiers", kinds=("claim",)))


def test_a_machines_later_run_comes_with_the_decisions_applied(store: Store) -> None:
    claim = figure(store)
    store.decide(on(claim))
    report, data = draft()
    found = store.add(report, data, claims_of(report), method="m2", at=WEDNESDAY)
    assert found.status == "re_extracted"
    assert figure(store).victims == "civilians"  # type: ignore[union-attr]
    assert store.report(claim.report).method == "m2"
    assert store.has(report.sha256, "m2")
    assert store.add(report, data, claims_of(report), method="m2", at=WEDNESDAY).status == "same"


def test_whoever_has_not_seen_all_is_told_and_stores_nothing(store: Store) -> None:
    claim = figure(store)
    store.decide(on(claim, "confirm"), 0)
    counts = store.counts()
    with pytest.raises(Overtaken, match="1 other decisions were made meanwhile"):
        store.decide(on(claim, "wrong"), 0)
    assert len(store.decisions()) == 1
    assert store.counts() == counts
    store.decide(on(claim, "wrong"), 1)


def test_a_report_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        store.machine_claims(["r-000000000000"])
