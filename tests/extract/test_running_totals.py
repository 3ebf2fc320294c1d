"""What is counted over a time, or over a whole war, is no toll of one attack."""

from typing import Any

import pytest

LEAD = "A drone strike hit a market in El Fasher on Tuesday.\n\n"


@pytest.mark.parametrize(
    ("text", "low", "period"),
    [
        ("The war has killed thousands of people.", 2000, None),
        ("The conflict has killed 733 farmers since May 2020.", 733, "2020-05/.."),
        ("It is a war that has killed about 30,000 people.", 30000, None),
        ("In a week more than 70 soldiers were killed in the hills.", 71, None),
        ("At least 4,000 people have been killed since the coup, a monitor said.", 4000, None),
        ("The group has counted 211 deaths within the past month.", 211, "2025-02-12/2025-03-14"),
        ("Two weeks of fighting have killed 140 people.", 140, None),
        (
            "The deaths bring the number of villagers killed by rebels in the valley since March"
            " 2021 to at least 640.",
            640,
            "2021-03/..",
        ),
        ("Since the start of the war, rebels have killed 300 teachers.", 300, None),
    ],
)
def test_a_total_is_a_statistic(claims: Any, text: str, low: int, period: str | None) -> None:
    found = claims(LEAD + text)
    assert [c for c in found if c.kind == "casualties"] == []
    (one,) = [c for c in found if c.kind == "statistic" and c.measure == "killed"]
    assert one.count.low == low
    assert (one.period.edtf if one.period else None) == period


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The deadliest attack since 2019 killed 12 people.", 12),
        ("Twelve people were killed in the third such attack in a month.", 12),
        ("The attack has killed 12 people, police said on Wednesday.", 12),
        ("The fighting on Tuesday killed 15 soldiers.", 15),
        ("The death toll from the strike has risen to 34 since Tuesday.", 34),
    ],
)
def test_one_attack_keeps_its_toll(claims: Any, text: str, low: int) -> None:
    assert [c.count.low for c in claims(LEAD + text, "casualties")] == [low]


@pytest.mark.parametrize(
    "text",
    [
        "An attack killed a civilian gathering near the river.",
        "The shells wounded a crowd of mourners.",
        "Rockets killed a whole family in the village.",
        "Gunmen abducted a wedding convoy in the district.",
    ],
)
def test_a_crowd_is_no_count_of_one(claims: Any, text: str) -> None:
    assert claims(text, "casualties") == []


def test_who_has_killed_is_not_killed(claims: Any) -> None:
    text = "The military has killed 4,100 civilians since it seized power in 2021."
    assert claims(text, "casualties") == []


@pytest.mark.parametrize(
    "text",
    [
        "The attacks have claimed around 640 lives, according to a tally.",
        "This week around forty people died in various attacks.",
        "The fighting has killed thousands of people.",
    ],
)
def test_the_dead_of_many_attacks_are_no_toll_of_one(claims: Any, text: str) -> None:
    assert claims(text, "casualties") == []
    assert [s.measure for s in claims(text, "statistic")] == ["killed"]


@pytest.mark.parametrize(
    ("text", "low", "period"),
    [
        ("Monday's raid in Mopti brings the total number of civilian casualties in the country to"
         " over 3,200 since the start of 2021.", 3201, "2021-01-01/.."),
        ("The ambush in Tank on Sunday brought the death toll since January to 120.", 120,
         "2025-01/.."),
        ("The attack in Bannu on Tuesday brings the number of police officers killed in the"
         " district this year to 41.", 41, None),
        ("Wednesday's blast in Quetta took the total number of people killed there in 2024 to 340.",
         340, None),
        ("Sunday's shelling in Nyala raised the number of people killed in the war to 9,000.", 9000,
         None),
    ],
)  # fmt: skip
def test_a_sum_that_one_attack_raises_is_not_its_toll(
    claims: Any, text: str, low: int, period: str | None
) -> None:
    assert claims(text, "casualties") == []
    (one,) = claims(text, "statistic")
    assert (one.measure, one.count.low) == ("killed", low)
    assert period is None or one.period.edtf == period


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The find brings the death toll from the attack in January to 34.", 34),
        ("Their deaths bring the total number of people killed in the bombing in Quetta to 27.",
         27),
        ("Rescuers worked on, bringing the toll of Tuesday's attack to 19.", 19),
        ("The find brings the number of people killed in the strike to 34 since Tuesday.", 34),
    ],
)  # fmt: skip
def test_a_toll_that_is_raised_stays_a_toll(claims: Any, text: str, low: int) -> None:
    assert [c.count.low for c in claims(text, "casualties")] == [low]


def test_how_long_a_place_was_held_is_no_time_of_a_count(claims: Any) -> None:
    text = "Gunmen killed four people on Monday near Goma, a town held by rebels since 2013."
    assert claims(text, "statistic") == []
    (one,) = claims(text, "casualties")
    assert (one.count.low, one.when.edtf) == (4, "2025-03-10")


def test_the_time_of_a_sum_is_not_that_of_the_attack(claims: Any) -> None:
    (one,) = claims("The ambush in Tank brought the death toll since January to 120.", "event")
    assert (one.where.name, one.when) == ("Tank", None)


def test_a_sum_lies_where_its_dead_are_counted(claims: Any) -> None:
    text = (
        "Sunday's raid in Mopti brings the total number of civilian casualties in Mali to over"
        " 3,200 since the start of 2021."
    )
    (one,) = claims(text, "statistic")
    assert (one.where.name, one.count.low) == ("Mali", 3201)
