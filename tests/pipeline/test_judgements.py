"""What persons decide on sources, claims and rules counts, and changes say who brought them."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested import Record
from contested.model import CasualtiesClaim, Grade
from contested.pipeline.causes import Cause


def figure(record: Record, name: str) -> CasualtiesClaim:
    found = [c for c in record.claims() if c.name == name and isinstance(c, CasualtiesClaim)]
    assert len(found) == 1
    return found[0]


def grade(record: Record, name: str) -> Grade:
    found = record.grade(figure(record, name))
    assert found is not None
    return found


def home(record: Record, name: str) -> str:
    claim = figure(record, name).id
    return next(one.id for one in record.incidents() if claim in one.claims)


def causes(record: Record, id: str) -> list[Cause]:
    log = record.store.log()
    since = next(entry.at for entry in log if entry.what == "decision")
    before = max(entry.at for entry in log if entry.at < since)
    return [each for one in record.diff(before, incident=id).incidents for each in one.causes]


def test_a_letter_stands_on_every_claim_of_the_source(judged: Record) -> None:
    before = {one.id: one for one in judged.incidents()}
    made = judged.decide.reliability("TTP", "E", reason="counted twice").decision
    given = grade(judged, "group.txt")
    assert (given.reliability, given.reliability_by) == ("E", "Ada")
    assert judged.rating(figure(judged, "group.txt")).reason == "counted twice"
    assert [s.set_by for s in judged.sources() if s.letter == "E"] == ["Ada"]
    mine, other = home(judged, "group.txt"), home(judged, "south.txt")
    assert judged.incident(mine).decisions == (made.id,)
    assert judged.incident(other) == before[other]
    assert judged.is_gathered()
    (cause,) = causes(judged, mine)
    assert (cause.kind, cause.what, cause.author) == ("decision", "reliability", "Ada")
    undo = judged.decide.undo(made.id, reason="no", author="Bo").decision
    assert judged.incident(mine) == before[mine]
    assert [(c.subject, c.what, c.author) for c in causes(judged, mine)] == [
        (undo.id, "undo", "Bo")
    ]


@pytest.mark.parametrize("rule", ["lowest_credible", "party_bias"])
def test_a_decision_that_changes_nothing_has_been_carried_out(judged: Record, rule: str) -> None:
    judged.decide.rule(rule, reason="try it")
    before = judged.incidents()
    judged.decide.reliability("reuters", "D", reason="read twice")
    assert judged.store.ungathered_decisions() == []
    assert judged.is_gathered()
    entries = len(judged.store.log())
    judged.gather()
    assert len(judged.store.log()) == entries
    assert judged.incidents() == before


def test_a_letter_holds_for_reports_that_come_later(judged: Record, tmp_path: Path) -> None:
    judged.decide.reliability("TTP", "E", reason="counted twice")
    new = tmp_path / "new.txt"
    new.write_text("On 2025-11-20 in Quetta, says TTP, 40 soldiers were killed.", "utf-8")
    judged.add([new])
    assert grade(judged, "new.txt").reliability == "E"


def test_a_number_is_the_persons(judged: Record) -> None:
    claim = figure(judged, "army.txt")
    judged.decide.credibility(claim.id, 5, reason="no bodies seen")
    given = grade(judged, "army.txt")
    assert (given.credibility, given.credibility_by) == (5, "Ada")
    mine = home(judged, "army.txt")
    assert judged.incident(mine).casualties[0].best == 22
    assert ("credibility", "Ada") in {(c.what, c.author) for c in causes(judged, mine)}


def test_a_merge_is_the_cause_of_what_it_changed(judged: Record) -> None:
    mine = home(judged, "army.txt")
    made = judged.decide.merge(mine, home(judged, "later.txt"), reason="one siege").decision
    (cause,) = causes(judged, mine)
    assert (cause.kind, cause.what, cause.subject) == ("decision", "merge", made.id)
    assert cause.author == "Ada"


def test_a_rule_for_the_whole_record_names_who_decided_it(judged: Record) -> None:
    judged.decide.rule("highest", reason="caution")
    mine = home(judged, "army.txt")
    assert [(c.kind, c.what, c.author) for c in causes(judged, mine)] == [
        ("decision", "rule", "Ada")
    ]


def test_a_rule_that_learns_has_all_incidents_derived_again(judged: Record, tmp_path: Path) -> None:
    judged.decide.rule("party_bias", incident=home(judged, "army.txt"), reason="a test")
    new = tmp_path / "new.txt"
    new.write_text("On 2025-11-20 in Quetta, says TTP, 40 soldiers were killed.", "utf-8")
    judged.add([new])
    added = {one.id: one.casualties for one in judged.incidents()}
    judged.gather(anew=True)
    assert {one.id: one.casualties for one in judged.incidents()} == added
    rules = {toll.rule for one in judged.incidents() for toll in one.casualties}
    assert rules == {"party_bias", "lowest_credible"}
