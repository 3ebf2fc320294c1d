"""Laws of deciding on a record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested import Record, Settings
from contested.errors import DecisionError, NotFound, UsageError
from contested.model import (
    ActorRef,
    CasualtiesClaim,
    Claim,
    EventClaim,
    Incident,
    ResponsibilityClaim,
    StatementClaim,
    to_plain,
)
from contested.pipeline import Ruling
from contested.pipeline.stages import Stages
from contested.pipeline.subjects import Subjects


def by_report(record: Record) -> dict[str, str]:
    """The incident of each report's event."""
    homes = {claim: one.id for one in record.incidents() for claim in one.claims}
    return {c.name: homes[c.id] for c in record.claims() if isinstance(c, EventClaim)}


def toll(record: Record, name: str) -> CasualtiesClaim:
    found = [c for c in record.claims() if c.name == name and isinstance(c, CasualtiesClaim)]
    assert len(found) == 1
    return found[0]


def event(record: Record, name: str) -> Claim:
    return next(c for c in record.claims() if c.name == name and isinstance(c, EventClaim))


def places(record: Record, name: str, of: str = "") -> set[str]:
    """Where the claims of a report are said to be, or those of one kind."""
    found = [c for c in record.claims() if c.name == name and of in ("", c.kind)]
    return {where.name for c in found if (where := getattr(c, "where", None))}


def state(record: Record, id: str) -> Ruling:
    return next(one for one in record.decisions() if one.decision.id == id)


def content(record: Record) -> list[Any]:
    """All incidents, by id, but for the day on which they were derived."""
    plain = [to_plain(one) | {"as_of": ""} for one in record.incidents()]
    return sorted(plain, key=lambda one: str(one["id"]))


# ---- rules --------------------------------------------------------------------------------------


def rules_of(record: Record) -> dict[str, set[str]]:
    """By incident, the rules by which its figures are derived."""
    return {one.id: {toll.rule for toll in one.casualties} for one in record.incidents()}


def test_the_rule_of_an_incident_holds_over_that_of_the_record(judged: Record) -> None:
    homes = by_report(judged)
    own, other = homes["army.txt"], homes["later.txt"]
    judged.decide.rule("latest", incident=own, reason="a final count was given")
    whole = judged.decide.rule("highest", reason="caution").decision
    assert judged.rule == "highest"
    expected = {own: {"latest"}, other: {"highest"}}
    for anew in (False, True):
        judged.gather(anew=anew)
        found = rules_of(judged)
        assert {each: found[each] for each in expected} == expected
    judged.decide.undo(whole.id, reason="no")
    assert judged.rule == "lowest_credible"
    assert rules_of(judged)[own] == {"latest"}
    assert rules_of(judged)[other] == {"lowest_credible"}


def test_reports_that_come_later_follow_the_rule(judged: Record, tmp_path: Path) -> None:
    judged.decide.rule("highest", reason="caution")
    before = set(rules_of(judged))
    more = tmp_path / "new.txt"
    more.write_text("On 2024-05-03 in Quetta, says ISPR, 4 soldiers were killed.")
    judged.add([more])
    found = rules_of(judged)
    assert set(found) - before
    assert {rule for each in found.values() for rule in each} == {"highest"}


# ---- merge and split ---------------------------------------------------------------------------


def test_the_record_to_decide_on(judged: Record) -> None:
    homes = by_report(judged)
    assert homes["army.txt"] == homes["group.txt"]
    assert homes["south.txt"] == homes["south-b.txt"]
    assert len(set(homes.values())) == 3
    assert judged.decisions() == []


def test_a_merge_holds_whatever_the_weights_say(judged: Record) -> None:
    homes = by_report(judged)
    taken = judged.decide.merge(homes["army.txt"], homes["later.txt"], reason="one siege")
    again = by_report(judged)
    assert again["later.txt"] == again["army.txt"] == homes["army.txt"]
    incident = judged.incident(again["army.txt"])
    assert incident.decisions == (taken.decision.id,)
    assert ("decided by Ada: one siege", 0.0) in {e for why in incident.why for e in why.evidence}
    assert (taken.decision.author, taken.decision.reason) == ("Ada", "one siege")
    assert state(judged, taken.decision.id).state == "holds"


