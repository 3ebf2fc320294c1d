"""Anchors find their claim again, and no other; decisions come back from plain data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contested.errors import DecisionError
from contested.model import CasualtiesClaim, Count, Report, make, to_plain
from contested.model.decision import Finder, anchor, decision_adapter, holding, made, undone
from contested.model.revision import revise

TEXT = "In Hangu 3 soldiers and 3 civilians were killed. Later 5 guards were wounded in Tank."
REPORT = Report(id="r-1", name="a.txt", text=TEXT, sha256="0")


def toll(low: int, effect: str, victims: str, first: int = 0, last: int = 48, **values: Any) -> Any:
    return make(
        "casualties", REPORT.passage(first, last), method="m", confidence=0.9,
        effect=effect, victims=victims, count=Count(low, low, "exactly", str(low)), **values,
    )  # fmt: skip


SOLDIERS = toll(3, "killed", "security_forces")
CIVILIANS = toll(3, "killed", "civilians")
WOUNDED = toll(5, "wounded", "security_forces", 49, len(TEXT))


def test_the_claim_of_that_id_comes_first() -> None:
    assert Finder([CIVILIANS, SOLDIERS]).find(anchor(SOLDIERS)) == SOLDIERS


def test_a_claim_that_was_read_anew_is_found_by_its_passage() -> None:
    again = toll(3, "killed", "security_forces", 3, 40, side="pakistan-military")
    assert again.id != SOLDIERS.id
    assert Finder([again, WOUNDED]).find(anchor(SOLDIERS)) == again


def test_its_neighbour_is_not_taken_for_it() -> None:
    one = anchor(SOLDIERS, [SOLDIERS, CIVILIANS, WOUNDED])
    assert one.beside == (CIVILIANS.id,)
    assert Finder([CIVILIANS, WOUNDED]).find(one) is None
    other = toll(3, "wounded", "security_forces")
    assert Finder([other]).find(one) is None, "no dead become wounded"


def test_the_same_words_elsewhere_in_a_changed_text() -> None:
    moved = replace(SOLDIERS, id="c-1", start=100, end=148)
    assert Finder([moved]).find(anchor(SOLDIERS)) == moved
    elsewhere = replace(moved, report="r-2")
    assert Finder([elsewhere]).find(anchor(SOLDIERS)) is None
    same_id = replace(SOLDIERS, report="r-2")
    assert Finder([same_id]).find(anchor(SOLDIERS)) is None


def decision(n: int, **values: Any) -> Any:
    at = f"2026-01-01T00:00:{n:02}.000000+00:00"
    return made(at=at, author="Ada", reason="x", **values)


def test_an_undo_can_be_undone() -> None:
    first = decision(1, act="rule", value="latest")
    second = decision(2, act="undo", undoes=first.id)
    third = decision(3, act="undo", undoes=second.id)
    fourth = decision(4, act="undo", undoes=third.id)
    assert holding([first]) == [first]
    assert holding([first, second]) == []
    assert holding([first, second, third]) == [first]
    assert undone([first, second, third, fourth]) == {third.id: fourth.id, first.id: second.id}


def test_decisions_come_back_from_plain_data() -> None:
    one = decision(1, act="wrong", subjects=())
    assert decision_adapter.validate_python(to_plain(one)) == one
    assert one.id == decision(1, act="wrong", subjects=()).id
    assert one.id != decision(2, act="wrong", subjects=()).id


@pytest.mark.parametrize("missing", ["author", "reason"])
def test_nobody_decides_without_name_and_reason(missing: str) -> None:
    given = {"author": "Ada", "reason": "x", missing: " \t"}
    with pytest.raises(DecisionError, match=missing):
        made(at="2026-01-01", act="rule", **given)


def test_what_cannot_be_applied_is_told_and_the_rest_is_done() -> None:
    from contested.model import Subject

    subject = (Subject(id=SOLDIERS.id, anchors=(anchor(SOLDIERS),)),)
    good = decision(1, act="correct", subjects=subject, field="victims", coded="unknown")
    bad = decision(2, act="correct", subjects=subject, field="victims", coded="robots")
    passage = {"start": 0, "quote": "words that went"}
    lost = decision(3, act="correct", subjects=subject, field="passage", coded=passage)
    found = revise(REPORT, [SOLDIERS, CIVILIANS], [good, bad, lost])
    one = found.claims[0]
    assert isinstance(one, CasualtiesClaim)
    assert (one.victims, one.quote) == ("unknown", SOLDIERS.quote)
    assert set(found.failed) == {bad.id, lost.id}
    assert found.applied == {good.id: (SOLDIERS.id,)}
    assert found.claims[1] == CIVILIANS
