"""When something was: not when it was told, nor what it is counted among, nor another day."""

from typing import Any

import pytest


def days(claims: Any, text: str, kind: str = "event") -> set[str | None]:
    return {c.when.edtf if c.when else None for c in claims(text, kind, published="2022-12-21")}


@pytest.mark.parametrize(
    "said",
    [
        "said a local official on Saturday",
        "a doctor told the agency on Saturday",
        "officials said on Saturday",
    ],
)
def test_the_day_on_which_it_was_told_is_not_its_day(claims: Any, said: str) -> None:
    text = f"Rebels killed 14 farmers in Swat in revenge for the offensive, {said}."
    assert days(claims, text) == {None}


def test_a_ranking_is_no_time(claims: Any) -> None:
    text = "The bombing in Kabul was the third attack in the city in the last month."
    assert days(claims, text) <= {None}
    assert days(claims, "A bombing in Kabul killed three people last month.") == {"2022-11"}


def test_two_days_that_follow_one_another_are_both_meant(claims: Any) -> None:
    text = "Artillery attacks on Sunday and Monday killed nine people in Kabul."
    assert days(claims, text) == {"2022-12-18/2022-12-19"}


def test_a_clause_of_its_own_has_its_own_day(claims: Any) -> None:
    text = (
        "On Saturday, a school in Swat was burnt down, and militants ambushed an army convoy "
        "heading to the town on Sunday, wounding a soldier."
    )
    ambush = [c for c in claims(text, "event", published="2022-12-21") if c.type == "ambush"]
    assert {c.when.edtf for c in ambush} == {"2022-12-18"}


def test_a_number_of_people_is_no_year(claims: Any) -> None:
    text = "Rebels killed 24 soldiers in Swat after 2000 armed forces personnel raided a village."
    assert days(claims, text) == {None}


def test_a_weekend_may_stand_before_a_noun(claims: Any) -> None:
    text = "Six people were killed in a string of weekend shootings in southern Thailand."
    assert days(claims, text, "casualties") == {"2022-12-17/2022-12-18"}


def test_another_deed_does_not_take_the_day_of_the_one_before(claims: Any) -> None:
    text = (
        "On Monday an operation was conducted in Swat, in which troops killed six militants.\n\n"
        "Another operation was conducted in Kurram. After a fire exchange, three militants were "
        "killed by troops."
    )
    last = [c for c in claims(text, "casualties", published="2022-12-21") if c.count.low == 3]
    assert {c.when for c in last} == {None}