def test_a_split_takes_the_account_out_and_keeps_it_out(judged: Record) -> None:
    home = by_report(judged)["army.txt"]
    figure = toll(judged, "group.txt")
    taken = judged.decide.split(home, [figure.id], reason="another valley")
    homes = by_report(judged)
    assert homes["group.txt"] != homes["army.txt"] == home
    assert figure.id in judged.incident(homes["group.txt"]).claims
    judged.gather()
    assert by_report(judged) == homes
    assert event(judged, "group.txt").id in taken.remarks[0]


def test_a_later_decision_overrides_an_earlier_one(judged: Record) -> None:
    homes = by_report(judged)
    merge = judged.decide.merge(homes["army.txt"], homes["later.txt"], reason="one").decision
    split = judged.decide.split(
        homes["army.txt"], [event(judged, "later.txt").id], reason="two"
    ).decision
    assert by_report(judged)["later.txt"] != by_report(judged)["army.txt"]
    assert state(judged, merge.id).state == "overridden"
    assert split.id in state(judged, merge.id).why
    judged.decide.undo(split.id, reason="one after all")
    assert by_report(judged)["later.txt"] == by_report(judged)["army.txt"]
    assert state(judged, merge.id).state == "holds"


def test_an_id_that_was_merged_away_stands_for_what_holds_its_claims(judged: Record) -> None:
    homes = by_report(judged)
    gone = homes["later.txt"]
    judged.decide.merge(homes["army.txt"], gone, reason="one siege")
    with pytest.raises(NotFound):
        judged.incident(gone)
    taken = judged.decide.merge(gone, homes["south.txt"], reason="one campaign")
    assert len(set(by_report(judged).values())) == 1
    assert taken.remarks == (f"{gone} was merged away: {homes['army.txt']} holds its claims now.",)


def test_a_cyclic_merge_is_refused(judged: Record) -> None:
    homes = by_report(judged)
    a, b, c = homes["army.txt"], homes["later.txt"], homes["south.txt"]
    judged.decide.merge(a, b, reason="one")
    judged.decide.merge(b, c, reason="one")
    number = len(judged.decisions())
    with pytest.raises(DecisionError, match="one incident already"):
        judged.decide.merge(c, a, reason="one")
    with pytest.raises(DecisionError, match="one incident already"):
        judged.decide.merge(a, a, reason="one")
    with pytest.raises(DecisionError, match="two incidents or more"):
        judged.decide.merge(a, reason="one")
    assert len(judged.decisions()) == number


def test_what_cannot_be_split(judged: Record) -> None:
    homes = by_report(judged)
    home = homes["army.txt"]
    both = [event(judged, "army.txt").id, toll(judged, "group.txt").id]
    with pytest.raises(DecisionError, match="split off all"):
        judged.decide.split(home, both, reason="x")
    with pytest.raises(DecisionError, match="is not in"):
        judged.decide.split(home, [toll(judged, "later.txt").id], reason="x")
    with pytest.raises(DecisionError, match="which claims"):
        judged.decide.split(home, [], reason="x")
    with pytest.raises(NotFound):
        judged.decide.split(home, ["c-000000000000"], reason="x")


def test_a_reason_and_an_author_are_needed(judged: Record) -> None:
    homes = by_report(judged)
    with pytest.raises(DecisionError, match="--reason"):
        judged.decide.merge(homes["army.txt"], homes["later.txt"], reason="  ")
    with pytest.raises(DecisionError, match="CONTESTED_AUTHOR"):
        judged.decide.merge(homes["army.txt"], homes["later.txt"], reason="x", author=" ")
    assert judged.decisions() == []


# ---- correct and wrong ---------------------------------------------------------------------------


