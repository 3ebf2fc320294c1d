"""What changed in a record, and through what: each cause that there is, by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from contested.cli.change_words import cause_in_words
from contested.model import (
    CasualtiesClaim,
    Claim,
    Count,
    Figure,
    Incident,
    Report,
    Responsibility,
    Toll,
    make,
    report_id,
)
from contested.model.ids import digest
from contested.pipeline.changes import Changes, IncidentChange, changes
from contested.record import SqlStore, View
from contested.record.schema import log

START = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


class Told:
    """A record in which something happens every hour."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.now = START

    def later(self) -> dt.datetime:
        self.now += HOUR
        return self.now

    def add(self, name: str, number: int = 3, method: str = "m1", words: str = "") -> Claim:
        text = f"{name} says that {number} were killed at the post on the hill. {words}"
        source = Report(
            id=report_id(f"https://example.org/{name}", text),
            name=name,
            text=text,
            sha256=digest(text),
            url=f"https://example.org/{name}",
        )
        claim = make(
            "casualties",
            source.passage(0, text.index(".") + 1),
            method="rule",
            confidence=0.9,
            effect="killed",
            victims="civilians",
            count=Count(number, number, "exactly", str(number)),
        )
        self.store.add(source, text.encode(), [claim], method=method, at=self.later())
        return claim

    def gather(self, *groups: tuple[str, Sequence[Claim]], **values: Any) -> None:
        self.store.put_incidents(
            [incident(id, claims, **values) for id, claims in groups], self.later()
        )

    def since(self, moment: dt.datetime) -> Changes:
        return changes(View(self.store, moment), View(self.store, self.now), moment, self.now)


def incident(id: str, claims: Sequence[Claim], rule: str = "lowest", **values: Any) -> Incident:
    numbers = [c.count.low for c in claims if isinstance(c, CasualtiesClaim) and c.count.low]
    toll = Toll(
        effect="killed",
        victims="civilians",
        low=min(numbers),
        best=min(numbers) if rule == "lowest" else max(numbers),
        high=max(numbers),
        rule=rule,
        disputed=False,
        according_to=tuple(
            Figure(
                count=c.count, speakers=(), stance="asserts", said=None, origin="o", claims=(c.id,)
            )
            for c in claims
            if isinstance(c, CasualtiesClaim)
        ),
    )
    plain = Incident(
        id=id,
        type="attack",
        where=None,
        when=None,
        initiators=(),
        targets=(),
        status="single_source",
        casualties=(toll,),
        responsibility=Responsibility(state="unknown"),
        reports=tuple(dict.fromkeys(claim.report for claim in claims)),
        origins=(),
        claims=tuple(claim.id for claim in claims),
        why=(),
        as_of="2026-03-02",
    )
    return replace(plain, **values)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with SqlStore.open(tmp_path / "record.db") as store:
        yield Told(store)


def only(found: Changes) -> IncidentChange:
    (change,) = found.incidents
    return change


def causes(change: IncidentChange) -> list[tuple[str, str]]:
    return [(cause.kind, cause.subject) for cause in change.causes]


def fields(change: IncidentChange) -> dict[str, tuple[Any, Any]]:
    return {each.field: (each.before, each.after) for each in change.fields}


def test_nothing(told: Told) -> None:
    told.gather(("i-1", [told.add("a.txt")]))
    found = told.since(told.now)
    assert (found.reports, found.incidents) == ((), ())


def test_a_new_report_raises_the_toll(told: Told) -> None:
    a = told.add("a.txt")
    told.gather(("i-1", [a]))
    before = told.now
    b, other = told.add("b.txt", 5), told.add("other.txt")
    told.gather(("i-1", [a, b]), ("i-2", [other]))
    found = told.since(before)
    assert [(each.name, each.what, each.claims_new) for each in found.reports] == [
        ("b.txt", ("new",), 1),
        ("other.txt", ("new",), 1),
    ]
    first, second = found.incidents
    assert (first.what, first.claims_in, first.claims_out) == ("changed", (b.id,), ())
    assert fields(first) == {"killed.civilians.high": (3, 5)}
    assert causes(first) == [("report", b.report)]
    assert (second.what, causes(second)) == ("new", [("report", other.report)])


def test_a_new_version_of_a_report(told: Told) -> None:
    a, same = told.add("a.txt"), told.add("same.txt")
    told.gather(("i-1", [a]), ("i-2", [same]))
    before = told.now
    edited = told.add("a.txt", 7)
    told.gather(("i-1", [edited]), ("i-2", [same]))
    found = told.since(before)
    (report,) = found.reports
    assert (report.what, report.version) == (("new_version",), 2)
    assert (report.claims_new, report.claims_gone) == (1, 1)
    change = only(found)
    assert [(c.kind, c.what) for c in change.causes] == [("report", "new_version")]
    assert fields(change)["killed.civilians.best"] == (3, 7)


def test_reading_it_again(told: Told) -> None:
    a, b = told.add("a.txt"), told.add("b.txt")
    told.gather(("i-1", [a, b]))
    before = told.now
    told.add("b.txt", method="m2")
    told.gather(("i-1", [a]))
    assert causes(only(told.since(before))) == [("re-reading", b.report)]


