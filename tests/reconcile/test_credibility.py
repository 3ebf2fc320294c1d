"""Credibility of claims: from other origins alone, and set by a person where one did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.model import Incident
from contested.model.ratings import Judgements
from contested.reconcile.credibility import judged
from tests.reconcile.scenes import ARMY, HOSPITAL, TTP, UNAMA, Scene


def numbers(incident: Incident) -> dict[str, int]:
    return {grade.claim: grade.credibility for grade in incident.grades}


def test_nobody_else_speaks_of_it() -> None:
    scene = Scene()
    army = scene.says(ARMY, 11)
    assert numbers(scene.incident())[army.id] == 6


def test_an_independent_origin_confirms() -> None:
    scene = Scene()
    army, third = scene.says(ARMY, 11), scene.says(UNAMA, 11)
    found = numbers(scene.incident())
    assert (found[army.id], found[third.id]) == (1, 1)


def test_the_same_origin_confirms_nothing() -> None:
    scene = Scene()
    first = scene.says(ARMY, 11)
    scene.says(ARMY, 11, "2025-10-09")
    assert numbers(scene.incident())[first.id] == 6


def test_a_report_does_not_confirm_those_whom_it_quotes() -> None:
    scene = Scene()
    of, event = scene.report(None, "2025-10-08")
    quoted = scene.also(of, event, ARMY, 11)
    own = scene.also(of, event, None, 11)
    found = numbers(scene.incident())
    assert (found[quoted.id], found[own.id]) == (6, 6)


def test_two_parties_that_contradict_each_other_are_both_doubtful() -> None:
    scene = Scene()
    army, group = scene.says(ARMY, 11), scene.says(TTP, 22)
    found = numbers(scene.incident())
    assert (found[army.id], found[group.id]) == (4, 4)


def test_the_claim_that_two_contradict_is_improbable_and_theirs_probable() -> None:
    scene = Scene()
    group = scene.says(TTP, 22)
    army, third = scene.says(ARMY, 11), scene.says(UNAMA, 11)
    found = numbers(scene.incident())
    assert found[group.id] == 5
    assert (found[army.id], found[third.id]) == (3, 3)


def test_what_fits_is_possible() -> None:
    scene = Scene()
    one = scene.says(HOSPITAL, 10, high=None, victims="unknown")
    scene.says(UNAMA, 12, victims="unknown")
    assert numbers(scene.incident())[one.id] == 3


def test_a_toll_that_rose_is_not_contradicted() -> None:
    scene = Scene()
    early = scene.says(None, 9, "2025-10-08", victims="unknown")
    scene.says(UNAMA, 14, "2025-10-10", victims="unknown")
    assert numbers(scene.incident())[early.id] == 3


def test_a_denial_contradicts_a_claim() -> None:
    scene = Scene(initiators=())
    claim = scene.blames(TTP, "claims", "ttp")
    scene.blames(ARMY, "is_blamed", "ttp")
    assert numbers(scene.incident())[claim.id] == 1


def test_a_person_sets_another_number_and_it_says_who() -> None:
    scene = Scene()
    army = scene.says(ARMY, 11)
    told = Judgements(credibility={army.id: ("2", "The funeral list has eleven names.", "A. B.")})
    grade = next(g for g in scene.incident(judgements=told).grades if g.claim == army.id)
    assert (grade.credibility, grade.credibility_by) == (2, "A. B.")
    assert grade.credibility_because == "The funeral list has eleven names."
    assert grade.code == "F2"


@pytest.mark.parametrize("letter", list("ABCDEF"))
def test_reliability_changes_no_credibility(letter: str) -> None:
    scene = Scene()
    for voice, low in ((ARMY, 11), (TTP, 22), (UNAMA, 11), (None, 12)):
        scene.says(voice, low)
    before = scene.incident()
    told = dict.fromkeys(("pakistan", "ttp", "unama"), (letter, "a test", "A. B."))
    after = scene.incident(judgements=Judgements(reliability=told))
    assert numbers(after) == numbers(before)
    changed = {g.subject: g.reliability for g in after.grades}
    assert changed["unama"] == changed["ttp"] == letter


@pytest.mark.parametrize("number", list("123456"))
def test_credibility_changes_no_reliability(number: str) -> None:
    scene = Scene()
    told = {
        scene.says(voice, low).id: (number, "a test", "A. B.")
        for voice, low in ((ARMY, 11), (TTP, 22), (UNAMA, 11), (None, 12))
    }
    before, after = scene.incident(), scene.incident(judgements=Judgements(credibility=told))
    assert {g.claim: g.reliability for g in after.grades} == {
        g.claim: g.reliability for g in before.grades
    }
    assert {numbers(after)[claim] for claim in told} == {int(number)}


COUNTS = st.integers(0, 6)


@given(COUNTS, COUNTS, COUNTS)
def test_another_that_agrees_never_makes_it_less_credible(
    same: int, fits: int, against: int
) -> None:
    number, words = judged(same, fits, against)
    assert 1 <= number <= 6
    assert words
    if number != 6:
        assert judged(same + 1, fits, against)[0] <= number


@given(COUNTS, COUNTS, COUNTS)
def test_another_that_contradicts_never_makes_it_more_credible(
    same: int, fits: int, against: int
) -> None:
    number, _ = judged(same, fits, against)
    if number != 6:
        assert judged(same, fits, against + 1)[0] >= number