def test_one_correction_holds_wherever_a_report_says_the_same(judged: Record) -> None:
    before = content(judged)
    claim = toll(judged, "army.txt")
    of_report = [one for one in judged.claims() if one.name == "army.txt"]
    assert len(places(judged, "army.txt")) == 1
    taken = judged.decide.correct(claim.id, "where", "Quetta", everywhere=True, reason="misread")
    now = [one for one in judged.claims() if one.name == "army.txt"]
    assert places(judged, "army.txt") == {"Quetta"}
    assert len(now) == len(of_report) > 1
    ruling = state(judged, taken.decision.id)
    assert set(ruling.claims) == {one.id for one in of_report}
    others = [one for one in of_report if one.id != claim.id]
    assert all(any(one.id in remark for remark in taken.remarks) for one in others)
    again = judged.decide.correct(claim.id, "where", "Kurram", reason="but this is right")
    assert state(judged, taken.decision.id).state == "holds"
    assert places(judged, "army.txt", of="casualties") == {"Kurram"}
    assert places(judged, "army.txt", of="event") == {"Quetta"}
    all_again = judged.decide.correct(
        event(judged, "army.txt").id, "where", "Peshawar", everywhere=True, reason="x"
    )
    assert "No other claim" in " ".join(all_again.remarks)
    assert state(judged, taken.decision.id).state == "holds"
    for one in (all_again, again, taken):
        judged.decide.undo(one.decision.id, reason="as it was")
    assert content(judged) == before


def test_whom_no_table_has_is_named_by_words_of_the_report(judged: Record) -> None:
    one = event(judged, "army.txt")
    words = one.quote.split()[0]
    judged.decide.correct(one.id, "targets", f"({words})", reason="they alone say so")
    now = next(c for c in judged.claims() if c.id == one.id)
    assert to_plain(now)["targets"] == [{"actor": None, "as_written": words}]
    with pytest.raises(UsageError, match="do not stand"):
        judged.decide.correct(one.id, "targets", "(robots)", reason="x")


def test_claims_of_no_event_are_not_all_made_claims_of_one(judged: Record) -> None:
    found = event(judged, "army.txt")
    other = replace(found, id="c-other")
    with pytest.raises(DecisionError, match="many happenings"):
        Subjects(judged).alike(other, "event_ref", found.id, [found, other])


def test_no_claim_of_a_report_is_made_to_refer_to_itself(judged: Record) -> None:
    """All of a report's claims of one event, but not the one that they shall refer to."""
    told = toll(judged, "army.txt")
    found = event(judged, "army.txt")
    later = replace(found, id="c-later", event_ref=told.event_ref)
    alike = Subjects(judged).alike(told, "event_ref", later.id, [found, later, told])
    assert [one.id for one in alike] == [told.id]


def test_a_word_that_is_another_thing_in_another_kind_is_not_the_same(judged: Record) -> None:
    """What a statement denies is not what is claimed: only `act` is its name in both."""
    base = toll(judged, "army.txt")
    given = {name: getattr(base, name) for name in
             ("report", "name", "start", "end", "quote", "method", "confidence")}  # fmt: skip
    army = ActorRef(None, "the army")
    statement = StatementClaim(id="c-1", act="denies", by=army, **given)
    act = ResponsibilityClaim(id="c-2", act="denies", **given)
    found = Subjects(judged).alike(statement, "act", "warns", [statement, act])
    assert found == [statement]


def test_a_passage_is_no_claims_but_its_own(judged: Record) -> None:
    claim = toll(judged, "army.txt")
    with pytest.raises(DecisionError, match="passage of its own"):
        judged.decide.correct(claim.id, "passage", "0-9", everywhere=True, reason="x")