def test_another_rule(told: Told) -> None:
    claims = [told.add("a.txt"), told.add("b.txt", 9)]
    told.gather(("i-1", claims))
    before = told.now
    told.gather(("i-1", claims), rule="highest")
    change = only(told.since(before))
    assert causes(change) == [("rule", "highest")]
    assert fields(change)["killed.civilians.best"] == (3, 9)


def test_another_way_of_gathering(told: Told) -> None:
    a, b = told.add("a.txt"), told.add("b.txt")
    told.gather(("i-1", [a]), ("i-2", [b]))
    before = told.now
    told.gather(("i-1", [a, b]))
    joined = {each.incident: each for each in told.since(before).incidents}
    assert {id: each.what for id, each in joined.items()} == {"i-1": "changed", "i-2": "joined"}
    assert joined["i-2"].into == ("i-1",)
    assert joined["i-1"].out_of == ("i-2",)
    assert causes(joined["i-1"]) == causes(joined["i-2"]) == [("method", "")]


def test_a_report_that_joins_two(told: Told) -> None:
    """The claims of the second only moved; what moved them is the report that joined the two."""
    a, b = told.add("a.txt"), told.add("b.txt")
    told.gather(("i-1", [a]), ("i-2", [b]))
    before = told.now
    bridge = told.add("bridge.txt")
    told.gather(("i-1", [a, b, bridge]))
    found = {each.incident: each for each in told.since(before).incidents}
    assert found["i-2"].what == "joined"
    assert causes(found["i-1"]) == causes(found["i-2"]) == [("report", bridge.report)]


def test_a_split_and_an_end(told: Told) -> None:
    a, b, c = told.add("a.txt"), told.add("b.txt"), told.add("c.txt")
    told.gather(("i-1", [a, b]), ("i-3", [c]))
    before = told.now
    told.gather(("i-1", [a]), ("i-2", [b]))
    found = {each.incident: each for each in told.since(before).incidents}
    assert {id: each.what for id, each in found.items()} == {
        "i-1": "split",
        "i-2": "new",
        "i-3": "gone",
    }
    assert found["i-1"].into == ("i-2",)
    assert found["i-2"].out_of == ("i-1",)


def test_a_decision_is_found_by_what_it_names(told: Told) -> None:
    a, b, c = told.add("a.txt"), told.add("b.txt"), told.add("c.txt")
    told.gather(("i-1", [a]), ("i-2", [b]), ("i-3", [c]))
    before = told.now
    entries = [
        ("revised", c.report, '{"before": 1}'),
        ("decision", "d-7", '{"act": "confirm", "subjects": ["i-1"]}'),
        ("decision", "d-8", '{"subjects": ["i-7", "i-8"]}'),
        ("decision", "d-9", f'{{"act": "correct", "author": "Ann", "subjects": ["{c.id}"]}}'),
    ]
    with told.store._database.writing() as connection:
        for what, subject, detail in entries:
            at = told.later().isoformat(timespec="microseconds")
            connection.execute(insert(log).values(at=at, what=what, subject=subject, detail=detail))
    told.gather(("i-1", [a]), ("i-2", [b]), ("i-3", [c]), type="raid")
    changed = told.since(before).incidents
    found = {each.incident: causes(each) for each in changed}
    assert found["i-1"] == [("decision", "d-7")]
    assert found["i-2"] == [("record", "")]
    assert found["i-3"] == [("decision", "d-9")]
    (cause,) = changed[-1].causes
    assert (cause.what, cause.author) == ("correct", "Ann")
    said = cause_in_words(cause, str)
    assert said.startswith("the decision d-9 (correct) by Ann, 2026-03-02")


def test_what_an_earlier_gathering_missed(told: Told) -> None:
    """A report can enter while others are gathered: the next gathering then finds it."""
    a, b, c = told.add("a.txt"), told.add("b.txt"), told.add("c.txt")
    told.gather(("i-1", [a]))
    before = told.now
    told.gather(("i-1", [a, b]), ("i-3", [c]))
    found = {each.incident: causes(each) for each in told.since(before).incidents}
    assert found == {"i-1": [("report", b.report)], "i-3": [("report", c.report)]}


def test_there_and_back_is_no_change_and_several_steps_are_one(told: Told) -> None:
    a = told.add("a.txt")
    told.gather(("i-1", [a]))
    before = told.now
    b = told.add("b.txt", 5)
    told.gather(("i-1", [a, b]), ("i-9", [b]))
    middle = told.now
    told.gather(("i-1", [a]))
    assert told.since(before).incidents == ()
    assert [each.what for each in told.since(middle).incidents] == ["changed", "gone"]
    told.gather(("i-1", [a, b]), status="disputed")
    change = only(told.since(before))
    assert fields(change) == {
        "status": ("single_source", "disputed"),
        "killed.civilians.high": (3, 5),
    }
    assert [len(step.fields) for step in change.steps] == [1, 1, 2]


def test_many_reports_are_read_at_once(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.pipeline.changes.MANY", 1)
    before = told.now
    told.add("a.txt")
    told.add("b.txt")
    told.add("a.txt", 4)
    found = told.since(before).reports
    assert [(each.name, each.what, each.claims_new) for each in found] == [
        ("a.txt", ("new", "new_version"), 1),
        ("b.txt", ("new",), 1),
    ]
