"""Numbers of people as news tells them: totals and parts, tolls that rise, sums over a time."""

from typing import Any

import pytest


def figures(claims: Any, text: str, effect: str | None = None) -> list[tuple[Any, ...]]:
    found = [c for c in claims(text, "casualties") if effect is None or c.effect == effect]
    return sorted((c.effect, c.count.low, c.victims) for c in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least ten terrorists and three soldiers of the Pakistan army were killed in Chitral"
            " on Wednesday.",
            [("killed", 3, "security_forces"), ("killed", 10, "militants")],
        ),
        (
            "Six soldiers were killed while four others received injuries in Bannu on Thursday.",
            [("killed", 6, "security_forces"), ("wounded", 4, "security_forces")],
        ),
        (
            "A bomb in Mora left two officers dead and six civilians wounded on Monday.",
            [("killed", 2, "security_forces"), ("wounded", 6, "civilians")],
        ),
        (
            "An officer said the blast in Quetta on Monday left 11 dead and 26 wounded.",
            [("killed", 11, "unknown"), ("wounded", 26, "unknown")],
        ),
    ],
)
def test_each_number_with_its_people_and_effect(claims: Any, text: str, expected: Any) -> None:
    assert figures(claims, text) == sorted(expected)


def test_parts_named_at_the_end_of_the_sentence(claims: Any) -> None:
    text = (
        "At least 17 people were killed in the shelling of Nyala on Sunday, including 4 women and"
        " 6 children."
    )
    found = {c.count.low: c for c in claims(text, "casualties")}
    assert set(found) == {17, 4, 6}
    assert found[4].part_of == found[6].part_of == found[17].id
    assert found[4].victims == found[6].victims == "civilians"


def test_one_child_and_what_more_is_said_of_it_is_one(claims: Any) -> None:
    text = "Two men were injured, including one boy, a ten-year-old pupil, in Kharkiv on Friday."
    assert [low for _, low, _ in figures(claims, text)] == [1, 2]


def test_the_wounded_who_died_are_killed_and_not_wounded(claims: Any) -> None:
    text = "The death toll in Hangu rose to 41 on Sunday after five of the wounded died."
    assert figures(claims, text, "wounded") == []
    assert ("killed", 5, "unknown") in figures(claims, text)


@pytest.mark.parametrize(
    "text",
    [
        "By Thursday the number of dead in Quetta had risen to 45.",
        "By Thursday the death toll in Quetta stood at 45.",
    ],
)
def test_a_number_of_dead_that_has_risen(claims: Any, text: str) -> None:
    assert ("killed", 45, "unknown") in figures(claims, text)


def test_a_large_number_is_not_one(claims: Any) -> None:
    text = "11 rebels were killed and a large number was critically injured in Chitral on Monday."
    assert figures(claims, text) == [("killed", 11, "militants")]


def test_a_toll_is_nobody(claims: Any) -> None:
    text = 'A resident of Mopti said the death toll was "13 and five injured" on Monday.'
    assert all(low != 1 for _, low, _ in figures(claims, text))


def test_the_same_people_told_of_again_are_counted_once(claims: Any) -> None:
    text = (
        "At least 18 civilians were killed and 25 people were wounded in Nyala on Friday. The 25"
        " wounded people were taken to a hospital."
    )
    assert [low for _, low, _ in figures(claims, text, "wounded")] == [25]


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Nearly 40 people have been killed in Khost the past two weeks.", 40),
        ("In nearly eight months of war, more than 9,500 people have been killed in Sudan.", 9501),
        ("Hundreds have been killed.", 200),
    ],
)
def test_a_sum_over_a_time_is_no_toll(claims: Any, text: str, low: int) -> None:
    assert claims(text, "casualties") == []
    statistic = next(iter(claims(text, "statistic")))
    assert (statistic.measure, statistic.count.low) == ("killed", low)


def test_a_toll_in_the_perfect_stays_a_toll(claims: Any) -> None:
    text = "Nine people have been killed in a blast in Quetta on Friday."
    assert figures(claims, text) == [("killed", 9, "unknown")]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shot dead Amadou Keita (41), a shopkeeper, in Mopti on Monday.",
        "Gunmen killed Amadou Keita, an activist of the ruling party, in Mopti on Monday.",
    ],
)
def test_a_name_is_whom_the_words_beside_it_describe(claims: Any, text: str) -> None:
    assert figures(claims, text) == [("killed", 1, "civilians")]


def test_a_part_belongs_to_the_number_right_before_it(claims: Any) -> None:
    text = "Rebels killed two guards and abducted five people, including three pupils, in Mopti."
    assert figures(claims, text, "killed") == [("killed", 2, "security_forces")]