def test_a_correction_counts_and_the_machine_does_not_get_it_back(
    judged: Record, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = toll(judged, "army.txt")
    taken = judged.decide.correct(claim.id, "count", "at least 12", reason="the annex")
    now = toll(judged, "army.txt")
    assert (now.id, now.count.low, now.count.high) == (claim.id, 12, None)
    assert now.decisions == (taken.decision.id,)
    assert taken.decision.before == to_plain(claim.count)
    assert judged.store.machine_claims([claim.report])[claim.report][1] == claim
    monkeypatch.setattr(type(Stages.extractor), "method", "lines-2")
    assert judged.add([lines]).reports == {"re_extracted": 5}
    again = toll(judged, "army.txt")
    assert again.id != claim.id
    assert (again.count.low, again.decisions) == (12, (taken.decision.id,))
    assert state(judged, taken.decision.id).claims == (again.id,)
    judged.decide.undo(taken.decision.id, reason="the annex was older")
    assert toll(judged, "army.txt").count.low == 11
    assert judged.store.check() == []


def test_a_wrong_claim_stays_out_when_it_is_read_again(
    judged: Record, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = toll(judged, "group.txt")
    home = by_report(judged)["group.txt"]
    taken = judged.decide.wrong(claim.id, reason="a doctored video")
    assert judged.incident(home).status != "disputed"
    assert claim.id not in {one.id for one in judged.claims()}
    with pytest.raises(DecisionError, match=f"marked as wrong by Ada .{taken.decision.id}"):
        judged.decide.correct(claim.id, "count", "3", reason="x")
    monkeypatch.setattr(type(Stages.extractor), "method", "lines-2")
    judged.add([lines])
    assert [c.kind for c in judged.claims() if c.name == "group.txt"] == ["event"]
    judged.decide.undo(taken.decision.id, reason="it was genuine")
    assert toll(judged, "group.txt").count.low == 22


def test_a_whole_report_can_be_wrong(judged: Record) -> None:
    report = judged.report("south.txt").report.id
    taken = judged.decide.wrong("south.txt", reason="a hoax")
    assert report not in {claim.report for claim in judged.claims()}
    assert state(judged, taken.decision.id).state == "holds"
    with pytest.raises(DecisionError, match="already, by Ada"):
        judged.decide.wrong(report, reason="a hoax")
    judged.decide.undo(taken.decision.id, reason="no hoax")
    assert report in {claim.report for claim in judged.claims()}


def test_a_decision_on_what_is_no_longer_read_is_told(judged: Record) -> None:
    claim = toll(judged, "later.txt")
    taken = judged.decide.correct(claim.id, "count", "4", reason="a fourth died")
    known = judged.report(claim.report).report
    text = "Nothing happened in Kurram on 2025-10-20, it is now said."
    other = replace(known, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    judged.store.add(other, text.encode(), [], method="lines-1")
    found = state(judged, taken.decision.id)
    assert found.state == "no longer applies"
    assert "no longer found" in found.why
    with pytest.raises(DecisionError, match="no longer current"):
        judged.decide.credibility(claim.id, 2, reason="x")


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("count", "11-22", {"low": 11, "high": 22, "qualifier": "range"}),
        ("count", "at most 9", {"low": None, "high": 9, "qualifier": "at_most"}),
        ("count", "dozens", {"low": 24, "high": None, "qualifier": "dozens"}),
        ("victims", "civilians", "civilians"),
        ("when", "2025-10", {"edtf": "2025-10", "latest": "2025-10-31"}),
        ("where", "Quetta", {"name": "Quetta", "country": "PK"}),
        ("where", "unknown", None),
        ("side", "ttp", "ttp"),
        ("side", "Tehrik-i-Taliban Pakistan", "ttp"),
        ("speakers", "Dawn (outlet); a general (official, pakistan-military)", None),
        ("event_ref", "none", None),
    ],
)
def test_values_are_read_as_people_write_them(
    judged: Record, field: str, value: str, wanted: Any
) -> None:
    claim = toll(judged, "army.txt")
    coded = judged.decide.correct(claim.id, field, value, reason="x").decision.coded
    if isinstance(wanted, dict):
        assert wanted.items() <= coded.items()
    elif field == "speakers":
        assert [each["actor"] for each in coded] == [None, "pakistan-military"]
    else:
        assert coded == wanted


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("weapons", "x", "It has speakers, stance"),
        ("cuont", "3", "Did you mean count"),
        ("id", "c-1", "no field 'id'"),
        ("count", "many", "at least 10, more than 10"),
        ("count", "22-11", "no range"),
        ("victims", "robots", "civilians, security_forces"),
        ("when", "last May", "write 2022"),
        ("where", "Atlantis-on-Sea", "No place is called"),
        ("where", "Mondoro (95, 1.5)", "no point on earth"),
        ("where", "Mondoro, ML (14.68, -1.95, 0 km)", "no point on earth"),
        ("victims_as_written", "words that do not stand there", "does not stand in army.txt"),
        ("side", "martians", "No actor is called"),
        ("event_ref", "c-000000000000", "no other event claim"),
        ("passage", "words that do not stand there", "do not stand"),
        ("passage", "5-99999", "are none of"),
        ("speakers", "Dawn (paper)", "outlet, official"),
    ],
)
def test_what_does_not_fit_is_told_with_what_does(
    judged: Record, field: str, value: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        judged.decide.correct(toll(judged, "army.txt").id, field, value, reason="x")
    assert judged.decisions() == []


def test_what_no_table_has_and_nobody_says(judged: Record) -> None:
    """A place by its point, a number that nobody gives; no words are put in its mouth."""
    claim = toll(judged, "army.txt")
    judged.decide.correct(claim.id, "where", "Mondoro, ML (14.68, -1.95, 3 km)", reason="a map")
    judged.decide.correct(claim.id, "when", "2025-10-09", reason="the army's calendar")
    judged.decide.correct(claim.id, "count", "unknown", reason="it says many")
    now = toll(judged, "army.txt")
    assert now.where is not None and now.when is not None
    assert (now.where.name, now.where.country, now.where.radius_km) == ("Mondoro", "ML", 3.0)
    assert (now.where.lat, now.where.lon) == (14.68, -1.95)
    assert (now.count.low, now.count.high) == (1, None)
    assert now.count.as_written == claim.count.as_written
    text = judged.report("army.txt").report.text
    assert now.where.as_written in text and now.when.as_written in text


def test_a_passage_moves_within_its_report_only(judged: Record) -> None:
    claim = toll(judged, "army.txt")
    judged.decide.correct(claim.id, "passage", "11 soldiers were killed", reason="only this")
    now = toll(judged, "army.txt")
    assert now.id == claim.id
    assert now.quote == "11 soldiers were killed"
    assert judged.report("army.txt").report.text[now.start : now.end] == now.quote
    assert judged.store.check() == []


def test_a_correction_of_what_is_so_already_is_refused(judged: Record) -> None:
    with pytest.raises(DecisionError, match="already is"):
        judged.decide.correct(toll(judged, "army.txt").id, "count", "11", reason="x")


def test_the_later_of_two_corrections_counts(judged: Record) -> None:
    claim = toll(judged, "army.txt")
    first = judged.decide.correct(claim.id, "count", "12", reason="x").decision
    last = judged.decide.correct(claim.id, "count", "13", reason="y").decision
    other = judged.decide.correct(claim.id, "victims", "unknown", reason="z").decision
    assert toll(judged, "army.txt").count.low == 13
    assert state(judged, first.id).why == f"overridden by {last.id}"
    assert state(judged, other.id).state == "holds"
    judged.decide.undo(last.id, reason="x")
    assert toll(judged, "army.txt").count.low == 12
    assert toll(judged, "army.txt").victims == "unknown"


# ---- rule, reliability, credibility, confirm ----------------------------------------------------


def test_rules_for_one_incident_and_for_all(judged: Record) -> None:
    homes = by_report(judged)
    whole = judged.decide.rule("highest", reason="caution").decision
    one = judged.decide.rule("lowest_credible", incident=homes["south.txt"], reason="x").decision

    def best(name: str) -> tuple[str, int | None]:
        found = judged.incident(by_report(judged)[name]).casualties[0]
        return found.rule, found.best

    assert best("army.txt") == ("highest", 22)
    assert best("south.txt") == ("lowest_credible", 5)
    judged.decide.undo(whole.id, reason="x")
    assert best("army.txt") == ("lowest_credible", 11)
    assert state(judged, one.id).state == "holds"
    with pytest.raises(UsageError, match="no rule"):
        judged.decide.rule("nicest", reason="x")


def test_reliability_and_credibility_are_kept_by_name_and_claim(judged: Record) -> None:
    claim = toll(judged, "army.txt")
    judged.decide.reliability("Dawn", "b", reason="x")
    last = judged.decide.reliability("dawn", "C", reason="y").decision
    judged.decide.reliability("ttp", "E", reason="z")
    mark = judged.decide.credibility(claim.id, 2, reason="pictures").decision
    found = judged.reliability_decisions()
    assert {name: one.value for name, one in found.items()} == {last.name: "C", "ttp": "E"}
    assert judged.credibility_decisions() == {claim.id: mark}
    assert [r.state for r in judged.decisions()][:2] == ["overridden", "holds"]
    for letter in ("G", "", "AB"):
        with pytest.raises(UsageError, match="no reliability"):
            judged.decide.reliability("Dawn", letter, reason="x")
    for number in (0, 7, "12"):
        with pytest.raises(UsageError, match="no credibility"):
            judged.decide.credibility(claim.id, number, reason="x")
    with pytest.raises(UsageError, match="is called"):
        judged.decide.reliability("The Daily Nobody", "B", reason="x")


def test_what_was_confirmed_binds_the_linker(
    judged: Record, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read anew, the accounts lie so that the weights alone would say the contrary."""
    homes = by_report(judged)
    judged.decide.confirm(homes["army.txt"], reason="read both")
    apart = judged.decide.confirm(homes["later.txt"], homes["army.txt"], reason="days apart")
    assert apart.decision.value == "apart"
    reader = type(Stages.extractor)
    monkeypatch.setattr(reader, "method", "lines-2")
    monkeypatch.setattr(reader, "days", {"group.txt": "2025-12-24", "later.txt": "2025-10-08"})
    judged.add([lines])
    found = by_report(judged)
    assert found["army.txt"] == found["group.txt"] != found["later.txt"]
    judged.decide.undo(apart.decision.id, reason="x")
    judged.decide.undo(judged.decisions()[0].decision.id, reason="x")
    found = by_report(judged)
    assert found["army.txt"] == found["later.txt"] != found["group.txt"]


def test_a_pair_of_claims_is_confirmed_as_it_is(judged: Record) -> None:
    army, group, later = (event(judged, f"{n}.txt").id for n in ("army", "group", "later"))
    assert judged.decide.confirm(army, group, reason="x").decision.value == "together"
    assert judged.decide.confirm(army, later, reason="x").decision.value == "apart"
    with pytest.raises(DecisionError, match="one account"):
        judged.decide.confirm(army, toll(judged, "army.txt").id, reason="x")
    with pytest.raises(DecisionError, match="that differ"):
        judged.decide.confirm(army, army, reason="x")


# ---- undo ----------------------------------------------------------------------------------------


def test_undoing_twice_and_undoing_an_undo(judged: Record) -> None:
    homes = by_report(judged)
    merge = judged.decide.merge(homes["army.txt"], homes["later.txt"], reason="x").decision
    undo = judged.decide.undo(merge.id[:8], reason="y").decision
    assert by_report(judged) == homes
    with pytest.raises(DecisionError, match=f"undone already, by Ada .{undo.id}"):
        judged.decide.undo(merge.id, reason="z")
    judged.decide.undo(undo.id, reason="z")
    assert by_report(judged)["army.txt"] == by_report(judged)["later.txt"]
    assert [r.state for r in judged.decisions()] == ["holds", "undone", "holds"]
    with pytest.raises(NotFound, match="no decision"):
        judged.decide.undo("d-000000", reason="x")


def test_the_author_is_the_one_of_the_settings_or_the_login(
    judged_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    with Record.open(judged_path) as record:
        taken = record.decide.rule("latest", reason="x")
        assert taken.decision.author == "login"
        assert record.decide.rule("highest", reason="x", author="Bo").decision.author == "Bo"


def test_a_decision_that_was_not_carried_out_any_more_is_told(
    judged: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program may be stopped between storing a decision and gathering."""
    homes = by_report(judged)
    assert judged.is_gathered()
    with monkeypatch.context() as stopped:
        stopped.setattr(Record, "gather", lambda *_, **__: None)
        judged.decide.merge(homes["army.txt"], homes["later.txt"], reason="x")
    assert not judged.is_gathered()
    judged.gather()
    assert judged.is_gathered()
    assert by_report(judged)["army.txt"] == by_report(judged)["later.txt"]
    judged.decide.reliability("Dawn", "B", reason="x")
    assert judged.is_gathered()


# ---- any sequence --------------------------------------------------------------------------------

Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "confirm", "correct", "wrong", "undo"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=6,
)


def take(record: Record, step: Step) -> bool:
    """One decision of that kind, where one can be made."""
    what, n, m = step
    incidents = sorted(record.incidents(), key=lambda one: one.id)
    claims = list(record.claims())
    made = [r.decision.id for r in record.decisions()]
    if not incidents or not claims:
        return False
    one, other = incidents[n % len(incidents)], incidents[m % len(incidents)]
    try:
        if what == "merge":
            record.decide.merge(one.id, other.id, reason="x")
        elif what == "split":
            record.decide.split(one.id, [one.claims[m % len(one.claims)]], reason="x")
        elif what == "confirm":
            record.decide.confirm(
                claims[n % len(claims)].id, claims[m % len(claims)].id, reason="x"
            )
        elif what == "correct":
            record.decide.correct(
                claims[n % len(claims)].id, "when", f"2025-10-{m + 1:02}", reason="x"
            )
        elif what == "wrong":
            record.decide.wrong(claims[n % len(claims)].id, reason="x")
        elif made:
            record.decide.undo(made[n % len(made)], reason="x")
    except DecisionError:
        return False
    return len(record.decisions()) > len(made)


def once(incidents: Sequence[Incident], claims: Sequence[Claim]) -> bool:
    held = Counter(claim for one in incidents for claim in one.claims)
    return held == Counter({claim.id: 1 for claim in claims})


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, last=STEPS.filter(bool))
def test_any_sequence_keeps_every_claim_once_and_can_be_taken_back(
    another: Callable[[], Path], steps: list[Step], last: list[Step]
) -> None:
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        for step in steps:
            take(record, step)
            assert once(record.incidents(), list(record.claims()))
        before, claims = content(record), list(record.claims())
        if take(record, last[0]):
            record.decide.undo(record.decisions()[-1].decision.id, reason="no")
            assert content(record) == before
            assert list(record.claims()) == claims
        assert record.store.check() == []


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS.filter(bool))
def test_reading_again_breaks_no_decision(
    another: Callable[[], Path], lines: Path, steps: list[Step]
) -> None:
    reader: Any = type(Stages.extractor)
    with Record.open(another(), settings=Settings(author="Ada")) as record:
        for step in steps:
            take(record, step)
        before = by_report_and_kind(record)
        states = [(r.decision.id, r.state) for r in record.decisions()]
        try:
            reader.method = "lines-2"
            record.add([lines])
        finally:
            reader.method = "lines-1"
        assert by_report_and_kind(record) == before
        assert [(r.decision.id, r.state) for r in record.decisions()] == states


def by_report_and_kind(record: Record) -> set[tuple[str, str, str, str]]:
    """What is current, and the reports with which it is gathered, without any ids."""
    names = {c.id: f"{c.name} {c.kind}" for c in record.claims()}
    homes = {
        claim: ", ".join(sorted(names[each] for each in one.claims))
        for one in record.incidents()
        for claim in one.claims
    }
    return {
        (c.name, c.kind, homes.get(c.id, ""), str(getattr(c, "when", None)))
        for c in record.claims()
    }
