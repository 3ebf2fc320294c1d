"""Laws of the review: what comes first, what comes back, and two who review at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contested import Record, Settings
from contested.errors import DecisionError, Overtaken
from contested.model import EventClaim
from contested.pipeline.review import ReviewItem
from contested.pipeline.reviewing import Reviewing
from contested.pipeline.stages import Stages


@pytest.fixture
def walk(judged: Record) -> Reviewing:
    return judged.review()


def marks(walk: Reviewing) -> list[str]:
    return [item.seen for item in walk.refresh()]


def first(walk: Reviewing, wanted: Callable[[ReviewItem], bool]) -> ReviewItem:
    return next(item for item in walk.queue if wanted(item))


def names(record: Record, item: ReviewItem) -> set[str]:
    return {record.claim(id).name for id in item.claims}


def is_pair(item: ReviewItem) -> bool:
    return item.kind == "pair"


def is_claim(item: ReviewItem) -> bool:
    return item.kind == "claim"


def test_the_most_useful_comes_first(walk: Reviewing, judged: Record) -> None:
    found = [item.usefulness for item in walk.queue]
    assert found == sorted(found, reverse=True)
    assert all(abs(i.usefulness - i.uncertainty * i.stake) < 0.02 for i in walk.queue)
    disputed = {name for item in walk.queue if item.kind == "claim" for name in names(judged, item)}
    assert disputed == {"army.txt", "group.txt", "south.txt", "south-b.txt"}
    more, less = (
        first(walk, lambda i, n=name: i.kind == "claim" and names(judged, i) == {n})  # type: ignore[misc]
        for name in ("army.txt", "south.txt")
    )
    assert more.uncertainty == less.uncertainty
    assert more.usefulness > less.usefulness, "more deaths hang on it"
    assert any(map(is_pair, walk.queue))


def test_what_was_answered_does_not_come_back(walk: Reviewing, judged: Record) -> None:
    for answer in ("accept", "reject", "accept"):
        item = walk.queue[0]
        getattr(walk, answer)(item)
        assert item.seen not in marks(walk)
    while walk.queue:
        walk.accept(walk.queue[0])
        walk.refresh()
    assert not judged.review().queue
    assert all(one.decision.seen for one in judged.decisions())


def test_it_comes_back_when_its_evidence_changes(
    walk: Reviewing, judged: Record, lines: Path
) -> None:
    item = first(walk, lambda i: is_claim(i) and names(judged, i) == {"army.txt"})
    walk.accept(item)
    assert item.seen not in marks(walk)
    (lines / "third.txt").write_text(
        "On 2025-10-08 in Kurram, says Hospital, 31 soldiers were killed."
    )
    judged.add([lines])
    walk.refresh()
    again = first(walk, lambda i: i.claims == item.claims)
    assert again.seen != item.seen
    assert "31" in again.why[0]


def test_a_correction_does_not_bring_the_claim_back(walk: Reviewing, judged: Record) -> None:
    item = first(walk, lambda i: is_claim(i) and names(judged, i) == {"army.txt"})
    walk.correct(item, "count", "12")
    assert item.claims not in [i.claims for i in walk.refresh()]
    pair = first(walk, is_pair)
    with pytest.raises(DecisionError, match="no fields"):
        walk.correct(pair, "count", "12")


def test_a_pair_of_one_incident_rejected_is_two(walk: Reviewing, judged: Record) -> None:
    item = first(walk, lambda i: i.joined)
    walk.reject(item)
    homes = {claim: one.id for one in judged.incidents() for claim in one.claims}
    assert homes[item.claims[0]] != homes[item.claims[1]]
    walk.undo()
    homes = {claim: one.id for one in judged.incidents() for claim in one.claims}
    assert homes[item.claims[0]] == homes[item.claims[1]] == item.incidents[0]
    assert item.seen in marks(walk)
    with pytest.raises(DecisionError, match="no answer"):
        walk.undo()


def test_a_pair_of_two_incidents(judged: Record, lines: Path) -> None:
    (lines / "near.txt").write_text("On 2025-10-09 in Kurram, says Dawn, 7 civilians were killed.")
    judged.add([lines])
    walk = judged.review()
    item = first(walk, lambda i: is_pair(i) and not i.joined)
    walk.reject(item)
    assert item.seen not in marks(walk)
    assert judged.decisions()[-1].decision.value == "apart"
    walk.undo()
    walk.refresh()
    walk.accept(first(walk, lambda i: i.seen == item.seen))
    homes = {claim: one.id for one in judged.incidents() for claim in one.claims}
    assert homes[item.claims[0]] == homes[item.claims[1]]


def test_what_was_skipped_comes_last(walk: Reviewing, judged: Record) -> None:
    item, number = walk.queue[0], len(walk.queue)
    before = [one.claims for one in judged.incidents()]
    walk.skip(item)
    assert marks(walk)[-1] == item.seen
    assert judged.review().queue[-1].skipped == 1
    assert len(walk.queue) == number
    assert [one.claims for one in judged.incidents()] == before


def test_decisions_from_elsewhere_are_no_question_any_more(judged: Record, walk: Reviewing) -> None:
    claim = first(walk, is_claim)
    pair = first(walk, lambda i: i.joined)
    judged.decide.confirm(claim.claims[0], reason="read")
    judged.decide.confirm(*pair.incidents, reason="read")
    open_now = walk.refresh()
    assert claim.claims not in [item.claims for item in open_now]
    assert not any(item.joined and item.incidents == pair.incidents for item in open_now)


def test_two_reviewers_do_not_decide_on_one_thing(judged_path: Path) -> None:
    with (
        Record.open(judged_path, settings=Settings(author="Ada")) as one,
        Record.open(judged_path, settings=Settings(author="Bo")) as other,
    ):
        ada, bo = one.review(), other.review()
        item = ada.queue[0]
        assert bo.queue[0] == item
        ada.accept(item)
        for answer in (bo.accept, bo.reject, bo.skip):
            with pytest.raises(Overtaken, match="Ada decided on this meanwhile"):
                answer(item)
        assert [r.decision.author for r in other.decisions()] == ["Ada"]
        free = first(bo, lambda i: not set(i.claims) & set(item.claims))
        if not set(free.incidents) & set(item.incidents):
            bo.accept(free)
        bo.refresh()
        bo.accept(bo.queue[0])
        assert one.decisions()[-1].decision.author == "Bo"


def test_low_confidence_alone_is_a_doubt(
    judged: Record, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = type(Stages.extractor)
    monkeypatch.setattr(reader, "confidence", 0.55)
    monkeypatch.setattr(reader, "method", "lines-2")
    judged.add([lines])
    walk = judged.review()
    calm = [i for i in walk.queue if is_claim(i) and names(judged, i) == {"later.txt"}]
    assert {i.why for i in calm} == {("low confidence",)}
    assert {i.confidence for i in calm} == {0.55}
    events = [i for i in calm if isinstance(judged.claim(i.claims[0]), EventClaim)]
    assert len(events) == 1


def test_a_claim_is_split_off_its_incident_and_merged_back(judged: Record) -> None:
    walk = judged.review("Ada")
    item = first(
        walk,
        lambda i: (
            is_claim(i) and bool(i.incidents) and len(judged.incident(i.incidents[0]).reports) > 1
        ),
    )
    whole, claim = item.incidents[0], item.claims[0]
    number = len(judged.incidents())
    taken = walk.split(item)
    assert len(judged.incidents()) == number + 1
    assert claim not in judged.incident(whole).claims
    assert walk.last() == taken.decision
    home = next(one.id for one in judged.incidents() if claim in one.claims)
    later = Reviewing(judged, "Ada", len(judged.store.decisions()))
    assert later.queue == []
    later.merge(replace(item, incidents=(home,)), whole)
    assert len(judged.incidents()) == number
    walk.undo()
    assert judged.review("Bo").last() is None


def test_what_belongs_to_no_incident_cannot_be_merged_or_split(walk: Reviewing) -> None:
    item = replace(first(walk, is_claim), incidents=())
    for answer in (walk.split, lambda i: walk.merge(i, "i-1")):
        with pytest.raises(DecisionError, match="belongs to no incident"):
            answer(item)


def test_who_has_a_question_already_is_told_of_what_was_decided_since(judged: Record) -> None:
    item, known = judged.review("Ada").queue[0], 0
    judged.review("Bo").accept(item)
    with pytest.raises(Overtaken, match="Bo decided on this meanwhile"):
        Reviewing(judged, "Ada", known).accept(item)
